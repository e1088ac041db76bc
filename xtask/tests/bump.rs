//! `cargo xtask bump`, run as a maintainer runs it, in small repositories.
#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, reason = "a test reports by panicking")]

mod support;

use std::process::Output;

use support::repository::{Repository, swagger};
use support::text;

const THING: (&str, &str) = ("GetThing", "/thing");

/// A repository that has version 1 of one service, and version 2 among upstream's files.
fn repository(word: &str) -> Repository {
    let repository = Repository::new(word);
    repository.write("up/1/things.json", &swagger("1", THING, "size", 1));
    repository.write("up/2/moved/stuff.json", &swagger("2", THING, "weight", 2));
    let output = repository.bump("up/1", &["--no-compile-tests"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    repository
}

fn refusal(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stdout));
    text(&output.stderr)
}

#[test]
fn one_command_brings_a_new_version_in() {
    let repository = repository("weight");
    let output = repository.bump("up/2", &[]);
    let (said, told) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "{told}");
    assert!(
        told.contains("1 -> 2            moved/stuff.json"),
        "{told}"
    );
    assert!(
        said.contains("things.yaml#/components/schemas/Model1\n"),
        "it tells what is without a description: {said}"
    );
    assert!(said.contains("suggested version: 0.2.0"), "{said}");
    assert!(repository.read("spec/things.yaml").contains("version: '2'"));
    let models = repository.read("generated/src/things/models.rs");
    assert!(
        models.contains("weight: Option<String> = received,"),
        "{models}"
    );
    assert!(repository.path().join("tests/src/calls/things.rs").exists());
    assert_eq!(
        repository.read("tests/tests/upstream.txt"),
        "# What upstream says.\nthings 2\nthings GetThing GET /thing\n"
    );
    let changelog = repository.read("CHANGELOG.md");
    assert!(
        changelog.contains("### API 2 (things)\n\n#### Breaking\n\n- "),
        "{changelog}"
    );
    assert!(changelog.contains("things.Model0.weight"), "{changelog}");

    let before = repository.tree();
    let again = repository.bump("up/2", &[]);
    assert!(
        text(&again.stderr).contains("nothing to do"),
        "{}",
        text(&again.stderr)
    );
    assert_eq!(repository.tree(), before);
}

