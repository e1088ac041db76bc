//! The program behind `cargo xtask conformance PATH…`: recorded exchanges against both sides of the bindings. Exit status:
//! 0 when none failed, 1 when one did, or nothing could be read or checked, 2 when the arguments are wrong.
#![forbid(unsafe_code)]

use std::path::PathBuf;
use std::process::ExitCode;

use keyvault_tests::conformance::{Summary, run};
use keyvault_tests::output;

fn main() -> ExitCode {
    let (flags, paths): (Vec<_>, Vec<_>) = std::env::args()
        .skip(1)
        .partition(|text| text.starts_with("--"));
    let paths: Vec<_> = paths.into_iter().map(PathBuf::from).collect();
    if paths.is_empty() || flags.iter().any(|flag| flag != "--json") {
        eprintln!("usage: check-conformance [--json] PATH...");
        return ExitCode::from(2);
    }
    output::status(check(&paths, !flags.is_empty()))
}

/// How many passed and failed, once all is told.
fn check(paths: &[PathBuf], json: bool) -> Result<(usize, usize), String> {
    let mut summary = Summary::default();
    run(paths, &mut |outcome| summary.add(outcome))?;
    let text = match json {
        true => format!("{:#}\n", summary.json()),
        false => format!("{summary}\n"),
    };
    output::print(&text)?;
    Ok((summary.total.passed, summary.total.failed))
}
