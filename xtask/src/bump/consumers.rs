//! The programs of `tests/compile` against the new bindings.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

/// Compiles them in a copy of the repository, into a folder that stays, so that the next run has less to compile.
pub(super) fn compile(copy: &Path, folder: &Path, quiet: bool) -> Result<(), String> {
    let mut command = cargo();
    command
        .args(["test", "--package", "keyvault-compile-tests"])
        .arg("--target-dir")
        .arg(folder)
        .current_dir(copy)
        // This one's result is that of the whole.
        .stdout(io::stderr());
    if quiet {
        command
            .arg("--quiet")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
    }
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err("the consumers in tests/compile fail with the new version".to_owned()),
        Err(error) => Err(format!("cannot run cargo: {error}")),
    }
}

fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}
