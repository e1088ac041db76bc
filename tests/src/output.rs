//! What the programs of this crate print, and with which status they end.

use std::io::{self, Write};
use std::process::ExitCode;

/// Prints a text. Whoever closed the pipe has read enough: that is no failure.
///
/// # Errors
/// If the text cannot be written.
pub fn print(text: &str) -> Result<(), String> {
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

/// The status of a check that printed what passed and failed, or that could not be made. To check nothing is no success.
pub fn status(checked: Result<(usize, usize), String>) -> ExitCode {
    let message = match checked {
        Ok((0, 0)) => "nothing was checked".to_owned(),
        Ok((_, 0)) => return ExitCode::SUCCESS,
        Ok(_) => return ExitCode::FAILURE,
        Err(message) => message,
    };
    eprintln!("error: {message}");
    ExitCode::FAILURE
}
