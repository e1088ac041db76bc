//! What is wrong with a description, on standard error.

use std::io::{self, IsTerminal, Write};

use keyvault_codegen::{Report, Severity};

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
    // Who closed the pipe does not want to read on.
    let _ = io::stderr().write_all(text(report, shown).as_bytes());
    report.has_errors()
}

/// A report as [`show`] shows it; nothing if there is nothing to say.
pub(crate) fn text(report: &Report, shown: &Shown<'_>) -> String {
    let colour = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
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

/// A number of things, with the plural of their noun.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}
