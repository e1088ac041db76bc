//! `cargo xtask examples`: upstream's examples against the bindings.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::answer::Manners;
use crate::program;

/// Build and read all examples of upstream's Swagger files through the typed builders
///
/// For each example below DIR the request must equal the example's, and each response body must
/// read and write again as it is. Examples that are wrong themselves are listed with the reason.
/// Compiles the bindings first, and writes nothing else.
///
/// Exit status: 0 when none failed, 1 when one did, or nothing could be read or checked, 2 when the
/// arguments are wrong.
#[derive(Args)]
#[command(verbatim_doc_comment, after_long_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Folder of upstream's files
    #[arg(value_name = "DIR")]
    upstream: PathBuf,
    #[command(flatten)]
    manners: Manners,
}

const EXAMPLES: &str = "\
Example:
  cargo xtask examples ../azure-rest-api-specs/specification";

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    program::run(
        "check-examples",
        std::slice::from_ref(&arguments.upstream),
        arguments.manners,
    )
}
