//! Many files as one: a list of what is to be done, which makes a run all or nothing.
//!
//! The new texts are staged beside their targets first. Then the list is put in place with one rename: before it nothing
//! has changed, after it everything is going to. Whoever finds the list carries it out, as often as it takes.
//!
//! The list says what each file is before and after. Where a file is neither, or a staged text is gone, somebody has been
//! there since, and nothing is carried out.

use std::fs::{self, File};
use std::hash::{DefaultHasher, Hasher};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tempfile::{NamedTempFile, TempPath};

use super::{Change, Plan, TEMPORARY, TreeError, io_error, read, remove_empty_parents, stage};

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
    Place {
        staged: PathBuf,
        target: PathBuf,
        old: Option<Fingerprint>,
        new: Fingerprint,
    },
    /// Removes a file, and the folders up to `root` that are empty without it.
    Remove {
        target: PathBuf,
        root: PathBuf,
        old: Option<Fingerprint>,
    },
}

/// By what a text is known again. Another release of Rust may make another one of it: what is not known is left alone.
type Fingerprint = u64;

impl Journal {
    /// The journal of a folder.
    pub fn of(folder: &Path) -> Self {
        Self {
            folder: absolute(folder),
        }
    }

    /// Fails if a run that was interrupted is not finished.
    pub fn check_finished(&self) -> Result<(), TreeError> {
        let list = self.folder.join(NAME);
        match list.exists() {
            true => Err(TreeError::Unfinished(list)),
            false => Ok(()),
        }
    }

