//! `cargo xtask import`: upstream's Swagger -> the description.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use keyvault_codegen::{At, Import, Imported, Plan, import, service_name};
use serde_json::{Value, json};

use crate::answer::{self, Answer, Manners};
use crate::failure::Failure;
use crate::report::Shown;
use crate::workspace::Repository;
use crate::{commit, workspace};

/// Bring upstream's Swagger 2.0 files into the description in `spec/`
///
/// Reads each FILE and what it refers to. Each becomes the document of a service, called by the
/// file's stem in snake case, or by NAME; files of one NAME are merged. Writes these documents into
/// `spec/`, all of them or none. The structure comes from upstream; descriptions that the
/// description holds already stay with what they describe. Importing the same files again changes
/// nothing. At the end stands what has no description yet, and what upstream has no more.
///
/// Exit status: 0 when all is well, 1 when a file cannot be imported or written (nothing is
/// written then), 2 when the arguments are wrong.
#[derive(Args)]
#[command(verbatim_doc_comment, after_long_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// A Swagger file, with the name of its service before `=` if it is not the file's
    #[arg(required = true, value_name = "[NAME=]FILE", value_parser = split)]
    files: Vec<(String, PathBuf)>,
    /// Folder of the description [default: spec/ of this repository]
    #[arg(long, value_name = "DIR")]
    spec: Option<PathBuf>,
    /// Keep upstream's descriptions where the description has none of its own
    #[arg(long)]
    keep_descriptions: bool,
    /// Show all diagnostics, not the first 50 alone
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    repository: Repository,
    #[command(flatten)]
    manners: Manners,
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask import keys.json backup=backuprestore.json
                                 two services: keys, and backup from a file of another name
  cargo xtask import management=vaults.json management=keys.json
                                 one service from two files
  cargo xtask import --spec ../notes/spec --keep-descriptions notes.json
                                 another API, with upstream's words";

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    answer::give(arguments.manners, |answer| run_on(arguments, answer))
}

fn run_on(arguments: &Arguments, answer: &mut Answer) -> Result<bool, Failure> {
    let root = arguments.repository.root();
    let spec = arguments.spec.clone().unwrap_or_else(|| root.join("spec"));
    let mut order = Import {
        services: Default::default(),
        spec: workspace::shown(&spec),
        keep_descriptions: arguments.keep_descriptions,
    };
    for (name, file) in arguments.files.clone() {
        order.services.entry(name).or_default().push(file.into());
    }
    commit::recover(&root, &[&order.spec])?;
    answer.say_to_a_terminal("reading upstream's files");
    let imported = import(&order);
    let shown = Shown {
        all: arguments.all,
        how: "`--all`",
        about: "the files",
        outcome: "nothing was written",
    };
    if answer.report(&imported.report, &shown) {
        return Ok(false);
    }
    write(&order.spec, &imported, answer)?;
    Ok(true)
}

/// `NAME=FILE`, or a file whose stem is the name.
fn split(argument: &str) -> Result<(String, PathBuf), String> {
    let (name, file) = match argument.split_once('=') {
        Some((name, file)) if !name.contains(['/', '\\']) => (name.to_owned(), file.into()),
        _ => named_by_stem(argument.into()),
    };
    match is_name(&name) {
        true => Ok((name, file)),
        false => Err(format!(
            "`{name}` cannot be the name of a service\nhelp: write NAME=FILE, with a NAME of \
             lower-case letters, digits and `_` that starts with a letter"
        )),
    }
}

fn named_by_stem(file: PathBuf) -> (String, PathBuf) {
    let stem = || file.file_stem().unwrap_or_default().to_string_lossy();
    let name = service_name(&file).unwrap_or_else(|| stem().into_owned());
    (name, file)
}

/// Whether a text can be a module, a feature and a file.
fn is_name(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.chars().all(fits)
}

fn write(spec: &Path, imported: &Imported, answer: &mut Answer) -> Result<(), Failure> {
    let plan = Plan::replacing(spec, &imported.files)?;
    answer.note("files", answer::files(&[&plan]));
    answer.note("unchanged", plan.unchanged());
    answer.note("left_to_do", left_to_do_json(imported));
    let said = format!(
        "wrote {}: {} of {} documents changed\n{}",
        spec.display(),
        plan.written(),
        imported.files.len(),
        left_to_do(imported),
    );
    commit::write(spec, &[plan])?;
    Ok(answer.sum_up(&said)?)
}

/// What whoever imports should know, and look after.
pub(crate) fn left_to_do(imported: &Imported) -> String {
    [
        list(
            "without a document, for there is no operation in its files",
            &imported.without_operations,
        ),
        list(
            "left out, for no operation reaches it",
            &unreached(imported),
        ),
        list("described here, but gone upstream", &removed(imported)),
        list("without a description", &shown(&imported.undescribed)),
    ]
    .concat()
}

/// The same for programs.
pub(crate) fn left_to_do_json(imported: &Imported) -> Value {
    let removed = imported.removed.iter().map(|(at, text)| {
        let mut json = answer::place(at);
        json["text"] = text.as_str().into();
        json
    });
    json!({
        "without_operations": imported.without_operations,
        "unreached": answer::places(&imported.unreached),
        "removed": removed.collect::<Value>(),
        "undescribed": answer::places(&imported.undescribed),
    })
}

fn unreached(imported: &Imported) -> Vec<String> {
    let unreached = imported.unreached.iter();
    unreached
        .map(|at| {
            let file = Path::new(&at.file).file_name().unwrap_or_default();
            format!("{} of {}", at.pointer.last(), file.to_string_lossy())
        })
        .collect()
}

fn shown(places: &[At]) -> Vec<String> {
    places.iter().map(ToString::to_string).collect()
}

/// The texts too, so that nothing is lost that was not committed yet.
fn removed(imported: &Imported) -> Vec<String> {
    let removed = imported.removed.iter();
    removed
        .map(|(at, text)| format!("{at}: {}", text.replace('\n', " ")))
        .collect()
}

fn list(title: &str, lines: &[String]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    format!("{title} ({}):\n  {}\n", lines.len(), lines.join("\n  "))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::split;

    #[test]
    fn a_file_names_its_service_unless_told_otherwise() {
        let split = |argument| split(argument).unwrap();
        assert_eq!(
            split("a/keysManagedHsm.json"),
            (
                "keys_managed_hsm".to_owned(),
                PathBuf::from("a/keysManagedHsm.json")
            )
        );
        assert_eq!(
            split("backup=a/b.json"),
            ("backup".to_owned(), PathBuf::from("a/b.json"))
        );
        assert_eq!(split("a=b/c.json").0, "a");
        assert_eq!(split("x/a=b.json").0, "a_b");
    }
}
