//! Programs of the crate `keyvault-tests`. They are no part of this one, which must work without the bindings.

use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};

use serde_json::Value;

use crate::answer::{self, Answer, Manners};
use crate::failure::Failure;
use crate::{output, workspace};

/// Runs a program on files or folders. Its result is that of the command.
pub(crate) fn run(name: &str, paths: &[PathBuf], manners: Manners) -> ExitCode {
    answer::give(manners, |answer| {
        answer.say(&format!("compiling {name}, and running it"));
        let command = command(name, paths);
        match manners.json {
            true => asked(name, command, answer),
            false => heard(command, manners.quiet),
        }
    })
}

fn command(name: &str, paths: &[PathBuf]) -> Command {
    let absolute = |path: &PathBuf| std::path::absolute(path).unwrap_or_else(|_| path.clone());
    let mut command = workspace::cargo();
    command
        .args(["run", "--quiet", "--package", "keyvault-tests"])
        .args(["--bin", name, "--"])
        .args(paths.iter().map(absolute))
        .current_dir(workspace::root());
    command
}

/// Lets people hear what the program says; those who want quiet, if something is wrong.
fn heard(mut command: Command, quiet: bool) -> Result<bool, Failure> {
    if !quiet {
        return Ok(command.status().map_err(not_run)?.success());
    }
    let output = command.stderr(Stdio::inherit()).output().map_err(not_run)?;
    if !output.status.success() {
        output::print(&String::from_utf8_lossy(&output.stdout))?;
    }
    Ok(output.status.success())
}

/// Asks the program for one JSON document, and takes it over.
fn asked(name: &str, mut command: Command, answer: &mut Answer) -> Result<bool, Failure> {
    command.arg("--json").stderr(Stdio::inherit());
    let output = command.output().map_err(not_run)?;
    let document: Value = serde_json::from_slice(&output.stdout)
        .map_err(|_| format!("{name} gave no result; what it said of that is on standard error"))?;
    answer.is(document);
    Ok(output.status.success())
}

fn not_run(error: std::io::Error) -> String {
    format!("cannot run cargo: {error}")
}
