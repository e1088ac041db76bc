//! Many files as one: a list of what is to be done, which makes a run all or nothing.
//!
//! The new texts are staged beside their targets first. Then the list is put in place with one rename: before it nothing
//! has changed, after it everything is going to. Whoever finds the list carries it out, as often as it takes.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use super::{Plan, TEMPORARY, TreeError, io_error, remove_empty_parents, stage};

/// The list of a folder. Its name does not begin as those of temporary files do, which are cleared away.
const NAME: &str = ".codegen.journal";

/// Where the list of a folder is.
#[derive(Clone, Debug)]
pub struct Journal {
    folder: PathBuf,
}

/// One thing to do. Paths below the folder are relative to it, so that it may be moved.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Entry {
    /// Renames a staged file into place.
    Place { staged: PathBuf, target: PathBuf },
    /// Removes a file, and the folders up to `root` that are empty without it.
    Remove { target: PathBuf, root: PathBuf },
}

impl Journal {
    /// The journal of a folder.
    pub fn of(folder: &Path) -> Self {
        Self {
            folder: absolute(folder),
        }
    }

    /// Settles what is to be done, without doing it: [`finish`](Self::finish) does. Returns whether there is anything.
    ///
    /// Nothing is settled if it fails.
    pub fn settle(&self, plans: &[Plan]) -> Result<bool, TreeError> {
        let list = self.folder.join(NAME);
        if list.exists() {
            return Err(TreeError::Unfinished(list));
        }
        let mut staged = Vec::new();
        let mut entries = Vec::new();
        for plan in plans {
            plan.clear_leftovers()?;
            for change in &plan.changes {
                let target = plan.root.join(&change.path);
                entries.push(match &change.new {
                    Some(text) => {
                        let (file, target) = stage(&target, text)?;
                        let entry = self.place(file.path(), &target);
                        staged.push(file);
                        entry
                    }
                    None => Entry::Remove {
                        target: self.within(&target),
                        root: self.within(&plan.root),
                    },
                });
            }
        }
        if entries.is_empty() {
            return Ok(false);
        }
        // Once the list is there nobody may clear them away, whatever goes wrong here.
        let kept = keep(staged)?;
        let written = self.write(&entries);
        if written.is_err() {
            kept.iter().for_each(|path| drop(fs::remove_file(path)));
        }
        written.map(|()| true)
    }

    /// Does what was settled, here or in a run that was interrupted. Returns whether there was anything.
    ///
    /// Of several that would finish the same list one does, and the others wait for it.
    pub fn finish(&self) -> Result<bool, TreeError> {
        let path = self.folder.join(NAME);
        let Some((_locked, text)) = read_alone(&path).map_err(io_error("read", &path))? else {
            return Ok(false);
        };
        let entries: Vec<Entry> = serde_json::from_slice(&text)
            .map_err(|error| io_error("read", &path)(io::Error::other(error)))?;
        for entry in entries {
            self.carry_out(&entry)?;
        }
        fs::remove_file(&path).map_err(io_error("remove", &path))?;
        Ok(true)
    }

    fn place(&self, staged: &Path, target: &Path) -> Entry {
        Entry::Place {
            staged: self.within(staged),
            target: self.within(target),
        }
    }

    fn within(&self, path: &Path) -> PathBuf {
        let path = absolute(path);
        match path.strip_prefix(&self.folder) {
            Ok(below) => below.to_owned(),
            Err(_) => path,
        }
    }

    /// The list appears whole or not at all.
    fn write(&self, entries: &[Entry]) -> Result<(), TreeError> {
        let path = self.folder.join(NAME);
        let failed = |error| io_error("write", &path)(error);
        let text = serde_json::to_vec(entries).map_err(|error| failed(io::Error::other(error)))?;
        fs::create_dir_all(&self.folder).map_err(io_error("make the folder", &self.folder))?;
        let file = tempfile::Builder::new()
            .prefix(TEMPORARY)
            .tempfile_in(&self.folder);
        let mut file: NamedTempFile = file.map_err(failed)?;
        file.write_all(&text)
            .and_then(|()| file.as_file().sync_all())
            .map_err(failed)?;
        file.persist_noclobber(&path)
            .map_err(|error| failed(error.error))?;
        Ok(())
    }

    /// What is done already, by a run that was interrupted, is passed over.
    fn carry_out(&self, entry: &Entry) -> Result<(), TreeError> {
        let missing_is_done = |result: io::Result<()>| match result {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        };
        match entry {
            Entry::Place { staged, target } => {
                let target = self.folder.join(target);
                missing_is_done(fs::rename(self.folder.join(staged), &target))
                    .map_err(io_error("write", &target))
            }
            Entry::Remove { target, root } => {
                let target = self.folder.join(target);
                missing_is_done(fs::remove_file(&target)).map_err(io_error("remove", &target))?;
                remove_empty_parents(&target, &self.folder.join(root));
                Ok(())
            }
        }
    }
}

/// The list, which nobody else carries out while the file is open; `None` if there is none, or none any more.
fn read_alone(path: &Path) -> io::Result<Option<(File, Vec<u8>)>> {
    let mut file = match File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        file => file?,
    };
    match file.lock() {
        // Not every file system has locks.
        Err(error) if error.kind() != io::ErrorKind::Unsupported => return Err(error),
        _ => {}
    }
    let mut text = Vec::new();
    file.read_to_end(&mut text)?;
    // Whoever had the lock before has done it, and taken the list away.
    let is_there = fs::read(path).is_ok_and(|now| now == text);
    Ok(is_there.then_some((file, text)))
}

