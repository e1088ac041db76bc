//! Writing many files as one, even if the command is killed on the way.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use clap::Args;
use keyvault_codegen::{Journal, Plan};

use crate::failure::Failure;
use crate::output;

/// Carries out what a command has settled. It is called by the commands themselves, in a process that goes on when they are
/// stopped.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The folder whose journal is carried out
    folder: PathBuf,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    match Journal::of(&arguments.folder).finish() {
        Ok(_) => ExitCode::SUCCESS,
        Err(error) => {
            Failure::from(error).tell();
            ExitCode::FAILURE
        }
    }
}

/// Finishes what an interrupted command has settled, in a repository or in one of other folders.
///
/// Every command that writes does so first, whichever it was that was interrupted: else it would take what is staged for
/// leftovers, and clear it away.
pub(crate) fn recover(root: &Path, others: &[&Path]) -> Result<(), Failure> {
    for folder in lists(root)
        .iter()
        .map(PathBuf::as_path)
        .chain(others.iter().copied())
    {
        if Journal::of(folder).finish()? {
            output::tell("finished what an interrupted run had begun to write\n");
        }
    }
    Ok(())
}

/// Fails if an interrupted command has left something in a repository that is settled and not written.
pub(crate) fn check_finished(root: &Path) -> Result<(), Failure> {
    let help = "run `cargo xtask codegen` first, which finishes it";
    for folder in lists(root) {
        let finished = Journal::of(&folder).check_finished().map_err(Failure::from);
        finished.map_err(|failure| failure.maybe(Some(help.to_owned())))?;
    }
    Ok(())
}

/// The folders of a repository that a command may leave its list in.
fn lists(root: &Path) -> [PathBuf; 3] {
    [root.to_owned(), root.join("spec"), root.join("generated")]
}

/// Writes the files of all plans, or none.
///
/// What was settled is carried out by a process of its own, so that nothing that stops this one stops it half-way. If there is
/// no such process to be had, or it fails, this one does what is left.
pub(crate) fn write(folder: &Path, plans: &[Plan]) -> Result<(), Failure> {
    let journal = Journal::of(folder);
    if journal.settle(plans)? {
        let _ = finisher(folder).and_then(|mut finisher| finisher.status());
        journal.finish()?;
    }
    Ok(())
}

fn finisher(folder: &Path) -> std::io::Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("finish").arg(folder);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    // Ctrl-C reaches the whole group of a command.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    Ok(command)
}
