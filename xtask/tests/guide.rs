//! `docs/another-api.md`, followed to the letter: its files written, its commands run, their output compared.
#![forbid(unsafe_code)]
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test reports by panicking"
)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use support::built_beside_others;

const GUIDE: &str = include_str!("../../docs/another-api.md");

/// Where the guide has the checkout of this repository.
const CHECKOUT: &str = "keyvault-rest";

/// What stands between fences.
struct Block {
    language: String,
    text: String,
    /// The paragraph before it.
    about: String,
}

fn blocks(guide: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut about = String::new();
    let mut lines = guide.lines();
    while let Some(line) = lines.next() {
        match line.strip_prefix("```") {
            Some(language) => {
                let text: Vec<_> = lines.by_ref().take_while(|line| *line != "```").collect();
                blocks.push(Block {
                    language: language.to_owned(),
                    text: text.join("\n") + "\n",
                    about: std::mem::take(&mut about),
                });
            }
            None if line.starts_with('#') => about.clear(),
            None => about.extend([line, "\n"]),
        }
    }
    blocks
}

impl Block {
    /// The last path that the paragraph names, which is that of the file.
    fn path(&self) -> &str {
        let quoted = self.about.split('`').skip(1).step_by(2);
        let paths = quoted.filter(|text| text.contains('/') && !text.contains(' '));
        paths.last().unwrap_or_else(|| {
            panic!("no path is named before:\n{}", self.text);
        })
    }
}

/// A folder in which the guide is followed.
struct Follower {
    folder: tempfile::TempDir,
    /// What the last command printed.
    printed: Option<String>,
    commands: usize,
}

impl Follower {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(CHECKOUT)).unwrap();
        Self {
            folder,
            printed: None,
            commands: 0,
        }
    }

    fn path(&self, inside: &str) -> PathBuf {
        self.folder.path().join(inside)
    }

    fn follow(&mut self, block: &Block) {
        match block.language.as_str() {
            "yaml" | "rust,ignore" => self.write(block.path(), &block.text),
            "toml" if block.text.starts_with("[package]") => {
                self.write(block.path(), &block.text);
                // The versions that this repository is tested with; nothing has to be fetched.
                let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
                fs::copy(lock, self.path(block.path()).with_extension("lock")).unwrap();
            }
            "toml" => self.replace(block.path(), &block.text),
            "sh" => block.text.lines().for_each(|line| self.run(line)),
            "text" => {
                if let Some(printed) = &self.printed {
                    assert_eq!(printed, &block.text);
                }
            }
            other => panic!("what is to be done with a block of `{other}`?"),
        }
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Writes a line of a manifest in the place of the one with its key.
    fn replace(&self, path: &str, line: &str) {
        let manifest = fs::read_to_string(self.path(path)).unwrap();
        let key = line.split_inclusive('=').next().unwrap();
        let lines = manifest.split_inclusive('\n');
        let replaced = lines.map(|old| if old.starts_with(key) { line } else { old });
        let replaced: String = replaced.collect();
        assert_ne!(manifest, replaced, "{path} has no line for {key}");
        self.write(path, &replaced);
    }

    fn run(&mut self, line: &str) {
        let words: Vec<_> = line.split(' ').collect();
        let mut command = match words.as_slice() {
            ["cargo", "xtask", arguments @ ..] => {
                let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
                command.args(arguments);
                command
            }
            ["cargo", arguments @ ..] => {
                let mut command = Command::new(env!("CARGO"));
                command.args(arguments).arg("--offline");
                built_beside_others(&mut command);
                command
            }
            _ => panic!("what does `{line}` run?"),
        };
        let output = command.current_dir(self.path(CHECKOUT)).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{line}:\n{told}");
        assert!(!told.contains("warning"), "{line}:\n{told}");
        self.printed = Some(String::from_utf8(output.stdout).unwrap());
        self.commands += 1;
    }
}

/// All files in a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let found = paths.flat_map(|path| match path.is_dir() {
        true => files(&path),
        false => vec![path],
    });
    found.collect()
}

/// What a file says beside the name of the runtime crate, and where that is on this machine.
fn besides_the_runtime(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let is_dependency = |line: &&str| line.starts_with("keyvault-runtime = {");
    let lines: Vec<_> = text.lines().filter(|line| !is_dependency(line)).collect();
    let text = lines.join("\n");
    text.replace("keyvault_runtime", "")
        .replace("keyvault-runtime", "")
        .to_lowercase()
}

#[test]
fn the_guide_to_another_api_works_and_its_bindings_know_nothing_of_key_vault() {
    let mut follower = Follower::new();
    for block in blocks(GUIDE) {
        follower.follow(&block);
    }
    assert_eq!(follower.commands, 3, "all commands of the guide were run");

    let emitted = files(&follower.path("notes-api"));
    assert!(emitted.len() >= 10, "{emitted:?}");
    for path in emitted {
        let text = besides_the_runtime(&path);
        assert!(!text.contains("vault"), "{}:\n{text}", path.display());
    }
}