#[test]
fn a_new_service_gets_its_feature() {
    let repository = repository("size");
    repository.write(
        "up/3/farmHens.json",
        &swagger("1", ("GetHens", "/hens"), "name", 1),
    );
    let output = repository.bump("up/3", &["--no-compile-tests"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("left as is: things"));
    assert_eq!(
        repository.read("generated/Cargo.toml"),
        "[features]\nfull = [\"farm_hens\", \"things\"]\nfarm_hens = []\nthings = []\nclient = [\"keyvault-runtime/client\"]\n"
    );
    let listed = repository.read("tests/tests/upstream.txt");
    assert!(
        listed.contains("farm_hens 1\nfarm_hens GetHens GET /hens\nthings 1\n"),
        "{listed}"
    );
}

#[test]
fn a_dry_run_shows_all_and_writes_nothing() {
    let repository = repository("weight");
    let before = repository.tree();
    let output = repository.bump("up/2", &["--dry-run"]);
    let said = text(&output.stdout);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(
        said.contains("Breaking") && said.contains("would write"),
        "{said}"
    );
    assert!(said.contains("\n~ spec/things.yaml\n"), "{said}");
    assert!(
        said.contains("\n~ generated/src/things/models.rs\n"),
        "{said}"
    );
    assert_eq!(repository.tree(), before);
}

#[test]
fn consumers_that_do_not_compile_leave_the_tree_as_it_was_unless_told_otherwise() {
    let repository = repository("size");
    let before = repository.tree();
    let told = refusal(&repository.bump("up/2", &[]));
    assert!(told.contains("--despite-consumers"), "{told}");
    assert_eq!(repository.tree(), before);
    let output = repository.bump("up/2", &["--despite-consumers"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_ne!(repository.tree(), before);
}

#[test]
fn a_quiet_run_says_why_consumers_fail() {
    let repository = repository("size");
    let told = refusal(&repository.bump("up/2", &["--quiet"]));
    assert!(
        told.contains("test it_is_there ... FAILED") || told.contains("---- it_is_there"),
        "{told}"
    );
}

#[test]
fn what_is_edited_while_consumers_compile_is_not_overwritten() {
    let repository = repository("");
    let edited = repository.path().join("spec/things.yaml");
    repository.write(
        "tests/compile/src/lib.rs",
        &format!("#[test]\nfn somebody_edits() {{\n    std::fs::write({edited:?}, \"by hand\").unwrap();\n}}\n"),
    );
    let mut expected = repository.tree();
    let told = refusal(&repository.bump("up/2", &[]));
    assert!(
        told.contains("spec/things.yaml has changed since it was compared"),
        "{told}"
    );
    expected.insert("spec/things.yaml".to_owned(), "by hand".to_owned());
    assert_eq!(repository.tree(), expected);
}

#[test]
fn changes_are_those_since_the_last_commit_and_the_version_follows_from_the_last_tag() {
    let repository = repository("");
    repository.commit();
    repository.git(&["tag", "v0.1.0"]);
    repository.write("up/3/things.json", &swagger("3", THING, "depth", 1));
    let bump = |from| {
        let output = repository.bump(from, &["--no-compile-tests"]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        assert!(text(&output.stderr).contains("changes since the last commit:"));
        text(&output.stdout)
    };
    let said = bump("up/2");
    assert!(
        said.contains("suggested version: 0.2.0 (breaking changes since v0.1.0)"),
        "{said}"
    );
    // Nothing is committed in between: the second entry has all changes, and the first one goes.
    let said = bump("up/3");
    assert!(said.contains("field things.Model0.size removed"), "{said}");
    let changelog = repository.read("CHANGELOG.md");
    assert!(changelog.contains("### API 3 (things)"), "{changelog}");
    assert!(!changelog.contains("### API 2 (things)"), "{changelog}");
    repository.commit();
    bump("up/2");
    let changelog = repository.read("CHANGELOG.md");
    let (first, second) = changelog.split_once("### API 2 (things)").unwrap();
    assert!(first.contains("### API 3 (things)"), "{changelog}");
    assert!(!second.contains("Model0.size"), "{changelog}");
}

#[test]
fn a_release_that_cannot_be_read_is_told() {
    let repository = repository("");
    repository.write("generated/api.json", "{\"services\": 1}");
    repository.commit();
    repository.git(&["tag", "v0.1.0"]);
    repository.write(
        "generated/api.json",
        "{\"//\": \"@generated by `cargo xtask codegen`\", \"services\": []}\n",
    );
    repository.commit();
    let output = repository.bump("up/2", &["--no-compile-tests"]);
    let said = text(&output.stdout);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(
        said.contains("the last release cannot be compared with: v0.1.0: it is no api.json"),
        "{said}"
    );
}

#[test]
fn any_failure_leaves_the_tree_as_it_was() {
    let repository = repository("size");
    repository.write(
        "spec/overrides.yaml",
        "- at: things.yaml#/components/schemas/Model0/properties/size/x-ms-secret\n  set: true\n  why: It is one.\n",
    );
    repository.write("broken/things.json", "{\"swagger\": \"2.0\", ");
    repository.write("empty/readme.md", "");
    let before = repository.tree();
    for (from, arguments, words) in [
        ("up/2", &[][..], "spec/overrides.yaml:1:7"),
        ("broken", &[], "things.json:1"),
        ("empty", &[], "no Swagger 2.0 file"),
        ("up/no", &[], "cannot be read"),
        ("up", &[], "in the versions 1 and 2"),
        (
            "up",
            &["--api-version", "7"],
            "no Swagger 2.0 file of that version",
        ),
        (
            "up/2",
            &["--assign", "Other=things"],
            "no file has an operation `Other`",
        ),
    ] {
        let told = refusal(&repository.bump(from, arguments));
        assert!(told.contains(words), "{from}: {told}");
        assert!(
            !told.contains("target/bump/tree/spec/overrides.yaml"),
            "{told}"
        );
        assert_eq!(repository.tree(), before, "{from}");
    }
    let wrong = repository.bump("up/2", &["--assign", "Other"]);
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn of_several_versions_the_one_that_is_named_is_taken() {
    let repository = repository("size");
    let output = repository.bump(
        "up",
        &["--api-version", "2", "--no-compile-tests", "--quiet"],
    );
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(output.stderr.is_empty(), "{}", text(&output.stderr));
    assert!(repository.read("spec/things.yaml").contains("version: '2'"));
}
