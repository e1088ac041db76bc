//! Files on disk: what differs, and the one function that writes.
//!
//! Writing is in two steps. First all new texts go to temporary files beside their targets, which
//! is where a full disk shows; then they are renamed into place, one by one, and stale files are
//! removed. A run that ends in the first step leaves every old file as it was, and at no moment
//! is a file half-written.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use similar::TextDiff;
use tempfile::NamedTempFile;

use crate::format::MARK;

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Path inside the folder, with `/`.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// What a folder lacks to hold exactly the files of a run.
#[derive(Debug, Default)]
pub struct Plan {
    root: PathBuf,
    changes: Vec<Change>,
    /// Temporary files of a run that was interrupted.
    leftovers: Vec<PathBuf>,
    unchanged: usize,
}

/// How the names of temporary files start.
const TEMPORARY: &str = ".codegen-";

/// A file that differs.
#[derive(Debug)]
struct Change {
    path: String,
    /// What is there now.
    old: Option<String>,
    /// What is to be there; `None` to remove it.
    new: Option<String>,
}

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
}

impl std::fmt::Display for TreeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Io { doing, path, error } => {
                write!(f, "cannot {doing} {}: {error}", path.display())
            }
            Self::Foreign(path) => write!(
                f,
                "{} is in the way: it does not start with the line of a generated file",
                path.display()
            ),
        }
    }
}

impl std::error::Error for TreeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { error, .. } => Some(error),
            Self::Foreign(_) => None,
        }
    }
}

impl TreeError {
    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Io { .. } => {
                "check that the folder can be written to and that the disk has room, then run \
                 again; no file is left half-written"
            }
            Self::Foreign(_) => "move it away, or write into another folder",
        }
    }
}

fn io_error(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> TreeError {
    move |error| TreeError::Io {
        doing,
        path: path.to_owned(),
        error,
    }
}

impl Plan {
    /// Compares `files` with what stands below `root`.
    ///
    /// Files below `root/src` that carry our mark and are not among `files` are to be removed.
    pub fn new(root: &Path, files: &[File]) -> Result<Self, TreeError> {
        let mut plan = Self {
            root: root.to_owned(),
            ..Self::default()
        };
        for file in files {
            let old = read(&root.join(&file.path))?;
            match old {
                Some(old) if old == file.text => plan.unchanged += 1,
                Some(old) if !is_ours(&old) => {
                    return Err(TreeError::Foreign(root.join(&file.path)));
                }
                old => plan.changes.push(Change {
                    path: file.path.clone(),
                    old,
                    new: Some(file.text.clone()),
                }),
            }
        }
        let wanted: BTreeSet<_> = files.iter().map(|file| file.path.as_str()).collect();
        plan.find_stale("src", &wanted)?;
        Ok(plan)
    }

    fn find_stale(&mut self, dir: &str, wanted: &BTreeSet<&str>) -> Result<(), TreeError> {
        let full = self.root.join(dir);
        let entries = match fs::read_dir(&full) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(io_error("read", &full)(error)),
        };
        let mut names = Vec::new();
        for entry in entries {
            let entry = entry.map_err(io_error("read", &full))?;
            let kind = entry.file_type().map_err(io_error("read", &full))?;
            names.push((entry.file_name().to_string_lossy().into_owned(), kind));
        }
        names.sort_by(|a, b| a.0.cmp(&b.0));
        for (name, kind) in names {
            let path = format!("{dir}/{name}");
            if kind.is_dir() {
                self.find_stale(&path, wanted)?;
            } else if kind.is_file() && name.starts_with(TEMPORARY) {
                self.leftovers.push(self.root.join(&path));
            } else if kind.is_file() && !wanted.contains(path.as_str()) {
                let old = read(&self.root.join(&path))?;
                if let Some(old) = old.filter(|old| is_ours(old)) {
                    self.changes.push(Change {
                        path,
                        old: Some(old),
                        new: None,
                    });
                }
            }
        }
        Ok(())
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// How many files are as they should be.
    pub fn unchanged(&self) -> usize {
        self.unchanged
    }

    /// How many files are new or differ.
    pub fn written(&self) -> usize {
        self.changes.iter().filter(|c| c.new.is_some()).count()
    }

    /// How many files are to be removed.
    pub fn removed(&self) -> usize {
        self.changes.len() - self.written()
    }

    /// All differences in the unified format.
    pub fn diff(&self) -> String {
        self.changes.iter().map(Change::diff).collect()
    }

    /// Makes the folder hold exactly the files.
    pub fn apply(self) -> Result<(), TreeError> {
        for path in &self.leftovers {
            fs::remove_file(path).map_err(io_error("remove", path))?;
        }
        let mut staged = Vec::new();
        for change in &self.changes {
            if let Some(text) = &change.new {
                staged.push(stage(&self.root.join(&change.path), text)?);
            }
        }
        for (file, target) in staged {
            file.persist(&target)
                .map_err(|error| io_error("write", &target)(error.error))?;
        }
        for change in self.changes.iter().filter(|c| c.new.is_none()) {
            let path = self.root.join(&change.path);
            fs::remove_file(&path).map_err(io_error("remove", &path))?;
            remove_empty_parents(&path, &self.root);
        }
        Ok(())
    }
}

impl Change {
    fn diff(&self) -> String {
        let name = |side: &str, text: &Option<String>| match text {
            Some(_) => format!("{side}/{}", self.path),
            None => "/dev/null".to_owned(),
        };
        TextDiff::from_lines(
            self.old.as_deref().unwrap_or_default(),
            self.new.as_deref().unwrap_or_default(),
        )
        .unified_diff()
        .header(&name("a", &self.old), &name("b", &self.new))
        .to_string()
    }
}

/// Whether the mark stands where we put it: in the first lines.
fn is_ours(text: &str) -> bool {
    text.lines().take(3).any(|line| line.contains(MARK))
}

fn read(path: &Path) -> Result<Option<String>, TreeError> {
    match fs::read(path) {
        // What is not text is not ours; the lossy form shows that as well.
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(io_error("read", path)(error)),
    }
}

fn stage(target: &Path, text: &str) -> Result<(NamedTempFile, PathBuf), TreeError> {
    let dir = target.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(dir).map_err(io_error("make the folder", dir))?;
    let mut file = tempfile::Builder::new()
        .prefix(TEMPORARY)
        .tempfile_in(dir)
        .map_err(io_error("write into", dir))?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.as_file().sync_data())
        .and_then(|()| allow_reading(target, file.as_file()))
        .map_err(io_error("write", target))?;
    Ok((file, target.to_owned()))
}

