//! A copy of the repository, in which a new version is tried.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The copy. It stays, so that the next run compiles less, and so that its user can look into it.
pub(super) struct Scratch {
    root: PathBuf,
}

impl Scratch {
    /// The copy of a repository, as it is now.
    pub(super) fn of(root: &Path) -> Result<Self, String> {
        let copy = root.join(FOLDER).join("tree");
        mirror(root, &copy).map_err(|error| {
            format!("cannot copy the repository to {}: {error}", copy.display())
        })?;
        Ok(Self { root: copy })
    }

    /// Where to compile it. The compile tests do not recognise a repository within the folder that they compile into.
    pub(super) fn build_folder(&self) -> PathBuf {
        self.root.with_file_name("build")
    }

    /// Its folder.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }
}

/// Where all of it is.
const FOLDER: &str = "target/bump";

/// What is no part of the sources.
fn is_left_out(name: &str) -> bool {
    name == "target" || name == ".git" || name.starts_with(".codegen")
}

/// Makes `to` hold what `from` holds. Files that are the same stay, and with them what cargo has compiled.
fn mirror(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    let mut kept: BTreeSet<OsString> = BTreeSet::new();
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (name, kind) = (entry.file_name(), entry.file_type()?);
        let (source, target) = (entry.path(), to.join(&name));
        if is_left_out(&name.to_string_lossy()) {
            continue;
        }
        if kind.is_dir() {
            mirror(&source, &target)?;
        } else if kind.is_file() {
            copy(&source, &target)?;
        } else {
            continue;
        }
        kept.insert(name);
    }
    remove_others(to, &kept)
}

fn copy(source: &Path, target: &Path) -> io::Result<()> {
    let same = fs::read(target).is_ok_and(|old| fs::read(source).is_ok_and(|new| new == old));
    match same {
        true => Ok(()),
        false => fs::copy(source, target).map(drop),
    }
}

fn remove_others(folder: &Path, kept: &BTreeSet<OsString>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if kept.contains(&entry.file_name()) {
            continue;
        }
        match entry.file_type()?.is_dir() {
            true => fs::remove_dir_all(entry.path())?,
            false => fs::remove_file(entry.path())?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::Scratch;

    #[test]
    fn the_copy_has_the_sources_as_they_are_now_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = dir.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        for path in [
            "a.rs",
            "src/b.rs",
            ".git/c",
            "target/d",
            ".codegen-e",
            "benches/target/f",
        ] {
            write(path, path);
        }
        let copy = Scratch::of(dir.path()).unwrap().root().to_owned();
        let untouched = fs::metadata(copy.join("a.rs")).unwrap().modified().unwrap();
        assert_eq!(
            fs::read_to_string(copy.join("src/b.rs")).unwrap(),
            "src/b.rs"
        );
        for path in [".git", "target", ".codegen-e", "benches/target"] {
            assert!(!copy.join(path).exists(), "{path}");
        }
        fs::remove_dir_all(dir.path().join("src")).unwrap();
        write("g.rs", "g");
        Scratch::of(dir.path()).unwrap();
        assert!(!copy.join("src").exists() && copy.join("g.rs").exists());
        let again = fs::metadata(copy.join("a.rs")).unwrap().modified().unwrap();
        assert_eq!(untouched, again);
    }
}
