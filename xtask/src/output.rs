//! Results, on standard output.

use std::io::{self, Write};

/// Prints a text. Whoever closed the pipe has read enough: that is no failure.
pub(crate) fn print(text: &str) -> Result<(), String> {
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
