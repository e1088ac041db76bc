//! What the generator has to say about a description: collected, never thrown one at a time.

mod code;
mod render;

pub use self::code::{Code, Severity};
use crate::source::{At, Sources};

/// One problem of a description: what is wrong, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kind of problem; stable, so that people and scripts can look it up.
    pub code: Code,
    /// The node of the description that it is about.
    pub at: At,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A diagnostic without advice.
    pub fn new(code: Code, at: At, message: impl Into<String>) -> Self {
        Self {
            code,
            at,
            message: message.into(),
            help: None,
        }
    }

    /// Adds advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// All that one run found, with the texts needed to show it.
#[derive(Clone, Debug, Default)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
    sources: Sources,
}

impl Report {
    /// A report on the documents whose texts are in `sources`, in the order of the documents.
    pub(crate) fn new(mut diagnostics: Vec<Diagnostic>, sources: Sources) -> Self {
        // What several operations share is looked at once for each of them: equals meet here.
        diagnostics.sort_by_cached_key(|d| (sources.order(&d.at), d.code, d.message.clone()));
        diagnostics.dedup();
        Self {
            diagnostics,
            sources,
        }
    }

    /// The diagnostics, ordered by place.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Whether anything in it stops the run.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// How many diagnostics of one severity there are.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics
            .iter()
            .filter(|d| d.code.severity() == severity)
            .count()
    }

    /// The whole report as text, with the lines of the description that it is about.
    pub fn render(&self, colour: bool) -> String {
        render::report(&self.diagnostics, &self.sources, colour)
    }
}