fn keep(staged: Vec<NamedTempFile>) -> Result<Vec<PathBuf>, TreeError> {
    let keep = |file: NamedTempFile| {
        let path = file.path().to_owned();
        match file.keep() {
            Ok(_) => Ok(path),
            Err(error) => Err(io_error("keep", &path)(error.error)),
        }
    };
    staged.into_iter().map(keep).collect()
}

/// Whoever carries the list out may stand elsewhere.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::tests::file;
    use super::*;

    /// A folder with `a` and `b`, and a plan that changes `a`, removes `b` and adds `c`.
    fn planned() -> (tempfile::TempDir, Plan) {
        let root = tempfile::tempdir().unwrap();
        let old = [file("src/a.rs", "old"), file("src/d/b.rs", "b")];
        Plan::new(root.path(), &old).unwrap().apply().unwrap();
        let new = [file("src/a.rs", "new"), file("src/c.rs", "c")];
        let plan = Plan::new(root.path(), &new).unwrap();
        (root, plan)
    }

    /// The files of a folder, those of a run that is not over among them.
    fn files(root: &Path) -> Vec<String> {
        let mut names = Vec::new();
        let mut folders = vec![root.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                match path.is_dir() {
                    true => folders.push(path),
                    false => names.push(path.strip_prefix(root).unwrap().display().to_string()),
                }
            }
        }
        names.sort();
        names
    }

    fn text(root: &Path, path: &str) -> String {
        fs::read_to_string(root.join(path)).unwrap()
    }

    #[test]
    fn what_is_settled_has_changed_nothing_yet() {
        let (root, plan) = planned();
        assert!(Journal::of(root.path()).settle(&[plan]).unwrap());
        assert!(text(root.path(), "src/a.rs").contains("old"));
        assert!(root.path().join("src/d/b.rs").exists() && !root.path().join("src/c.rs").exists());
    }

    #[test]
    fn what_is_settled_is_finished_by_whoever_comes_next() {
        let (root, plan) = planned();
        Journal::of(root.path()).settle(&[plan]).unwrap();
        // The folder may have been moved in between.
        let moved = root.path().with_extension("moved");
        fs::rename(root.path(), &moved).unwrap();
        assert!(Journal::of(&moved).finish().unwrap());
        assert_eq!(files(&moved), ["src/a.rs", "src/c.rs"]);
        assert!(text(&moved, "src/a.rs").contains("new") && !moved.join("src/d").exists());
        assert!(!Journal::of(&moved).finish().unwrap(), "it is done");
        fs::remove_dir_all(moved).unwrap();
    }

    #[test]
    fn it_is_finished_from_wherever_it_was_interrupted() {
        let (root, plan) = planned();
        let journal = Journal::of(root.path());
        journal.settle(&[plan]).unwrap();
        let list = fs::read(root.path().join(NAME)).unwrap();
        let entries: Vec<Entry> = serde_json::from_slice(&list).unwrap();
        assert_eq!(entries.len(), 3);
        for entry in &entries[..2] {
            journal.carry_out(entry).unwrap();
        }
        assert!(journal.finish().unwrap());
        assert_eq!(files(root.path()), ["src/a.rs", "src/c.rs"]);
    }

    #[test]
    fn several_folders_change_together() {
        let (one, plan) = planned();
        let other = tempfile::tempdir().unwrap();
        let more = Plan::new(other.path(), &[file("src/x.rs", "x")]).unwrap();
        let journal = Journal::of(one.path());
        assert!(journal.settle(&[plan, more]).unwrap() && !other.path().join("src/x.rs").exists());
        journal.finish().unwrap();
        assert_eq!(files(other.path()), ["src/x.rs"]);
    }

    #[test]
    fn nothing_to_do_leaves_no_trace() {
        let root = tempfile::tempdir().unwrap();
        assert!(!Journal::of(root.path()).settle(&[Plan::default()]).unwrap());
        assert_eq!(files(root.path()), Vec::<String>::new());
    }

    #[test]
    fn nothing_is_settled_on_top_of_what_is_not_finished() {
        let (root, plan) = planned();
        let (_other, more) = planned();
        let journal = Journal::of(root.path());
        journal.settle(&[plan]).unwrap();
        let error = journal.settle(&[more]).unwrap_err();
        assert!(matches!(error, TreeError::Unfinished(_)), "{error}");
        assert!(journal.finish().unwrap());
    }

    #[test]
    fn of_two_that_finish_the_same_list_one_does() {
        let (root, plan) = planned();
        let journal = Journal::of(root.path());
        journal.settle(&[plan]).unwrap();
        let (locked, _) = read_alone(&root.path().join(NAME)).unwrap().unwrap();
        let other = std::thread::spawn({
            let journal = journal.clone();
            move || journal.finish().unwrap()
        });
        std::thread::sleep(std::time::Duration::from_millis(50));
        assert!(!other.is_finished(), "it waits");
        fs::remove_file(root.path().join(NAME)).unwrap();
        drop(locked);
        assert!(!other.join().unwrap(), "nothing was left to do");
        assert!(text(root.path(), "src/a.rs").contains("old"));
    }

    #[test]
    fn a_list_that_cannot_be_read_is_told() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join(NAME), "[{").unwrap();
        assert!(Journal::of(root.path()).finish().is_err());
    }
}
