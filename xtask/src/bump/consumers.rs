//! The programs of `tests/compile` against the new bindings.

use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, ExitStatus};

/// Compiles them in a copy of the repository, into a folder that stays, so that the next run has less to compile. What goes
/// wrong is shown, and all else unless it is to be quiet.
pub(super) fn compile(copy: &Path, folder: &Path, quiet: bool) -> Result<(), String> {
    let mut command = cargo();
    command
        .args(["test", "--package", "keyvault-compile-tests"])
        .arg("--target-dir")
        .arg(folder)
        .current_dir(copy);
    let status = match quiet {
        true => silently(command.arg("--quiet")),
        // This one's result is that of the whole.
        false => command.stdout(io::stderr()).status(),
    };
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err("the consumers in tests/compile fail with the new version".to_owned()),
        Err(error) => Err(format!("cannot run cargo: {error}")),
    }
}

/// Runs a command that is heard only if it fails.
fn silently(command: &mut Command) -> io::Result<ExitStatus> {
    let output = command.output()?;
    if !output.status.success() {
        // Who closed the pipe does not want to read on.
        let mut heard = io::stderr();
        let _ = heard.write_all(&output.stdout);
        let _ = heard.write_all(&output.stderr);
    }
    Ok(output.status)
}

fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}
