//! `cargo xtask changes`, run as a maintainer runs it.
#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, reason = "a test reports by panicking")]

mod support;

use std::fs;
use std::process::Output;

use support::{text, xtask};
use tempfile::TempDir;

fn changes(arguments: &[&str]) -> Output {
    xtask(&[&["changes"], arguments].concat())
}

const OLD: &str = "\
openapi: 3.0.3
info: {title: Things, version: '1'}
paths:
  /things/{name}:
    get:
      operationId: GetThing
      parameters:
      - {name: name, in: path, required: true, schema: {type: string}}
      responses:
        '200':
          description: The thing.
          content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
components:
  schemas:
    Thing:
      type: object
      properties:
        size: {type: integer, format: int32}
";

/// Two descriptions; the new one is the old one with `from` replaced.
fn pair(from: &str, to: &str) -> (TempDir, String, String) {
    let dir = tempfile::tempdir().unwrap();
    let folder = |name: &str, description: &str| {
        let folder = dir.path().join(name);
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("things.yaml"), description).unwrap();
        folder.display().to_string()
    };
    assert!(OLD.contains(from), "{from}");
    let (old, new) = (folder("old", OLD), folder("new", &OLD.replace(from, to)));
    (dir, old, new)
}

#[test]
fn two_descriptions_are_compared() {
    let (_dir, old, new) = pair(
        "size: {type: integer",
        "weight: {type: number, format: double}\n        size: {type: integer",
    );
    let output = changes(&[&old, &new, "--deny", "breaking"]);
    assert!(output.status.success());
    assert_eq!(
        text(&output.stdout),
        "Added\n  field things.Thing.weight added\n\n1 change: 0 breaking, 1 additive, 0 invisible\nverdict: minor: more than before\n"
    );
}

#[test]
fn a_breaking_change_can_be_denied() {
    let (_dir, old, new) = pair("int32", "int64");
    assert!(changes(&[&old, &new]).status.success());
    let denied = changes(&[&old, &new, "--deny", "breaking", "--format", "markdown"]);
    assert_eq!(denied.status.code(), Some(1));
    assert_eq!(
        text(&denied.stdout),
        "### Breaking\n\n- field `things.Thing.size`: type `int32` -> `int64` (Rust: it is of another type in Rust)\n\n"
    );
}

#[test]
fn json_is_for_programs() {
    let (_dir, old, new) = pair("GetThing", "ReadThing");
    let output = changes(&[&old, &new, "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (
            &json["verdict"],
            &json["changes"][0]["what"]["renamed"]["from"]
        ),
        (&"major".into(), &"GetThing".into())
    );
}

#[test]
fn the_repository_itself_has_no_changes_against_what_is_generated() {
    let generated = concat!(env!("CARGO_MANIFEST_DIR"), "/../generated");
    let output = changes(&[generated]);
    assert!(text(&output.stdout).starts_with("0 changes"), "{output:?}");
}

#[test]
fn a_version_that_cannot_be_read_is_told() {
    let (dir, old, new) = pair("int32", "int64");
    let broken = dir.path().join("broken.json");
    fs::write(&broken, "{\"services\": 1}").unwrap();
    for (version, message) in [
        (
            broken.to_str().unwrap(),
            "it is no api.json of this generator",
        ),
        ("no-such-revision", "is no file, no folder, and no revision"),
        ("--output=x", "unexpected argument"),
    ] {
        let output = changes(&[version, &new]);
        assert!(!output.status.success() && output.stdout.is_empty());
        assert!(text(&output.stderr).contains(message), "{output:?}");
    }
    fs::write(
        dir.path().join("new/things.yaml"),
        "openapi: 3.0.3\npaths: 1\n",
    )
    .unwrap();
    let output = changes(&[&old, &new]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("has errors"), "{output:?}");
}
