//! `cargo xtask copied`: whether the words of the description are our own.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use keyvault_codegen::{Comparison, compare_prose};

use crate::{output, workspace};

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
    let result = compare_prose(&spec, &arguments.upstream).and_then(|comparison| {
        output::print(&shown(&comparison))?;
        is_good(&comparison)
    });
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn shown(comparison: &Comparison) -> String {
    let copied = comparison.copied.iter();
    let lines: String = copied
        .map(|copied| format!("{}: {}\n", copied.at, copied.words))
        .collect();
    format!(
        "{lines}{} texts compared with {} files, {} shared\n",
        comparison.texts,
        comparison.files,
        comparison.copied.len()
    )
}

/// Whether nothing is shared. A comparison with nothing proves nothing.
fn is_good(comparison: &Comparison) -> Result<bool, String> {
    match comparison.texts > 0 && comparison.files > 0 {
        true => Ok(comparison.copied.is_empty()),
        false => Err("nothing was compared".to_owned()),
    }
}
