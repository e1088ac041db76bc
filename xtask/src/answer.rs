//! What a command says: text for people, or one JSON document for programs.

use std::io::{self, IsTerminal};
use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use keyvault_codegen::{At, Plan, Report, Step};
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::report::{self, Shown};
use crate::{output, workspace};

// How much a command says, and to whom. No documentation: clap would take it for that of the command.
#[derive(Args, Clone, Copy, Default)]
pub(crate) struct Manners {
    /// Say neither what is going on nor what was done; what is wrong is shown, warnings too
    #[arg(long, short)]
    pub(crate) quiet: bool,
    /// Print one JSON document in place of text (docs/maintaining.md says what is in it)
    #[arg(long)]
    pub(crate) json: bool,
}

/// What a command has to say so far.
pub(crate) struct Answer {
    manners: Manners,
    document: Value,
}

/// Lets a command answer, and gives the status to exit with. The command says whether all is well, or why it cannot go on.
pub(crate) fn give(
    manners: Manners,
    command: impl FnOnce(&mut Answer) -> Result<bool, Failure>,
) -> ExitCode {
    let mut answer = Answer::new(manners);
    let result = command(&mut answer);
    let failure = result.as_ref().err();
    if let Some(failure) = failure {
        failure.tell();
    }
    let printed = answer.print_document(matches!(result, Ok(true)), failure);
    match (result, printed) {
        (Ok(true), Ok(())) => ExitCode::SUCCESS,
        (_, Ok(())) => ExitCode::FAILURE,
        (_, Err(message)) => {
            Failure::from(message).tell();
            ExitCode::FAILURE
        }
    }
}

impl Answer {
    /// Nothing yet.
    pub(crate) fn new(manners: Manners) -> Self {
        Self {
            manners,
            document: json!({"ok": false, "error": null}),
        }
    }

    /// Prints a result, for people.
    pub(crate) fn print(&self, text: &str) -> Result<(), String> {
        match self.manners.json {
            true => Ok(()),
            false => output::print(text),
        }
    }

    /// Prints what was done, for people who want to know.
    pub(crate) fn sum_up(&self, text: &str) -> Result<(), String> {
        match self.manners.quiet {
            true => Ok(()),
            false => self.print(text),
        }
    }

    /// Says what is going on. It is no result, and goes where errors go.
    pub(crate) fn say(&self, line: &str) {
        if !self.manners.quiet {
            output::tell(&format!("{line}\n"));
        }
    }

    /// Says what is going on for a second or two, which only somebody who waits wants to know.
    pub(crate) fn say_to_a_terminal(&self, line: &str) {
        if io::stderr().is_terminal() {
            self.say(line);
        }
    }

    /// Puts a member into the document.
    pub(crate) fn note(&mut self, name: &str, value: impl Into<Value>) {
        if let Value::Object(members) = &mut self.document {
            members.insert(name.to_owned(), value.into());
        }
    }

    /// Takes over the members of an object; anything else becomes the whole document.
    pub(crate) fn is(&mut self, document: Value) {
        match (document, &mut self.document) {
            (Value::Object(news), Value::Object(members)) => members.extend(news),
            (document, whole) => *whole = document,
        }
    }

    /// Shows a report, and says whether it has errors.
    pub(crate) fn report(&mut self, report: &Report, shown: &Shown<'_>) -> bool {
        self.diagnose(report::diagnostics(report));
        report::show(report, shown)
    }

    /// Adds diagnostics to the document.
    pub(crate) fn diagnose(&mut self, diagnostics: Vec<Value>) {
        let known = self.document.get_mut("diagnostics");
        match known.and_then(Value::as_array_mut) {
            Some(known) => known.extend(diagnostics),
            None => self.note("diagnostics", diagnostics),
        }
    }

    /// Prints the document, if a program asked for it.
    fn print_document(&mut self, is_well: bool, failure: Option<&Failure>) -> Result<(), String> {
        if !self.manners.json {
            return Ok(());
        }
        self.note("ok", is_well);
        self.note("error", failure.map(Failure::json));
        output::print(&format!("{}\n", plain(&format!("{:#}", self.document))))
    }
}

/// The files that plans write and remove.
pub(crate) fn files(plans: &[&Plan]) -> Vec<Value> {
    let steps = plans.iter().flat_map(|plan| plan.steps());
    steps.map(|(path, step)| file(&path, step)).collect()
}

/// A file that is written or removed.
pub(crate) fn file(path: &Path, step: Step) -> Value {
    let step = match step {
        Step::Add => "add",
        Step::Change => "change",
        Step::Remove => "remove",
    };
    json!({"path": workspace::shown(path).display().to_string(), "step": step})
}

/// Places in a description.
pub(crate) fn places<'a>(places: impl IntoIterator<Item = &'a At>) -> Vec<Value> {
    places.into_iter().map(place).collect()
}

/// A place in a description.
pub(crate) fn place(at: &At) -> Value {
    json!({"file": at.file, "pointer": at.pointer.as_str()})
}

/// JSON in which all is written out that could steer a terminal or hide from a reader. It can only stand in texts.
fn plain(json: &str) -> String {
    let mut plain = String::with_capacity(json.len());
    for c in json.chars() {
        match c == '\n' || matches!(c, ' '..='~') {
            true => plain.push(c),
            false => {
                let units = c.encode_utf16(&mut [0; 2]).to_vec();
                plain.extend(units.iter().map(|unit| format!("\\u{unit:04x}")));
            }
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_out_is_read_as_it_was() {
        let text = "…\u{202e}\u{7f}\u{85}😀\n\"";
        let json = plain(&json!({ text: text }).to_string());
        assert!(json.is_ascii(), "{json}");
        let read: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(read[text], text);
    }
}
