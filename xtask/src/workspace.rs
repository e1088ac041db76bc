//! Where things are in this repository.

use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;

// Which repository a command works on. No documentation: clap would take it for that of the command.
#[derive(Args)]
pub(crate) struct Repository {
    /// The repository to work on, in tests
    #[arg(long, hide = true)]
    root: Option<PathBuf>,
}

impl Repository {
    /// Its root.
    pub(crate) fn root(&self) -> PathBuf {
        self.root.clone().unwrap_or_else(root)
    }
}

/// The root of the workspace.
///
/// Known at compile time, so that the commands work from any folder below it.
pub(crate) fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_owned()
}

/// `path` as seen from the current folder, where that is shorter to read.
pub(crate) fn shown(path: &Path) -> PathBuf {
    let here = std::env::current_dir().ok();
    match here
        .as_deref()
        .and_then(|here| path.strip_prefix(here).ok())
    {
        Some(relative) if !relative.as_os_str().is_empty() => relative.to_owned(),
        _ => path.to_owned(),
    }
}

/// A file of a repository at a revision.
pub(crate) fn at_revision(root: &Path, revision: &str, path: &str) -> Result<String, String> {
    // Seen from the folder: it may lie within the tree of another repository.
    git(root, &["show", &format!("{revision}:./{path}")])
}

/// What git says in a folder.
pub(crate) fn git(folder: &Path, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new("git")
        .args(arguments)
        .current_dir(folder)
        .output()
        .map_err(|error| format!("cannot run git: {error}"))?;
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        false => Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()),
    }
}

/// Cargo, which runs this program.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}
