//! Where things are.

use crate::Failure;
use std::fs;
use std::path::{Path, PathBuf};

/// The folders that the measures read, and the one that they write to.
pub struct Places {
    repository: PathBuf,
    build: PathBuf,
}

impl Places {
    /// The repository that this program was built from, and a folder beside the program.
    ///
    /// # Errors
    /// If there is no such folder, or it cannot be made.
    pub fn new() -> Result<Self, Failure> {
        let program = std::env::current_exe()?;
        let target = program
            .parent()
            .and_then(Path::parent)
            .ok_or("no folder to build in")?;
        let build = target.join("peers");
        fs::create_dir_all(&build)?;
        let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        Ok(Self {
            repository: repository.canonicalize()?,
            build,
        })
    }

    /// The description that all generators read.
    pub fn spec(&self) -> PathBuf {
        self.repository.join("spec")
    }

    /// The workspace of the benchmarks.
    pub fn benches(&self) -> PathBuf {
        self.repository.join("benches")
    }

    /// The root of the repository.
    pub fn repository(&self) -> &Path {
        &self.repository
    }

    /// A file or folder that the benchmarks make.
    pub fn made(&self, name: &str) -> PathBuf {
        self.build.join(name)
    }

    /// What the program that was run last said.
    pub fn log(&self) -> PathBuf {
        self.made("log")
    }
}

/// Makes a folder that is empty.
///
/// # Errors
/// If it cannot be made.
pub fn empty(folder: &Path) -> Result<(), Failure> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    Ok(fs::create_dir_all(folder)?)
}

/// Makes a folder for a crate, with nothing in it but the folder of its sources: not all generators make that.
///
/// # Errors
/// If it cannot be made.
pub fn empty_crate(folder: &Path) -> Result<(), Failure> {
    empty(folder)?;
    Ok(fs::create_dir_all(folder.join("src"))?)
}
