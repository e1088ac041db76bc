//! `cargo xtask copied`: whether the words of the description are our own.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use keyvault_codegen::{Comparison, compare_prose};
use serde_json::{Value, json};

use crate::answer::{self, Manners};
use crate::workspace;

/// Report descriptions that share eight or more words in a row with upstream's files
///
/// Names, types and limits come from upstream; sentences do not. Compares every title, summary and
/// description in `spec/` with every text in the JSON files below DIR. Writes nothing.
///
/// Exit status: 0 when nothing is shared, 1 when something is or a file cannot be read, 2 when the
/// arguments are wrong.
#[derive(Args)]
#[command(verbatim_doc_comment, after_long_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Folder of upstream's files
    #[arg(value_name = "DIR")]
    upstream: PathBuf,
    /// Folder of the description [default: spec/ of this repository]
    #[arg(long, value_name = "DIR")]
    spec: Option<PathBuf>,
    #[command(flatten)]
    manners: Manners,
}

const EXAMPLES: &str = "\
Example:
  cargo xtask copied ../azure-rest-api-specs/specification/keyvault";

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    answer::give(arguments.manners, |answer| {
        let spec = arguments.spec.clone();
        let spec = spec.unwrap_or_else(|| workspace::root().join("spec"));
        answer.say_to_a_terminal("reading the description and upstream's files");
        let comparison = compare_prose(&spec, &arguments.upstream)?;
        answer.is(json(&comparison));
        answer.print(&lines(&comparison))?;
        answer.sum_up(&sum(&comparison))?;
        Ok(is_good(&comparison)?)
    })
}

fn lines(comparison: &Comparison) -> String {
    let copied = comparison.copied.iter();
    copied
        .map(|copied| format!("{}: {}\n", copied.at, copied.words))
        .collect()
}

fn sum(comparison: &Comparison) -> String {
    format!(
        "{} texts compared with {} files, {} shared\n",
        comparison.texts,
        comparison.files,
        comparison.copied.len()
    )
}

fn json(comparison: &Comparison) -> Value {
    let copied = comparison.copied.iter().map(|copied| {
        let mut json = answer::place(&copied.at);
        json["words"] = copied.words.as_str().into();
        json
    });
    json!({
        "texts": comparison.texts,
        "files": comparison.files,
        "copied": copied.collect::<Value>(),
    })
}

/// Whether nothing is shared. A comparison with nothing proves nothing.
fn is_good(comparison: &Comparison) -> Result<bool, String> {
    match comparison.texts > 0 && comparison.files > 0 {
        true => Ok(comparison.copied.is_empty()),
        false => Err("nothing was compared".to_owned()),
    }
}
