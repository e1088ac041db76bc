//! `cargo xtask import`, `operations` and `copied`, run as a maintainer runs them.
#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, reason = "a test reports by panicking")]

mod support;

use std::fs;
use std::process::Output;

use support::{text, xtask};
use tempfile::TempDir;

const THINGS: &str = r##"{
  "swagger": "2.0", "info": {"title": "Things", "version": "1"}, "host": "things.example",
  "paths": {"/things": {"get": {
    "operationId": "GetThings", "description": "Upstream says what this one does in many words.",
    "responses": {"200": {"description": "", "schema": {"$ref": "#/definitions/Thing"}}}
  }}},
  "definitions": {
    "Thing": {"properties": {"name": {"type": "string"}}},
    "Unused": {"properties": {"name": {"type": "string"}}}
  }
}"##;

struct Scratch(TempDir);

impl Scratch {
    fn new(swagger: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("myThings.json"), swagger).unwrap();
        Self(dir)
    }

    fn path(&self, inside: &str) -> String {
        self.0.path().join(inside).display().to_string()
    }

    fn import(&self, arguments: &[&str]) -> Output {
        let (spec, file) = (self.path("spec"), self.path("myThings.json"));
        xtask(&[&["import", "--spec", &spec, &file], arguments].concat())
    }
}

#[test]
fn an_import_says_what_is_left_to_do_and_a_second_one_changes_nothing() {
    let scratch = Scratch::new(THINGS);
    let output = scratch.import(&[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let said = text(&output.stdout);
    assert!(said.contains("1 of 1 documents changed"), "{said}");
    assert!(
        said.contains("no operation reaches it (1):\n  Unused of myThings.json\n"),
        "{said}"
    );
    assert!(
        said.contains("  my_things.yaml#/paths/~1things/get\n"),
        "{said}"
    );
    let said = text(&scratch.import(&[]).stdout);
    assert!(said.contains("0 of 1 documents changed"), "{said}");
    assert!(scratch.import(&["--quiet"]).stdout.is_empty());
}

#[test]
fn what_was_imported_becomes_a_list_of_operations() {
    let scratch = Scratch::new(THINGS);
    scratch.import(&[]);
    let spec = scratch.path("spec");
    let said = text(&xtask(&["operations", "--spec", &spec]).stdout);
    assert!(
        said.starts_with("my_things::GetThings  GET  /things"),
        "{said}"
    );
    let json = text(&xtask(&["operations", "--json", "--spec", &spec]).stdout);
    let entries: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(entries[0]["id"], "GetThings");
    assert_eq!(entries[0]["idempotent"], true);
}

#[test]
fn the_operations_of_the_repository_are_those_of_upstream() {
    let json = text(&xtask(&["operations", "--json"]).stdout);
    let entries: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    let upstream = include_str!("../../tests/tests/upstream.txt").lines();
    let operations = upstream.filter(|line| line.split(' ').count() == 4);
    assert_eq!(entries.len(), operations.count());
}

#[test]
fn upstreams_words_are_kept_only_on_request_and_found() {
    let scratch = Scratch::new(THINGS);
    scratch.import(&["--quiet"]);
    let (spec, up) = (scratch.path("spec"), scratch.path(""));
    let copied = || xtask(&["copied", &up, "--spec", &spec]);
    // Nothing is described yet but the title, so nothing is shared.
    assert_eq!(copied().status.code(), Some(0));
    fs::remove_dir_all(&spec).unwrap();
    scratch.import(&["--quiet", "--keep-descriptions"]);
    let output = copied();
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains("upstream says what this one does in many"));
}

#[test]
fn a_file_that_cannot_be_imported_writes_nothing() {
    let scratch = Scratch::new(&THINGS.replace("#/definitions/Thing", "#/definitions/Gone"));
    let output = scratch.import(&[]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(said.contains("myThings.json:5:"), "{said}");
    assert!(
        said.contains("1 error in the files; nothing was written"),
        "{said}"
    );
    assert!(
        said.contains("`cargo xtask codegen --explain unknown-reference`"),
        "{said}"
    );
    assert!(!scratch.0.path().join("spec").exists());
}

#[test]
fn an_import_needs_files() {
    assert_eq!(xtask(&["import"]).status.code(), Some(2));
    let nameless = xtask(&["import", "=a.json"]);
    assert_eq!(nameless.status.code(), Some(2));
    assert!(text(&nameless.stderr).contains("write NAME=FILE"));
    let help = text(&xtask(&["import", "--help"]).stdout);
    for word in ["--keep-descriptions", "--spec", "Exit status"] {
        assert!(help.contains(word), "{help}");
    }
}
