//! `cargo xtask changes`: what differs between two versions of the API.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use keyvault_codegen::changes::{Changes, Format, compare, render};
use keyvault_codegen::{Api, load};

use crate::{output, report, workspace};

/// Compare two versions of the API, and say what the changes mean for users.
///
/// OLD and NEW are each an api.json, the folder of a generated crate or of a description, or a git
/// revision of this repository, whose generated/api.json is taken. Each change is judged twice: for
/// code that uses the bindings (does it still compile?) and for the wire (are the same requests still
/// accepted, and responses still read?). The verdict is about the code.
///
/// Exit status: 0 when all is well, 1 when a version cannot be read or --deny finds something,
/// 2 when the arguments are wrong.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The version of before [default: HEAD]
    #[arg(value_name = "OLD")]
    old: Option<PathBuf>,
    /// The version of now [default: spec/ of this repository]
    #[arg(value_name = "NEW")]
    new: Option<PathBuf>,
    /// How to show the changes
    #[arg(long, value_enum, default_value_t = Shown::Terminal)]
    format: Shown,
    /// Fail if there are such changes, on either side
    #[arg(long, value_enum)]
    deny: Option<Denied>,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Shown {
    /// Grouped, in colours if the output is a terminal
    Terminal,
    /// An entry for a changelog
    Markdown,
    /// For programs
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
enum Denied {
    /// Changes that break code or requests
    Breaking,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let result = changes(arguments).and_then(|changes| {
        print(&changes, arguments.format)?;
        Ok(changes)
    });
    match result {
        Ok(changes) if arguments.deny.is_some() && changes.is_breaking() => ExitCode::FAILURE,
        Ok(_) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn changes(arguments: &Arguments) -> Result<Changes, String> {
    let old = match &arguments.old {
        Some(old) => version(old)?,
        None => at_revision(&workspace::root(), "HEAD")?,
    };
    let new = match &arguments.new {
        Some(new) => version(new)?,
        None => described(&workspace::root().join("spec"))?,
    };
    Ok(compare(&old, &new))
}

fn print(changes: &Changes, shown: Shown) -> Result<(), String> {
    let colour = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let text = render(
        changes,
        match shown {
            Shown::Terminal => Format::Terminal { colour },
            Shown::Markdown => Format::Markdown,
            Shown::Json => Format::Json,
        },
    );
    output::print(&text)
}

/// What a user named: a path if there is such a file or folder, else a revision.
fn version(named: &Path) -> Result<Api, String> {
    if named.is_dir() {
        let api = named.join("api.json");
        return if api.is_file() {
            from_file(&api)
        } else {
            described(named)
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

fn described(folder: &Path) -> Result<Api, String> {
    let loaded = load(folder);
    let shown = report::Shown {
        all: false,
        how: "`cargo xtask codegen --all`",
        about: "the description",
        outcome: "nothing was compared",
    };
    // Of what is only doubtful the generator speaks.
    if loaded.report.has_errors() && report::show(&loaded.report, &shown) {
        return Err(format!(
            "the description in {} has errors",
            workspace::shown(folder).display()
        ));
    }
    Ok(loaded.api)
}

/// The version that a revision of a repository has.
pub(crate) fn at_revision(root: &Path, revision: &str) -> Result<Api, String> {
    if revision.starts_with('-') {
        return Err("a revision does not begin with a hyphen".to_owned());
    }
    let text = workspace::at_revision(root, revision, "generated/api.json")?;
    read(text.as_bytes()).map_err(|error| format!("{revision}: {error}"))
}
