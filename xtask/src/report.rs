//! What is wrong with a description, on standard error.

use std::io;

use keyvault_codegen::{At, Diagnostic, Report, Severity, Spot};
use serde_json::{Value, json};

use crate::output;

/// How many diagnostics are shown unless all are asked for.
const LIMIT: usize = 50;

/// How much of a report is shown, and what is said at its end.
pub(crate) struct Shown<'a> {
    /// Whether all of it is shown.
    pub(crate) all: bool,
    /// How to see all of it.
    pub(crate) how: &'a str,
    /// What the diagnostics are about.
    pub(crate) about: &'a str,
    /// What the errors kept from happening.
    pub(crate) outcome: &'a str,
}

/// Shows a report, and says whether it has errors.
pub(crate) fn show(report: &Report, shown: &Shown<'_>) -> bool {
    output::tell(&text(report, shown));
    report.has_errors()
}

/// A report as [`show`] shows it; nothing if there is nothing to say.
pub(crate) fn text(report: &Report, shown: &Shown<'_>) -> String {
    let colour = output::colours(&io::stderr());
    let Some(first) = report.diagnostics().first() else {
        return String::new();
    };
    let limit = if shown.all { usize::MAX } else { LIMIT };
    let (mut text, left) = report.render_up_to(limit, colour);
    if left > 0 {
        text.push_str(&format!("and {left} more: {} shows all\n\n", shown.how));
    }
    let counts = [(Severity::Error, "error"), (Severity::Warning, "warning")];
    let counts = counts.map(|(severity, noun)| (report.count(severity), noun));
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let counts: Vec<_> = counts.map(|(count, noun)| counted(*count, noun)).collect();
    text.push_str(&format!("{} in {}", counts.join(", "), shown.about));
    if report.has_errors() {
        text.push_str(&format!("; {}", shown.outcome));
    }
    let code = first.code;
    text.push_str(&format!(
        "\nhelp: `cargo xtask codegen --explain {code}` tells more of {code}, and so for each code in \
         brackets\n"
    ));
    text
}

/// A report for programs, always whole.
pub(crate) fn diagnostics(report: &Report) -> Vec<Value> {
    let diagnostics = report.diagnostics().iter();
    diagnostics
        .map(|diagnostic| json_of(diagnostic, report))
        .collect()
}

fn json_of(diagnostic: &Diagnostic, report: &Report) -> Value {
    let related = diagnostic.related.iter().map(|related| {
        let label = json!({"label": related.label});
        with_place(label, report, &related.at, &related.part)
    });
    let severity = match diagnostic.code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let json = json!({
        "severity": severity,
        "code": diagnostic.code.as_str(),
        "message": diagnostic.message,
        "help": diagnostic.help,
        "related": related.collect::<Value>(),
    });
    with_place(json, report, &diagnostic.at, &diagnostic.part)
}

/// An object with a place added.
fn with_place(mut json: Value, report: &Report, at: &At, part: &Spot) -> Value {
    let place = report.place(at, part);
    json["file"] = place.path.into();
    json["line"] = place.position.map(|(line, _)| line).into();
    json["column"] = place.position.map(|(_, column)| column).into();
    json["pointer"] = at.pointer.as_str().into();
    json
}

/// A number of things, with the plural of their noun.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}
