//! `cargo xtask operations`: what the description offers.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use keyvault_codegen::{Entry, load, operations};
use serde_json::Value;

use crate::answer::{self, Answer, Manners};
use crate::failure::Failure;
use crate::report::Shown;
use crate::workspace;

/// List all operations of the description
///
/// Reads `spec/`, and writes nothing. Columns: request builder, method, path, permission, and notes:
///
///   I  sending it twice does what sending it once does
///   P  its result comes in pages
///   L  it goes on after its answer
///   S  it carries secrets
///
/// With --json: a list of objects, one an operation, with all facts.
///
/// Exit status: 0 when all is well, 1 when the description has errors, 2 when the arguments are
/// wrong.
#[derive(Args)]
#[command(verbatim_doc_comment, after_long_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Folder of the description [default: spec/ of this repository]
    #[arg(long, value_name = "DIR")]
    spec: Option<PathBuf>,
    #[command(flatten)]
    manners: Manners,
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask operations | grep keys::     what the service `keys` has
  cargo xtask operations --json            all facts, for a program";

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    answer::give(arguments.manners, |answer| run_on(arguments, answer))
}

fn run_on(arguments: &Arguments, answer: &mut Answer) -> Result<bool, Failure> {
    let spec = arguments.spec.clone();
    let spec = spec.unwrap_or_else(|| workspace::root().join("spec"));
    answer.say_to_a_terminal("reading the description");
    let loaded = load(&workspace::shown(&spec));
    let shown = Shown {
        all: false,
        how: "`cargo xtask codegen --all`",
        about: "the description",
        outcome: "its operations are not known",
    };
    if answer.report(&loaded.report, &shown) {
        return Ok(false);
    }
    let entries = operations(&loaded.api)
        .map_err(|error| format!("no Rust name can be made of `{}`", error.0))?;
    answer.print(&table(&entries))?;
    answer.is(json(&entries)?);
    Ok(true)
}

fn json(entries: &[Entry]) -> Result<Value, String> {
    serde_json::to_value(entries).map_err(|error| error.to_string())
}

fn table(entries: &[Entry]) -> String {
    let rows: Vec<_> = entries.iter().map(cells).collect();
    let width = |column: usize| {
        let widths = rows.iter().map(|row| row[column].chars().count());
        widths.max().unwrap_or_default()
    };
    let widths = [width(0), width(1), width(2), width(3)];
    let line = |row: &[String; 5]| {
        let cells = row.iter().zip(widths);
        let cells: Vec<_> = cells
            .map(|(cell, width)| format!("{cell:width$}"))
            .collect();
        let line = format!("{}  {}", cells.join("  "), row[4]);
        format!("{}\n", line.trim_end())
    };
    let lines: String = rows.iter().map(line).collect();
    format!("{lines}{} operations\n", entries.len())
}

fn cells(entry: &Entry) -> [String; 5] {
    let notes = [
        ("I", entry.idempotent),
        ("P", entry.paged),
        ("L", entry.long_running.is_some()),
        ("S", entry.sends_secrets || entry.receives_secrets),
    ];
    let notes = notes
        .iter()
        .filter(|(_, holds)| *holds)
        .map(|(note, _)| *note);
    [
        entry.builder.clone(),
        entry.method.to_owned(),
        entry.path.clone(),
        entry.permission.clone().unwrap_or_default(),
        notes.collect(),
    ]
}