/// A temporary file is private at first; the target keeps its rights, a new one gets the usual.
#[cfg(unix)]
fn allow_reading(target: &Path, file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let rights = match fs::metadata(target) {
        Ok(metadata) => metadata.permissions(),
        Err(_) => fs::Permissions::from_mode(0o644),
    };
    file.set_permissions(rights)
}

#[cfg(not(unix))]
fn allow_reading(_target: &Path, _file: &fs::File) -> io::Result<()> {
    Ok(())
}

fn remove_empty_parents(path: &Path, root: &Path) {
    let mut dir = path.parent();
    while let Some(parent) = dir.filter(|dir| *dir != root) {
        // Fails, as it should, when the folder still holds something.
        if fs::remove_dir(parent).is_err() {
            return;
        }
        dir = parent.parent();
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{File, Plan, TreeError};
    use crate::format::MARK;

    fn file(path: &str, text: &str) -> File {
        File {
            path: path.to_owned(),
            text: format!("// {MARK}\n{text}\n"),
        }
    }

    fn names(root: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(root.join("src"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_second_run_changes_nothing() {
        let root = tempfile::tempdir().unwrap();
        let files = [file("src/a.rs", "a"), file("src/b/c.rs", "c")];
        let plan = Plan::new(root.path(), &files).unwrap();
        assert_eq!((plan.written(), plan.unchanged()), (2, 0));
        plan.apply().unwrap();
        let written = fs::metadata(root.path().join("src/a.rs")).unwrap();
        let plan = Plan::new(root.path(), &files).unwrap();
        assert!(plan.is_empty());
        plan.apply().unwrap();
        let again = fs::metadata(root.path().join("src/a.rs")).unwrap();
        assert_eq!(written.modified().unwrap(), again.modified().unwrap());
    }

    #[test]
    fn stale_files_go_and_foreign_files_stay() {
        let root = tempfile::tempdir().unwrap();
        let files = [file("src/a.rs", "a"), file("src/old/b.rs", "b")];
        Plan::new(root.path(), &files).unwrap().apply().unwrap();
        fs::write(root.path().join("src/mine.rs"), "// by hand\n").unwrap();
        let plan = Plan::new(root.path(), &files[..1]).unwrap();
        assert_eq!((plan.written(), plan.removed()), (0, 1));
        assert!(plan.diff().contains("+++ /dev/null"), "{}", plan.diff());
        plan.apply().unwrap();
        assert_eq!(names(root.path()), ["a.rs", "mine.rs"]);
    }

    #[test]
    fn a_file_without_our_mark_is_never_replaced() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("src")).unwrap();
        fs::write(root.path().join("src/a.rs"), "// by hand\n").unwrap();
        let error = Plan::new(root.path(), &[file("src/a.rs", "a")]).unwrap_err();
        assert!(matches!(error, TreeError::Foreign(_)), "{error}");
    }

    #[test]
    fn what_an_interrupted_run_left_is_cleared_away() {
        let root = tempfile::tempdir().unwrap();
        let files = [file("src/a.rs", "a")];
        Plan::new(root.path(), &files).unwrap().apply().unwrap();
        fs::write(root.path().join("src/.codegen-x7"), "half").unwrap();
        let plan = Plan::new(root.path(), &files).unwrap();
        assert!(plan.is_empty(), "it is no difference");
        plan.apply().unwrap();
        assert_eq!(names(root.path()), ["a.rs"]);
    }

    #[test]
    fn a_failure_leaves_every_old_file() {
        let root = tempfile::tempdir().unwrap();
        let old = [file("src/a.rs", "old")];
        Plan::new(root.path(), &old).unwrap().apply().unwrap();
        // A file where a folder is needed: staging fails after the first file was staged.
        fs::write(root.path().join("src/b"), "in the way").unwrap();
        let new = [file("src/a.rs", "new"), file("src/b/c.rs", "c")];
        let plan = Plan::new(root.path(), &new);
        let failed = plan.and_then(Plan::apply);
        assert!(failed.is_err());
        assert_eq!(
            fs::read_to_string(root.path().join("src/a.rs")).unwrap(),
            old[0].text
        );
        assert_eq!(
            names(root.path()),
            ["a.rs", "b"],
            "no temporary file is left"
        );
    }
}
