//! What the programs of this crate have in common: their arguments, what they print, and with which status they end.

use std::io::{self, Write};
use std::ops::RangeBounds;
use std::path::PathBuf;
use std::process::ExitCode;

use serde_json::Value;

/// What became of all that a program checked.
pub trait Report {
    /// For programs.
    fn json(&self) -> Value;

    /// For people, with an end of line.
    fn text(&self) -> String;

    /// How many passed and failed.
    fn passed_and_failed(&self) -> (usize, usize);
}

/// Checks what the paths on the command line name, of which there are as many as `wanted` says, and prints what became of
/// it. To check nothing is no success.
pub fn run<R: Report>(
    usage: &str,
    wanted: impl RangeBounds<usize>,
    check: impl FnOnce(&[PathBuf]) -> Result<R, String>,
) -> ExitCode {
    let (flags, paths): (Vec<_>, Vec<_>) = std::env::args()
        .skip(1)
        .partition(|text| text.starts_with("--"));
    if !wanted.contains(&paths.len()) || flags.iter().any(|flag| flag != "--json") {
        eprintln!("usage: {usage}");
        return ExitCode::from(2);
    }
    let paths: Vec<_> = paths.into_iter().map(PathBuf::from).collect();
    let told = check(&paths).and_then(|report| {
        match flags.is_empty() {
            true => print(&report.text()),
            false => print(&format!("{:#}\n", report.json())),
        }?;
        Ok(report.passed_and_failed())
    });
    status(told)
}

/// Prints a text. Whoever closed the pipe has read enough: that is no failure.
fn print(text: &str) -> Result<(), String> {
    let mut output = io::stdout();
    let printed = output
        .write_all(text.as_bytes())
        .and_then(|()| output.flush());
    match printed {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(format!("cannot write the output: {error}"))
        }
        _ => Ok(()),
    }
}

fn status(told: Result<(usize, usize), String>) -> ExitCode {
    let message = match told {
        Ok((0, 0)) => "nothing was checked".to_owned(),
        Ok((_, 0)) => return ExitCode::SUCCESS,
        Ok(_) => return ExitCode::FAILURE,
        Err(message) => message,
    };
    eprintln!("error: {message}");
    ExitCode::FAILURE
}
