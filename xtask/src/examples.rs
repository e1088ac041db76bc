//! `cargo xtask examples`: upstream's examples against the bindings.

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use clap::Args;

use crate::workspace;

/// Build and read all examples of upstream's Swagger files through the typed builders.
///
/// For each example below DIR the request must equal the example's, and each response body must
/// read and write again as it is. Examples that are wrong themselves are listed with the reason.
///
/// Exit status: 0 when none failed, 1 when one did or nothing could be read, 2 when the arguments
/// are wrong.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Folder of upstream's files
    #[arg(value_name = "DIR")]
    upstream: PathBuf,
}

/// Runs the command, which is a program of its own: this one must work without the bindings.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let upstream = std::path::absolute(&arguments.upstream);
    let upstream = upstream.unwrap_or_else(|_| arguments.upstream.clone());
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["run", "--quiet", "--package", "keyvault-tests"])
        .args(["--bin", "check-examples", "--"])
        .arg(upstream)
        .current_dir(workspace::root())
        .status();
    match status {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: cannot run cargo: {error}");
            ExitCode::FAILURE
        }
    }
}
