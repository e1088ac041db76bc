//! Commands that write, killed at many moments: each leaves the old tree or the new one, and never a mixture.
#![forbid(unsafe_code)]
#![cfg(unix)]
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test reports by panicking"
)]

mod support;

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::repository::{Repository, Tree, tree};

/// Enough files for writing them to take its time.
const GROUPS: usize = 150;

/// How many moments of a whole run are tried, of the short time before files change, and of that in which they do.
const MOMENTS: u32 = 8;
const MOMENTS_OF_SETTLING: u32 = 12;
const MOMENTS_OF_WRITING: usize = 8;

/// What lies between two moments of settling.
const STEP: Duration = Duration::from_micros(150);

/// When to kill a run. What a machine does in some time differs: only the last kind is sure to find files changed.
#[derive(Clone, Copy, Debug)]
enum Moment<'a> {
    /// So long after its start.
    Start(Duration),
    /// So long after it has settled what is to be written.
    Settled(Duration),
    /// As soon as this file is no longer what it was.
    Written(&'a str),
}

/// What is there while something settled is not written yet.
const JOURNAL: &str = ".codegen.journal";

/// A command that makes a new tree of an old one.
struct Case<'a> {
    /// The tree of before.
    old: Tree,
    /// Puts the old tree there again.
    reset: &'a dyn Fn(),
    /// What is to be killed.
    command: &'a dyn Fn() -> Command,
    /// What is there.
    tree: &'a dyn Fn() -> Tree,
    /// Where the list of what is to be written stands.
    folder: &'a Path,
}

impl Case<'_> {
    fn check(&self) {
        let begun = Instant::now();
        (self.reset)();
        assert!((self.command)().status().unwrap().success());
        let (new, whole) = ((self.tree)(), begun.elapsed());
        assert!(self.old.len() > GROUPS && self.old != new);

        let starts = (0..=MOMENTS).map(|number| Moment::Start(whole * number * 5 / 4 / MOMENTS));
        let settled = (0..MOMENTS_OF_SETTLING).map(|number| Moment::Settled(STEP * number));
        let changed = changed(&self.old, &new);
        assert!(changed.len() >= MOMENTS_OF_WRITING);
        let step = changed.len().div_ceil(MOMENTS_OF_WRITING);
        let written = changed.into_iter().step_by(step).map(Moment::Written);
        let (mut stayed, mut went) = (0, 0);
        for moment in starts.chain(settled).chain(written) {
            (self.reset)();
            let mut run = (self.command)().spawn().unwrap();
            self.wait_for(moment, &mut run);
            let _ = run.kill();
            run.wait().unwrap();
            match self.settled() {
                tree if tree == self.old => stayed += 1,
                tree if tree == new => went += 1,
                _ => panic!("a mixture was left: {moment:?}"),
            }
            // Whatever was left, the next run makes it new.
            assert!((self.command)().status().unwrap().success());
            assert!((self.tree)() == new, "the next run left another tree");
        }
        assert!(
            stayed > 0 && went > 0,
            "{stayed} runs left the old tree, {went} the new one"
        );
    }

    /// Waits for a moment, or for the end of a run that comes before it.
    fn wait_for(&self, moment: Moment<'_>, run: &mut Child) {
        let mut until = |is_there: &dyn Fn() -> bool| {
            while !is_there() && run.try_wait().unwrap().is_none() {
                std::hint::spin_loop();
            }
        };
        match moment {
            Moment::Start(delay) => sleep(delay),
            Moment::Settled(delay) => {
                until(&|| self.folder.join(JOURNAL).exists());
                sleep(delay);
            }
            Moment::Written(name) => {
                let old = self.old[name].as_bytes();
                until(&|| fs::read(self.folder.join(name)).is_ok_and(|now| now != old));
            }
        }
    }

    /// The tree once nobody is in the middle of writing: whoever writes takes the journal away last.
    fn settled(&self) -> Tree {
        let begun = Instant::now();
        loop {
            let is_writing = self.folder.join(JOURNAL).exists();
            let tree = (self.tree)();
            // A journal may stay that nobody has begun to carry out.
            if !is_writing || tree == self.old || begun.elapsed() > Duration::from_secs(60) {
                return tree;
            }
            sleep(Duration::from_millis(5));
        }
    }
}

/// The files that are in both trees, and not the same.
fn changed<'a>(old: &'a Tree, new: &Tree) -> Vec<&'a str> {
    let changed = old.iter().filter(|(name, text)| {
        let now = new.get(*name);
        now.is_some_and(|now| now != *text)
    });
    changed.map(|(name, _)| name.as_str()).collect()
}

/// Puts files there, and nothing else.
fn write(files: &Tree, root: &Path, counts: impl Fn(&str) -> bool) {
    for (name, text) in files {
        let path = root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    for name in tree(root, counts).into_keys() {
        if !files.contains_key(&name) {
            fs::remove_file(root.join(name)).unwrap();
        }
    }
}

fn silent(mut command: Command) -> Command {
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Operations in groups, each of which becomes a file.
fn paths(word: &str, groups: usize) -> Value {
    let paths = (0..groups).map(|number| {
        let id = format!("Group{number}_Get{word}");
        let operation = json!({"operationId": id, "responses": {"204": {"description": ""}}});
        (format!("/group{number}/{word}"), json!({"get": operation}))
    });
    Value::Object(paths.collect())
}

fn description(word: &str, groups: usize) -> String {
    let document = json!({
        "openapi": "3.0.3",
        "info": {"title": "Things", "version": "1"},
        "paths": paths(word, groups),
    });
    document.to_string()
}

fn swagger(version: &str, word: &str, groups: usize) -> String {
    let document = json!({
        "swagger": "2.0",
        "info": {"title": "Things", "version": version},
        "host": "things.example",
        "paths": paths(word, groups),
    });
    document.to_string()
}

#[test]
fn codegen_leaves_the_old_tree_or_the_new_one() {
    let scratch = tempfile::tempdir().unwrap();
    let (spec, out) = (scratch.path().join("spec"), scratch.path().join("out"));
    fs::create_dir(&spec).unwrap();
    // The manifest is written once, and by itself.
    let counts = |name: &str| name != "Cargo.toml";
    let codegen = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.arg("codegen").arg("--spec").arg(&spec);
        command.arg("--out").arg(&out);
        silent(command)
    };
    fs::write(spec.join("things.yaml"), description("before", GROUPS)).unwrap();
    assert!(codegen().status().unwrap().success());
    let old = tree(&out, counts);
    fs::write(spec.join("things.yaml"), description("after", GROUPS - 1)).unwrap();
    Case {
        old: old.clone(),
        reset: &|| write(&old, &out, counts),
        command: &codegen,
        tree: &|| tree(&out, counts),
        folder: &out,
    }
    .check();
}

#[test]
fn bump_leaves_the_old_tree_or_the_new_one() {
    let repository = Repository::new("");
    repository.write("up/1/things.json", &swagger("1", "before", GROUPS));
    repository.write("up/2/things.json", &swagger("2", "after", GROUPS - 1));
    let bump = |from: &str| {
        let mut command = repository.command(&repository.path().join(from));
        command.arg("--no-compile-tests");
        silent(command)
    };
    assert!(bump("up/1").status().unwrap().success());
    let old = repository.tree();
    let counts = |name: &str| !name.starts_with("target");
    Case {
        old: old.clone(),
        reset: &|| write(&old, repository.path(), counts),
        command: &|| bump("up/2"),
        tree: &|| repository.tree(),
        folder: repository.path(),
    }
    .check();
}
