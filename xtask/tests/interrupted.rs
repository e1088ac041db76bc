//! What an interrupted command has settled is finished by whichever comes next, and seen by one that may not write.
#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, reason = "a test reports by panicking")]

mod support;

use keyvault_codegen::{File, Journal, Plan};
use support::repository::{Repository, swagger};
use support::{text, xtask};

/// A file that a run has settled and not written.
const FILE: &str = "spec/settled.yaml";

/// Another one, where the crate is.
const CODE: &str = "generated/src/settled.rs";

const TEXT: &str = "openapi: 3.0.3\ninfo: {title: Settled, version: '1'}\npaths: {}\n";

/// A repository in which a run was killed as soon as it had put its list into a folder.
fn interrupted(folder: &str) -> Repository {
    let repository = Repository::new("");
    repository.write(
        "up/things.json",
        &swagger("1", ("GetThing", "/thing"), "size", 1),
    );
    repository.write(CODE, "// by hand\n");
    let root = repository.path();
    let file = |path: &str| File {
        path: path.to_owned(),
        text: TEXT.to_owned(),
    };
    let plan = Plan::replacing(root, &[file(FILE), file(CODE)]).unwrap();
    assert!(Journal::of(&root.join(folder)).settle(&[plan]).unwrap());
    assert!(!root.join(FILE).exists());
    repository
}

#[test]
fn whichever_command_comes_next_finishes_it() {
    for folder in ["", "spec", "generated"] {
        for command in ["import", "codegen", "codegen --out", "bump"] {
            let repository = interrupted(folder);
            let path = |inside: &str| repository.path().join(inside).display().to_string();
            let (root, out) = (path(""), path("generated"));
            let output = match command {
                "import" => xtask(&["import", "--root", &root, &path("up/things.json")]),
                "codegen" => xtask(&["codegen", "--root", &root]),
                "bump" => repository.bump("up", &["--no-compile-tests"]),
                _ => xtask(&["codegen", "--root", &root, "--out", &out]),
            };
            let told = text(&output.stderr);
            assert!(
                told.contains("finished what"),
                "{folder}, {command}: {told}"
            );
            assert_eq!(repository.read(FILE), TEXT, "{folder}, {command}");
            assert_eq!(repository.read(CODE), TEXT, "{folder}, {command}");
            assert!(
                !repository
                    .path()
                    .join(folder)
                    .join(".codegen.journal")
                    .exists()
            );
        }
    }
}

#[test]
fn a_run_that_was_undone_as_the_docs_say_stays_undone() {
    let repository = Repository::new("");
    repository.write(".gitignore", "/target\n.codegen.journal\n.codegen-*\n");
    repository.write(
        "up/things.json",
        &swagger("1", ("GetThing", "/thing"), "size", 1),
    );
    repository.commit();
    let before = repository.tree();
    let root = repository.path();
    let files = ["spec/things.yaml", "generated/src/lib.rs", "CHANGELOG.md"].map(|path| File {
        path: path.to_owned(),
        text: TEXT.to_owned(),
    });
    let settle = || {
        let plan = Plan::replacing(root, &files).unwrap();
        assert!(Journal::of(root).settle(&[plan]).unwrap());
    };
    settle();
    for line in undoing() {
        let arguments: Vec<_> = line.split(' ').skip(1).collect();
        repository.git(&arguments);
    }
    let path = |inside: &str| root.join(inside).display().to_string();
    let import = || xtask(&["import", "--root", &path(""), &path("up/things.json")]);
    let told = text(&import().stderr);
    assert!(!told.contains("finished what"), "{told}");
    assert_ne!(repository.read("spec/things.yaml"), TEXT);
    std::fs::remove_file(root.join("spec/things.yaml")).unwrap();
    assert_eq!(repository.tree(), before);
    // Without the second line, the next command would have finished it.
    settle();
    repository.git(&["restore", "."]);
    let told = text(&import().stderr);
    assert!(told.contains("finished what"), "{told}");
}

/// The lines of docs/bumping.md that undo a bump.
fn undoing() -> Vec<&'static str> {
    let docs = include_str!("../../docs/bumping.md");
    let lines = docs.lines();
    let lines: Vec<_> = lines
        .filter(|line| line.starts_with("git restore") || line.starts_with("git clean"))
        .collect();
    assert_eq!(lines.len(), 2);
    lines
}

#[test]
fn a_dry_run_does_not_finish_it() {
    for folder in ["", "spec", "generated"] {
        let repository = interrupted(folder);
        let before = repository.tree();
        let output = repository.bump("up", &["--dry-run"]);
        let told = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{told}");
        assert!(
            told.contains("an interrupted run is not finished"),
            "{told}"
        );
        assert!(told.contains("run `cargo xtask codegen` first"), "{told}");
        assert_eq!(repository.tree(), before);
        assert!(
            Journal::of(&repository.path().join(folder))
                .finish()
                .unwrap()
        );
    }
}
