//! `cargo xtask codegen`, killed at many moments: it leaves the old tree or the new one, and never a mixture.
#![cfg(unix)]
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test reports by panicking"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Enough files for writing them to take its time.
const MODELS: usize = 150;

/// How many moments of a whole run are tried, and how many of the short time in which files change.
const MOMENTS: u32 = 12;
const MOMENTS_OF_WRITING: u32 = 30;

/// What lies between two moments of writing.
const STEP: Duration = Duration::from_micros(100);

/// When to kill a run.
#[derive(Clone, Copy, Debug)]
enum Moment {
    /// So long after its start.
    Start(Duration),
    /// So long after it has settled what is to be written.
    Settled(Duration),
}

fn description(word: &str, models: usize) -> String {
    let mut text =
        "openapi: 3.0.3\ninfo: {title: Things, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n"
            .to_owned();
    for number in 0..models {
        text += &format!(
            "    Model{number}: {{type: object, properties: {{{word}: {{type: string}}}}}}\n"
        );
    }
    text
}

fn codegen(spec: &Path, out: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command
        .arg("codegen")
        .arg("--quiet")
        .arg("--spec")
        .arg(spec)
        .arg("--out")
        .arg(out);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// What is there while something settled is not written yet.
const JOURNAL: &str = ".codegen.journal";

type Tree = BTreeMap<String, String>;

/// The generated files of a folder: without what a run leaves for the next, and the manifest, which is written once.
fn tree(root: &Path) -> Tree {
    let mut tree = Tree::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(root).unwrap().display().to_string();
            if path.is_dir() {
                folders.push(path);
            } else if !name.contains(".codegen") && name != "Cargo.toml" {
                // A staged file may go while this reads.
                if let Ok(text) = fs::read_to_string(&path) {
                    tree.insert(name, text);
                }
            }
        }
    }
    tree
}

fn copy(from: &Tree, root: &Path) {
    for (name, text) in from {
        let path = root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// The tree once nobody writes any more: whoever does takes the journal away last. A journal that stays has not been begun.
fn settled(root: &Path) -> Tree {
    let begun = Instant::now();
    while root.join(JOURNAL).exists() && begun.elapsed() < Duration::from_secs(5) {
        sleep(Duration::from_millis(5));
    }
    tree(root)
}

fn wait_for(moment: Moment, run: &mut Child, out: &Path) {
    match moment {
        Moment::Start(delay) => sleep(delay),
        Moment::Settled(delay) => {
            while !out.join(JOURNAL).exists() && run.try_wait().unwrap().is_none() {
                std::hint::spin_loop();
            }
            sleep(delay);
        }
    }
}

#[test]
fn a_run_that_is_killed_leaves_the_old_tree_or_the_new_one() {
    let scratch = tempfile::tempdir().unwrap();
    let (old_spec, new_spec) = (scratch.path().join("old"), scratch.path().join("new"));
    for (spec, word, models) in [
        (&old_spec, "before", MODELS),
        (&new_spec, "after", MODELS - 1),
    ] {
        fs::create_dir(spec).unwrap();
        fs::write(spec.join("things.yaml"), description(word, models)).unwrap();
    }
    let make = |spec: &Path, name: &str| {
        let out = scratch.path().join(name);
        let begun = Instant::now();
        assert!(codegen(spec, &out).status().unwrap().success());
        (tree(&out), begun.elapsed())
    };
    let (old, _) = make(&old_spec, "made-old");
    let (new, whole) = make(&new_spec, "made-new");
    assert!(old.len() > MODELS && old != new);

    let starts = (0..=MOMENTS).map(|number| Moment::Start(whole * number * 5 / 4 / MOMENTS));
    let settled_ones = (0..MOMENTS_OF_WRITING).map(|number| Moment::Settled(STEP * number));
    let (mut stayed, mut went) = (0, 0);
    for moment in starts.chain(settled_ones) {
        let out = scratch.path().join("out");
        copy(&old, &out);
        let mut run = codegen(&new_spec, &out).spawn().unwrap();
        wait_for(moment, &mut run, &out);
        let _ = run.kill();
        run.wait().unwrap();
        match settled(&out) {
            tree if tree == old => stayed += 1,
            tree if tree == new => went += 1,
            _ => panic!("a mixture was left: {moment:?}"),
        }
        // Whatever was left, the next run makes it new.
        assert!(codegen(&new_spec, &out).status().unwrap().success());
        assert_eq!(tree(&out), new);
        fs::remove_dir_all(out).unwrap();
    }
    assert!(
        stayed > 0 && went > 0,
        "{stayed} runs left the old tree, {went} the new one"
    );
}
