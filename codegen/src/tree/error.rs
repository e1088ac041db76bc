use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::Code;

/// Why a folder cannot be brought up to date.
#[derive(Debug)]
pub enum TreeError {
    /// Reading or writing failed.
    Io {
        /// What was being done.
        doing: &'static str,
        /// With what.
        path: PathBuf,
        /// Why it failed.
        error: io::Error,
    },
    /// A file that we did not write is in the way.
    Foreign(PathBuf),
    /// A run that was interrupted has to be finished first: this is its list.
    Unfinished(PathBuf),
    /// A file is no longer what it was when the plan was made.
    Changed(PathBuf),
    /// A run that was interrupted cannot be finished: somebody has been at a file since.
    Torn {
        /// What is left of the run.
        list: PathBuf,
        /// What is neither as it was nor as it was to become.
        file: PathBuf,
    },
}

impl fmt::Display for TreeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { doing, path, error } => {
                write!(f, "cannot {doing} {}: {error}", path.display())
            }
            Self::Foreign(path) => write!(
                f,
                "{} is in the way: it does not start with the line of a generated file",
                path.display()
            ),
            Self::Unfinished(path) => {
                write!(f, "an interrupted run is not finished: {}", path.display())
            }
            Self::Changed(path) => write!(
                f,
                "{} has changed since it was compared; nothing was written",
                path.display()
            ),
            Self::Torn { list, file } => write!(
                f,
                "the interrupted run of {} cannot be finished: {} is not as that run left it",
                list.display(),
                file.display()
            ),
        }
    }
}

impl Error for TreeError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io { error, .. } => Some(error),
            _ => None,
        }
    }
}

impl TreeError {
    /// The kind of problem, as the catalogue of diagnostics has it.
    pub fn code(&self) -> Code {
        match self {
            Self::Io { doing: "read", .. } => Code::Unreadable,
            _ => Code::Unwritable,
        }
    }

    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Io { .. } => {
                "check that the folder is one, that you may read and write it and that the disk has \
                 room, then run again; no file is left half-written"
            }
            Self::Foreign(_) => "move it away, or write into another folder",
            Self::Unfinished(_) | Self::Changed(_) => "run the command again",
            Self::Torn { .. } => {
                "remove the list to give that run up, see what it has written already, and run again"
            }
        }
    }
}

/// The error for a failure while something was done with a path.
pub(super) fn io_error(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> TreeError {
    move |error| TreeError::Io {
        doing,
        path: path.to_owned(),
        error,
    }
}
