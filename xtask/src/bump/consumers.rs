//! The programs of `tests/compile` against the new bindings.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// Compiles them in a copy of the repository.
pub(super) fn compile(root: &Path, copy: &Path, quiet: bool) -> Result<(), String> {
    let mut command = cargo();
    command
        .args(["test", "--package", "keyvault-compile-tests"])
        .arg("--target-dir")
        .arg(target_folder(root)?)
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

/// Where cargo puts what it compiles for the repository: what is there already need not be compiled again.
fn target_folder(root: &Path) -> Result<PathBuf, String> {
    let output = cargo()
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .current_dir(root)
        .output()
        .map_err(|error| format!("cannot run cargo: {error}"))?;
    let metadata: Option<Value> = serde_json::from_slice(&output.stdout).ok();
    let folder = metadata
        .as_ref()
        .and_then(|metadata| metadata["target_directory"].as_str());
    match folder {
        Some(folder) => Ok(folder.into()),
        None => Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()),
    }
}

fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}
