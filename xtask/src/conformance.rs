//! `cargo xtask conformance`: recorded exchanges against both sides of the bindings.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::answer::Manners;
use crate::program;

/// Check recorded traffic of the real service against both sides of the bindings
///
/// Reads PATH: a file with an exchange, or a run of exchanges, a line, or a folder of such `*.jsonl`
/// files. Each recorded request must parse into the recorded operation and build again as it was;
/// each recorded response must read, and write again as it was. Where both differ with reason, the
/// reason is named and counted; what a recording lacks is skipped and counted. Compiles the
/// bindings first, and writes nothing else.
///
/// Exit status: 0 when none failed, 1 when one did, or nothing could be read or checked, 2 when the
/// arguments are wrong.
#[derive(Args)]
#[command(verbatim_doc_comment, after_long_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Files or folders with recorded exchanges
    #[arg(value_name = "PATH", required = true)]
    recordings: Vec<PathBuf>,
    #[command(flatten)]
    manners: Manners,
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask conformance ../recordings            all recordings of a folder
  cargo xtask conformance --json keys.jsonl        one file, for a program";

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    program::run(
        "check-conformance",
        &arguments.recordings,
        arguments.manners,
    )
}
