//! Standard output and standard error.
//!
//! Results go to the first, all else to the second. Whoever closed either has read enough: that is no failure.

use std::io::{self, IsTerminal, Write};

/// Prints a result.
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

/// Says what is wrong, or what is going on. If that cannot be said, there is nobody to say so to.
pub(crate) fn tell(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}

/// Whether to use colours: on a terminal, unless NO_COLOR is set to anything (<https://no-color.org>).
pub(crate) fn colours(stream: &impl IsTerminal) -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    stream.is_terminal() && !refused
}
