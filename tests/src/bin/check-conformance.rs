//! The program behind `cargo xtask conformance PATH…`: recorded exchanges against both sides of the bindings. Exit status:
//! 0 when none failed, 1 when one did, or nothing could be read or checked, 2 when the arguments are wrong.
#![forbid(unsafe_code)]

use std::process::ExitCode;

use keyvault_tests::conformance::{Summary, run};
use keyvault_tests::program;

fn main() -> ExitCode {
    program::run("check-conformance [--json] PATH...", 1.., |paths| {
        let mut summary = Summary::default();
        run(paths, &mut |outcome| summary.add(outcome))?;
        Ok(summary)
    })
}
