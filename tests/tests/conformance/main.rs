//! The check of recorded exchanges, on exchanges of our own: each line says what is to become of it, and many must fail.
#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use keyvault_tests::conformance::{Outcome, Summary, Verdict, run};
use keyvault_tests::program::Report;
use serde_json::Value;

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/exchanges.jsonl")
}

/// What is to become of each exchange, in order, with what it shows.
fn expected() -> Vec<(String, Value)> {
    let text = std::fs::read_to_string(file()).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
    let exchanges = lines.flat_map(|line: Value| match line.get("exchanges") {
        Some(exchanges) => exchanges.as_array().unwrap().clone(),
        None => vec![line],
    });
    exchanges
        .map(|one| {
            (
                one["what"].as_str().unwrap().to_owned(),
                one["expected"].clone(),
            )
        })
        .collect()
}

fn outcomes() -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    run(&[file()], &mut |outcome| outcomes.push(outcome.clone())).unwrap();
    outcomes
}

#[test]
fn every_exchange_comes_out_as_its_line_says() {
    let (expected, outcomes) = (expected(), outcomes());
    assert_eq!(expected.len(), outcomes.len());
    let pairs = expected.iter().zip(&outcomes);
    let others = pairs.filter(|((_, expected), outcome)| !is_as_expected(expected, outcome));
    let others: Vec<_> = others.map(|((what, _), outcome)| (what, outcome)).collect();
    assert!(others.is_empty(), "{others:#?}");
}

fn is_as_expected(expected: &Value, outcome: &Outcome) -> bool {
    let reason = expected["reason"].as_str().unwrap_or_default();
    let verdict = match &outcome.verdict {
        Verdict::Passed => expected["verdict"] == "passed",
        Verdict::Skipped(lacking) => expected["verdict"] == "skipped" && lacking == reason,
        Verdict::Failed(why) => expected["verdict"] == "failed" && why.contains(reason),
    };
    let exceptions = expected["exceptions"].as_array().map(|all| {
        let texts = all.iter().map(|one| one.as_str().unwrap().to_owned());
        texts.collect::<BTreeSet<_>>()
    });
    verdict && exceptions.is_none_or(|exceptions| exceptions == outcome.exceptions)
}

#[test]
fn the_summary_counts_what_it_names() {
    let outcomes = outcomes();
    let mut summary = Summary::default();
    outcomes.iter().for_each(|outcome| summary.add(outcome));
    let count = |is: fn(&Verdict) -> bool| outcomes.iter().filter(|one| is(&one.verdict)).count();
    let passed = count(|verdict| *verdict == Verdict::Passed);
    let failed = count(|verdict| matches!(verdict, Verdict::Failed(_)));
    let skipped = count(|verdict| matches!(verdict, Verdict::Skipped(_)));
    assert!(passed > 20 && failed > 10 && skipped > 3);
    assert_eq!(summary.failures.len(), failed);
    assert_eq!(summary.skips.values().sum::<usize>(), skipped);
    let sum = format!("{passed} passed, {failed} failed, {skipped} skipped");
    assert!(summary.to_string().ends_with(&sum), "{summary}");
    assert_eq!(summary.json()["total"]["failed"], failed);
    assert!(summary.to_string().contains("FAILED exchanges.jsonl:"));
}

#[test]
fn nothing_to_read_is_no_success() {
    let empty = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("no-recordings");
    std::fs::create_dir_all(&empty).unwrap();
    let error = run(&[empty], &mut |_| {}).unwrap_err();
    assert!(error.ends_with("there is no *.jsonl in it"), "{error}");
    let missing = run(&["nowhere.jsonl".into()], &mut |_| {}).unwrap_err();
    assert!(missing.starts_with("nowhere.jsonl: "), "{missing}");
}

/// The exchanges of our own that are to pass, or to be skipped, in a file.
fn file_with(verdict: &str) -> PathBuf {
    let text = std::fs::read_to_string(file()).unwrap();
    let verdict_of = |line: &str| -> Value {
        let line: Value = serde_json::from_str(line).unwrap();
        line["expected"]["verdict"].clone()
    };
    let lines = text.lines().filter(|line| verdict_of(line) == verdict);
    let name = format!("all-{verdict}.jsonl");
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, lines.collect::<Vec<_>>().join("\n")).unwrap();
    path
}

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_check-conformance"))
}

#[test]
fn a_run_that_checks_nothing_says_so() {
    for flags in [&[][..], &["--json"]] {
        let checked = |path| program().args(flags).arg(path).output().unwrap();
        let output = checked(file_with("skipped"));
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(output.stderr, b"error: nothing was checked\n");
        assert!(checked(file_with("passed")).status.success());
    }
}

#[test]
fn output_that_nobody_reads_is_no_failure() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut program = program();
    program.arg(file_with("passed")).stdout(writer);
    assert!(program.stderr(Stdio::null()).status().unwrap().success());
}

#[test]
fn a_line_that_is_no_exchange_is_an_error_with_its_place() {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("no-exchange.jsonl");
    for (line, reason) in [
        ("{", "EOF"),
        ("{\"operation\": 1}", "it is no recorded exchange"),
        ("{\"exchanges\": 1}", "it is no recorded exchange"),
    ] {
        std::fs::write(&file, format!("\n{line}\n")).unwrap();
        let error = run(std::slice::from_ref(&file), &mut |_| {}).unwrap_err();
        assert!(error.starts_with("no-exchange.jsonl:2: "), "{error}");
        assert!(error.contains(reason), "{error}");
    }
}
