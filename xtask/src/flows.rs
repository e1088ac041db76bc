//! `cargo xtask flows`: recorded runs against the client.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::answer::Manners;
use crate::program;

/// Play recorded runs with the real client against a TLS server on the loopback address
///
/// FILE has one run a line. The client must send the recorded requests in the recorded order, with
/// challenge, pages and polls, and come to the recorded outcome. Harmless differences are counted.
/// Compiles the bindings first, and writes nothing else.
///
/// Exit status: 0 when none failed, 1 when one did, or nothing could be read or checked, 2 when the
/// arguments are wrong.
#[derive(Args)]
#[command(verbatim_doc_comment, after_long_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// File with the recorded runs
    #[arg(value_name = "FILE")]
    runs: PathBuf,
    #[command(flatten)]
    manners: Manners,
}

const EXAMPLES: &str = "\
Example:
  cargo xtask flows ../recordings/flows.jsonl";

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    program::run(
        "replay-flows",
        std::slice::from_ref(&arguments.runs),
        arguments.manners,
    )
}
