//! What all commands have in common: how they help, what they say where, and how quiet they can be.
#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, reason = "a test reports by panicking")]

mod support;

use support::repository::{Repository, swagger};
use support::{text, xtask};

/// All commands, as the help lists them.
fn commands() -> Vec<String> {
    let help = text(&xtask(&["--help"]).stdout);
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let lines = lines.take_while(|line| !line.is_empty());
    let names = lines.filter_map(|line| line.split_whitespace().next());
    names.map(str::to_owned).collect()
}

#[test]
fn every_command_teaches_how_it_is_used() {
    let commands = commands();
    assert_eq!(commands.len(), 11, "{commands:?}");
    for command in commands {
        let help = text(&xtask(&[&command, "--help"]).stdout);
        for part in [
            "Exit status: 0 when",
            "\nExample",
            "--quiet",
            "  cargo xtask ",
        ] {
            assert!(help.contains(part), "{command} lacks `{part}`:\n{help}");
        }
        for word in ["read", "writ"] {
            let told = help.to_lowercase();
            assert!(
                told.contains(word),
                "{command} does not say what it {word}s:\n{help}"
            );
        }
        let longest = help.lines().map(|line| line.chars().count()).max();
        assert!(longest <= Some(125), "{command}: {longest:?}\n{help}");
    }
}

#[test]
fn the_examples_of_the_help_are_commands_that_there_are() {
    for command in commands() {
        let help = text(&xtask(&[&command, "--help"]).stdout);
        let examples = help
            .lines()
            .filter_map(|line| line.strip_prefix("  cargo xtask "));
        for example in examples {
            let words = example.split_whitespace();
            let flags = words.filter(|word| word.starts_with("--"));
            assert!(example.starts_with(&command), "{example}");
            for flag in flags {
                assert!(
                    help.contains(&format!("{flag}\n")) || help.contains(&format!("{flag} <")),
                    "{command} has no {flag}"
                );
            }
        }
    }
}

#[test]
fn wrong_arguments_are_told_on_standard_error_with_a_status_of_their_own() {
    for arguments in [
        &[][..],
        &["codgen"],
        &["audit", "--chekc"],
        &["bump"],
        &["changes", "--format", "xml"],
        &["changes", "--json", "--format", "markdown"],
        &["codegen", "--explain", "unknown-key", "--json"],
        &["conformance"],
        &["copied"],
        &["examples"],
        &["flows"],
        &["import", "=a.json", "--json"],
        &["operations", "surplus"],
        &["surface", "--chekc"],
    ] {
        let output = xtask(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        assert!(
            text(&output.stderr).contains("Usage: ") || text(&output.stderr).contains("--help"),
            "{arguments:?}"
        );
    }
}

#[test]
fn a_quiet_run_that_is_well_says_nothing_but_its_result() {
    let repository = Repository::new("");
    repository.write(
        "up/things.json",
        &swagger("1", ("GetThing", "/thing"), "size", 1),
    );
    let path = |inside: &str| repository.path().join(inside).display().to_string();
    let (root, spec, out, file) = (path(""), path("spec"), path("out"), path("up/things.json"));
    for (arguments, has_result) in [
        (
            &["import", "--quiet", "--root", &root, "--spec", &spec, &file][..],
            false,
        ),
        (
            &["codegen", "--quiet", "--spec", &spec, "--out", &out],
            false,
        ),
        (
            &[
                "codegen", "--quiet", "--check", "--spec", &spec, "--out", &out,
            ],
            false,
        ),
        (&["copied", "--quiet", "--spec", &spec, &path("up")], false),
        (&["operations", "--quiet", "--spec", &spec], true),
        (&["changes", "--quiet", &spec, &spec], true),
    ] {
        let output = xtask(arguments);
        let told = text(&output.stderr);
        assert!(
            output.status.success() && told.is_empty(),
            "{arguments:?}: {told}"
        );
        assert_eq!(!output.stdout.is_empty(), has_result, "{arguments:?}");
    }
}

#[test]
fn there_are_no_colours_but_on_a_terminal() {
    let repository = Repository::new("");
    repository.write("spec/things.yaml", "openapi: 3.0.3\npaths: 1\n");
    let spec = repository.path().join("spec").display().to_string();
    for arguments in [
        &["codegen", "--check", "--spec", &spec][..],
        &["operations", "--spec", &spec],
        &["changes", "no-such-revision"],
        &["changes"],
        &["--help"],
        &["codgen"],
    ] {
        let output = xtask(arguments);
        let said = text(&output.stdout) + &text(&output.stderr);
        assert!(
            !said.is_empty() && !said.contains('\u{1b}'),
            "{arguments:?}: {said}"
        );
    }
}
