//! Where texts are read from: the disk, or memory.

use std::collections::BTreeMap;
use std::fs::{self, DirEntry};
use std::io::{self, Error, ErrorKind, Read};
use std::path::{Path, PathBuf};

/// The files that a run may read.
#[derive(Clone, Debug, Default)]
pub enum Files {
    /// Those of this machine.
    #[default]
    Disk,
    /// These, by path; there are no others.
    Memory(BTreeMap<PathBuf, Vec<u8>>),
}

/// How long a file may be.
pub(crate) const MAX_FILE: u64 = 32 << 20;

/// Why a file cannot be had.
#[derive(Debug)]
pub(crate) enum NoBytes {
    /// It cannot be read.
    Unreadable(Error),
    /// It is longer than [`MAX_FILE`].
    TooLong,
}

impl From<Error> for NoBytes {
    fn from(error: Error) -> Self {
        Self::Unreadable(error)
    }
}

impl Files {
    /// Files in memory: path and content of each.
    pub fn in_memory<P, C>(files: impl IntoIterator<Item = (P, C)>) -> Self
    where
        P: Into<PathBuf>,
        C: Into<Vec<u8>>,
    {
        let files = files.into_iter();
        Self::Memory(
            files
                .map(|(path, content)| (path.into(), content.into()))
                .collect(),
        )
    }

    /// The files of a folder, in the order of their names.
    pub(crate) fn folder(&self, dir: &Path) -> io::Result<Vec<PathBuf>> {
        let mut paths: Vec<_> = match self {
            Self::Disk => {
                let entries = fs::read_dir(dir)?.collect::<io::Result<Vec<_>>>()?;
                entries.iter().map(DirEntry::path).collect()
            }
            Self::Memory(files) => {
                let paths = files.keys();
                let paths = paths.filter(|path| path.parent() == Some(dir));
                paths.cloned().collect()
            }
        };
        paths.sort();
        Ok(paths)
    }

    /// Whether there is something at a path.
    pub(crate) fn has(&self, path: &Path) -> bool {
        match self {
            Self::Disk => path.exists(),
            Self::Memory(files) => files.contains_key(path),
        }
    }

    /// The content of a file.
    pub(crate) fn bytes(&self, path: &Path) -> Result<Vec<u8>, NoBytes> {
        let bytes = match self {
            Self::Disk => read(path)?,
            Self::Memory(files) => {
                let content = files.get(path).cloned();
                content.ok_or_else(|| Error::from(ErrorKind::NotFound))?
            }
        };
        match bytes.len() as u64 > MAX_FILE {
            true => Err(NoBytes::TooLong),
            false => Ok(bytes),
        }
    }
}

/// Not more than can be taken; and nothing of what may never end, such as a device or a pipe.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let metadata = fs::metadata(path)?;
    if metadata.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    if !metadata.is_file() {
        return Err(Error::new(ErrorKind::InvalidInput, "it is no regular file"));
    }
    let mut bytes = Vec::new();
    fs::File::open(path)?
        .take(MAX_FILE + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Files, NoBytes};

    #[test]
    fn a_folder_in_memory_has_the_files_in_it_and_no_deeper_ones() {
        let files = Files::in_memory([("d/b", ""), ("d/a", ""), ("d/e/c", ""), ("f", "")]);
        let found = files.folder(Path::new("d")).unwrap();
        assert_eq!(found, [Path::new("d/a"), Path::new("d/b")]);
        assert!(files.has(Path::new("f")) && !files.has(Path::new("g")));
    }

    #[test]
    fn what_is_no_file_is_not_read() {
        let dir = tempfile::tempdir().unwrap();
        for path in [dir.path(), Path::new("/dev/zero")] {
            let bytes = Files::Disk.bytes(path);
            assert!(matches!(bytes, Err(NoBytes::Unreadable(_))), "{path:?}");
        }
    }

    #[test]
    fn a_file_that_is_too_long_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("long");
        let file = std::fs::File::create(&path).unwrap();
        file.set_len(super::MAX_FILE + 1).unwrap();
        assert!(matches!(Files::Disk.bytes(&path), Err(NoBytes::TooLong)));
    }
}
