//! `cargo xtask operations`: what the description offers.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use keyvault_codegen::{Entry, load, operations};

use crate::report::{self, Shown};
use crate::{output, workspace};

/// List all operations of the description.
///
/// Columns: request builder, method, path, permission, and notes: I sending it twice does what
/// sending it once does, P its result comes in pages, L it goes on after its answer, S it carries
/// secrets.
///
/// Exit status: 0 when all is well, 1 when the description has errors, 2 when the arguments are
/// wrong.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Print JSON: a list of objects, one an operation, with all facts
    #[arg(long)]
    json: bool,
    /// Folder of the description [default: spec/ of this repository]
    #[arg(long, value_name = "DIR")]
    spec: Option<PathBuf>,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let spec = arguments.spec.clone();
    let spec = spec.unwrap_or_else(|| workspace::root().join("spec"));
    let loaded = load(&workspace::shown(&spec));
    let shown = Shown {
        all: false,
        how: "`cargo xtask codegen --all`",
        about: "the description",
        outcome: "its operations are not known",
    };
    if report::show(&loaded.report, &shown) {
        return ExitCode::FAILURE;
    }
    let text = operations(&loaded.api)
        .map_err(|error| format!("no Rust name can be made of `{}`", error.0))
        .and_then(|entries| match arguments.json {
            true => json(&entries),
            false => Ok(table(&entries)),
        });
    match text.and_then(|text| output::print(&text)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn json(entries: &[Entry]) -> Result<String, String> {
    let text = serde_json::to_string_pretty(entries);
    text.map(|text| text + "\n")
        .map_err(|error| error.to_string())
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
