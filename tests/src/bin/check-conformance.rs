//! The program behind `cargo xtask conformance PATH…`: recorded exchanges against both sides of the bindings. Exit status:
//! 0 when none failed, 1 when one did or nothing could be read, 2 when the arguments are wrong.
#![forbid(unsafe_code)]

use std::path::PathBuf;
use std::process::ExitCode;

use keyvault_tests::conformance::{Summary, run};

fn main() -> ExitCode {
    let (flags, paths): (Vec<_>, Vec<_>) = std::env::args()
        .skip(1)
        .partition(|text| text.starts_with("--"));
    let paths: Vec<_> = paths.into_iter().map(PathBuf::from).collect();
    if paths.is_empty() || flags.iter().any(|flag| flag != "--json") {
        eprintln!("usage: check-conformance [--json] PATH...");
        return ExitCode::from(2);
    }
    let mut summary = Summary::default();
    if let Err(message) = run(&paths, &mut |outcome| summary.add(outcome)) {
        eprintln!("error: {message}");
        return ExitCode::FAILURE;
    }
    match flags.is_empty() {
        true => println!("{summary}"),
        false => println!("{:#}", summary.json()),
    }
    match summary.is_good() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}
