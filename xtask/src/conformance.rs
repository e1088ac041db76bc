//! `cargo xtask conformance`: recorded exchanges against both sides of the bindings.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::workspace;

/// Check recorded traffic of the real service against both sides of the bindings.
///
/// PATH is a file with an exchange, or a run of exchanges, a line, or a folder of such `*.jsonl` files. Each recorded
/// request must parse into the recorded operation and build again as it was; each recorded response must read, and write
/// again as it was. Where both differ with reason, the reason is named and counted; what a recording lacks is skipped and
/// counted.
///
/// Exit status: 0 when none failed, 1 when one did, or nothing could be read or checked, 2 when the arguments
/// are wrong.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Print one JSON object instead of tables
    #[arg(long)]
    json: bool,

    /// Files or folders with recorded exchanges
    #[arg(value_name = "PATH", required = true)]
    recordings: Vec<PathBuf>,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let flags: &[&str] = if arguments.json { &["--json"] } else { &[] };
    workspace::run_program("check-conformance", flags, &arguments.recordings)
}