    /// Settles what is to be done, without doing it: [`finish`](Self::finish) does. Returns whether there is anything.
    ///
    /// Nothing is settled if it fails, as it does where a file is no longer what the plan was made from.
    pub fn settle(&self, plans: &[Plan]) -> Result<bool, TreeError> {
        self.check_finished()?;
        plans.iter().try_for_each(Plan::check_current)?;
        let mut staged = Vec::new();
        let mut entries = Vec::new();
        for plan in plans {
            plan.clear_leftovers()?;
            for change in &plan.changes {
                let (entry, file) = self.stage(plan, change)?;
                entries.push(entry);
                staged.extend(file);
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
    /// Of several that would finish the same list one does, and the others wait for it. If a file is no longer what the list
    /// says, nothing is done.
    pub fn finish(&self) -> Result<bool, TreeError> {
        let path = self.folder.join(NAME);
        let Some((_locked, text)) = read_alone(&path).map_err(io_error("read", &path))? else {
            return Ok(false);
        };
        let entries: Vec<Entry> = serde_json::from_slice(&text)
            .map_err(|error| io_error("read", &path)(io::Error::other(error)))?;
        entries
            .iter()
            .try_for_each(|entry| self.check_entry(entry))?;
        entries.iter().try_for_each(|entry| self.carry_out(entry))?;
        fs::remove_file(&path).map_err(io_error("remove", &path))?;
        Ok(true)
    }

    /// What is to be done for a change, with the staged file if there is to be one.
    fn stage(&self, plan: &Plan, change: &Change) -> Result<(Entry, Option<TempPath>), TreeError> {
        let path = plan.root.join(&change.path);
        let (target, old) = (self.within(&path), change.old.as_deref().map(fingerprint));
        let Some(text) = &change.new else {
            let root = self.within(&plan.root);
            return Ok((Entry::Remove { target, root, old }, None));
        };
        let file = stage(&path, text)?;
        let entry = Entry::Place {
            staged: self.within(&file),
            target,
            old,
            new: fingerprint(text),
        };
        Ok((entry, Some(file)))
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

    /// Nobody has been there since, neither at a file that waits nor at one that is done.
    fn check_entry(&self, entry: &Entry) -> Result<(), TreeError> {
        let (target, is_expected) = match entry {
            Entry::Place {
                staged,
                target,
                old,
                new,
            } => {
                let expected = match self.folder.join(staged).exists() {
                    true => *old,
                    false => Some(*new),
                };
                (target, self.fingerprint_of(target)? == expected)
            }
            Entry::Remove { target, old, .. } => {
                let there = self.fingerprint_of(target)?;
                (target, there.is_none() || there == *old)
            }
        };
        match is_expected {
            true => Ok(()),
            false => Err(TreeError::Torn {
                list: self.folder.join(NAME),
                file: self.folder.join(target),
            }),
        }
    }

    fn fingerprint_of(&self, target: &Path) -> Result<Option<Fingerprint>, TreeError> {
        let text = read(&self.folder.join(target))?;
        Ok(text.as_deref().map(fingerprint))
    }

    /// What is done already, by a run that was interrupted, is passed over.
    fn carry_out(&self, entry: &Entry) -> Result<(), TreeError> {
        let missing_is_done = |result: io::Result<()>| match result {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        };
        match entry {
            Entry::Place { staged, target, .. } => {
                let target = self.folder.join(target);
                missing_is_done(fs::rename(self.folder.join(staged), &target))
                    .map_err(io_error("write", &target))
            }
            Entry::Remove { target, root, .. } => {
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

fn keep(staged: Vec<TempPath>) -> Result<Vec<PathBuf>, TreeError> {
    let keep = |file: TempPath| {
        let kept = file.keep();
        kept.map_err(|error| io_error("keep", &error.path)(error.error))
    };
    staged.into_iter().map(keep).collect()
}

fn fingerprint(text: &str) -> Fingerprint {
    let mut hasher = DefaultHasher::new();
    hasher.write(text.as_bytes());
    hasher.finish()
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

    /// What was staged for a file, as the list has it.
    fn staged_for(journal: &Journal, path: &str) -> PathBuf {
        let list = fs::read(journal.folder.join(NAME)).unwrap();
        let entries: Vec<Entry> = serde_json::from_slice(&list).unwrap();
        let staged = entries.into_iter().find_map(|entry| match entry {
            Entry::Place { staged, target, .. } if target == Path::new(path) => Some(staged),
            _ => None,
        });
        journal.folder.join(staged.unwrap())
    }

    #[test]
    fn a_text_that_is_gone_before_it_is_in_place_is_told_and_nothing_is_done() {
        let (root, plan) = planned();
        let journal = Journal::of(root.path());
        journal.settle(&[plan]).unwrap();
        fs::remove_file(staged_for(&journal, "src/c.rs")).unwrap();
        let error = journal.finish().unwrap_err();
        let is_it = |file: &Path| file == root.path().join("src/c.rs");
        assert!(
            matches!(&error, TreeError::Torn { file, .. } if is_it(file)),
            "{error}"
        );
        assert!(text(root.path(), "src/a.rs").contains("old"));
        assert!(root.path().join("src/d/b.rs").exists());
    }

    #[test]
    fn what_was_edited_or_restored_since_it_was_settled_is_not_overwritten() {
        for path in ["src/a.rs", "src/d/b.rs", "src/c.rs"] {
            let (root, plan) = planned();
            let journal = Journal::of(root.path());
            journal.settle(&[plan]).unwrap();
            fs::write(root.path().join(path), "by hand").unwrap();
            let error = journal.finish().unwrap_err();
            assert!(matches!(error, TreeError::Torn { .. }), "{path}: {error}");
            assert_eq!(text(root.path(), path), "by hand");
        }
        let (root, plan) = planned();
        let journal = Journal::of(root.path());
        let old = text(root.path(), "src/a.rs");
        journal.settle(&[plan]).unwrap();
        fs::rename(
            staged_for(&journal, "src/a.rs"),
            root.path().join("src/a.rs"),
        )
        .unwrap();
        fs::write(root.path().join("src/a.rs"), &old).unwrap();
        assert!(journal.finish().is_err() && text(root.path(), "src/a.rs") == old);
    }

    #[test]
    fn nothing_is_settled_on_what_was_edited_since_it_was_compared() {
        for path in ["src/a.rs", "src/d/b.rs", "src/c.rs"] {
            let (root, plan) = planned();
            fs::write(root.path().join(path), "by hand").unwrap();
            let journal = Journal::of(root.path());
            let error = journal.settle(&[plan]).unwrap_err();
            assert!(matches!(error, TreeError::Changed(_)), "{path}: {error}");
            assert!(journal.check_finished().is_ok() && !journal.finish().unwrap());
            assert_eq!(text(root.path(), path), "by hand");
        }
    }

    #[test]
    fn a_plan_finishes_what_was_settled_and_a_new_one_goes_through() {
        let (root, plan) = planned();
        Journal::of(root.path()).settle(&[plan]).unwrap();
        let newer = [file("src/a.rs", "newer")];
        let apply = || Plan::new(root.path(), &newer).unwrap().apply();
        let error = apply().unwrap_err();
        assert!(matches!(error, TreeError::Changed(_)), "{error}");
        assert!(text(root.path(), "src/a.rs").contains("new\n"));
        apply().unwrap();
        assert!(text(root.path(), "src/a.rs").contains("newer\n"));
        assert_eq!(files(root.path()), ["src/a.rs"]);
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
