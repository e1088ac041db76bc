//! The programs of `tests/compile` against the new bindings.

use std::io;
use std::path::Path;
use std::process::{Command, ExitStatus};

use crate::output;
use crate::workspace::cargo;

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
    let said = command.output()?;
    if !said.status.success() {
        output::tell(&String::from_utf8_lossy(&said.stdout));
        output::tell(&String::from_utf8_lossy(&said.stderr));
    }
    Ok(said.status)
}
