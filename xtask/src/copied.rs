//! `cargo xtask copied`: whether the words of the description are our own.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use keyvault_codegen::compare_prose;

use crate::workspace;

/// Report descriptions that share eight or more words in a row with upstream's files.
///
/// Names, types and limits come from upstream; sentences do not. Compares every title, summary
/// and description in `spec/` with every text in the JSON files below DIR.
///
/// Exit status: 0 when nothing is shared, 1 when something is or a file cannot be read, 2 when the
/// arguments are wrong.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Folder of upstream's files
    #[arg(value_name = "DIR")]
    upstream: PathBuf,
    /// Folder of the description [default: spec/ of this repository]
    #[arg(long, value_name = "DIR")]
    spec: Option<PathBuf>,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let spec = arguments.spec.clone();
    let spec = spec.unwrap_or_else(|| workspace::root().join("spec"));
    let comparison = match compare_prose(&spec, &arguments.upstream) {
        Ok(comparison) => comparison,
        Err(message) => {
            eprintln!("error: {message}");
            return ExitCode::FAILURE;
        }
    };
    for copied in &comparison.copied {
        println!("{}: {}", copied.at, copied.words);
    }
    println!(
        "{} texts compared with {} files, {} shared",
        comparison.texts,
        comparison.files,
        comparison.copied.len()
    );
    // A comparison with nothing proves nothing.
    match comparison.copied.is_empty() && comparison.texts > 0 && comparison.files > 0 {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}
