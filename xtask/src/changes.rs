//! `cargo xtask changes`: what differs between two versions of the API.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use keyvault_codegen::changes::{Changes, Format, compare, render};
use keyvault_codegen::{Api, load};
use serde_json::{Value, json};

use crate::answer::{self, Answer, Manners};
use crate::{output, report, workspace};

/// Compare two versions of the API, and say what the changes mean for users
///
/// OLD and NEW are each an api.json, the folder of a generated crate or of a description, or a git
/// revision of this repository, whose generated/api.json is taken. Each change is judged twice: for
/// code that uses the bindings (does it still compile?) and for the wire (are the same requests
/// still accepted, and responses still read?). The verdict is about the code. Writes nothing.
///
/// Exit status: 0 when all is well, 1 when a version cannot be read or --deny finds something, 2
/// when the arguments are wrong.
#[derive(Args)]
#[command(verbatim_doc_comment, after_long_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The version of before [default: HEAD]
    #[arg(value_name = "OLD")]
    old: Option<PathBuf>,
    /// The version of now [default: spec/ of this repository]
    #[arg(value_name = "NEW")]
    new: Option<PathBuf>,
    /// How to show the changes
    #[arg(long, value_enum, default_value_t = Shown::Terminal, conflicts_with = "json")]
    format: Shown,
    /// Fail if there are such changes, on either side
    #[arg(long, value_enum)]
    deny: Option<Denied>,
    #[command(flatten)]
    manners: Manners,
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask changes                      what spec/ changes since the last commit
  cargo xtask changes v0.1.0               since a release
  cargo xtask changes --format markdown    as an entry of the changelog
  cargo xtask changes old/spec new/spec --deny breaking
                                           fails if something breaks";

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Shown {
    /// Grouped, in colours if the output is a terminal
    Terminal,
    /// An entry for a changelog
    Markdown,
    /// The same as --json
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
enum Denied {
    /// Changes that break code or requests
    Breaking,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let mut manners = arguments.manners;
    manners.json |= arguments.format == Shown::Json;
    answer::give(manners, |answer| {
        let changes = changes(arguments, answer)?;
        answer.is(json(&changes));
        answer.print(&render(&changes, format(arguments.format)))?;
        Ok(arguments.deny.is_none() || !changes.is_breaking())
    })
}

fn changes(arguments: &Arguments, answer: &mut Answer) -> Result<Changes, String> {
    answer.say_to_a_terminal("reading both versions");
    let old = match &arguments.old {
        Some(old) => version(old, answer)?,
        None => at_revision(&workspace::root(), "HEAD")?,
    };
    let new = match &arguments.new {
        Some(new) => version(new, answer)?,
        None => described(&workspace::root().join("spec"), answer)?,
    };
    Ok(compare(&old, &new))
}

/// Changes for programs.
pub(crate) fn json(changes: &Changes) -> Value {
    json!({"verdict": changes.verdict(), "changes": changes.changes})
}

fn format(shown: Shown) -> Format {
    match shown {
        Shown::Markdown => Format::Markdown,
        Shown::Json => Format::Json,
        Shown::Terminal => Format::Terminal {
            colour: output::colours(&io::stdout()),
        },
    }
}

/// What a user named: a path if there is such a file or folder, else a revision.
fn version(named: &Path, answer: &mut Answer) -> Result<Api, String> {
    if named.is_dir() {
        let api = named.join("api.json");
        return if api.is_file() {
            from_file(&api)
        } else {
            described(named, answer)
        };
    }
    if named.is_file() {
        return from_file(named);
    }
    let revision = named.to_str().ok_or("a revision is text")?;
    at_revision(&workspace::root(), revision)
        .map_err(|error| format!("{revision} is no file, no folder, and no revision: {error}"))
}

/// The version that an api.json has.
pub(crate) fn from_file(path: &Path) -> Result<Api, String> {
    let bytes = std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    read(&bytes).map_err(|error| format!("{}: {error}", path.display()))
}

fn read(bytes: &[u8]) -> Result<Api, String> {
    serde_json::from_slice(bytes)
        .map_err(|error| format!("it is no api.json of this generator: {error}"))
}

fn described(folder: &Path, answer: &mut Answer) -> Result<Api, String> {
    let loaded = load(folder);
    let shown = report::Shown {
        all: false,
        how: "`cargo xtask codegen --all`",
        about: "the description",
        outcome: "nothing was compared",
    };
    // Of what is only doubtful the generator speaks.
    if loaded.report.has_errors() && answer.report(&loaded.report, &shown) {
        return Err(format!(
            "the description in {} has errors",
            workspace::shown(folder).display()
        ));
    }
    Ok(loaded.api.into_api())
}

/// The version that a revision of a repository has.
pub(crate) fn at_revision(root: &Path, revision: &str) -> Result<Api, String> {
    if revision.starts_with('-') {
        return Err("a revision does not begin with a hyphen".to_owned());
    }
    let text = workspace::at_revision(root, revision, "generated/api.json")?;
    read(text.as_bytes()).map_err(|error| format!("{revision}: {error}"))
}
