//! What the generator has to say about a description: collected, never thrown one at a time.

mod code;
mod excerpt;
mod nearest;
mod render;
mod scope;

pub use self::code::{Code, Severity};
pub(crate) use self::nearest::did_you_mean;
pub use self::nearest::nearest;
use crate::source::{At, Sources, Spot};

/// One problem of a description: what is wrong, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kind of problem; stable, so that people and scripts can look it up.
    pub code: Code,
    /// The node of the description that it is about.
    pub at: At,
    /// Which part of the node is underlined.
    pub part: Spot,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Other places that one must see to understand it.
    pub related: Vec<Related>,
    /// What to do about it.
    pub help: Option<String>,
}

/// A place that explains a problem elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The node.
    pub at: At,
    /// Which part of it is underlined.
    pub part: Spot,
    /// What is to be seen there.
    pub label: String,
}

/// Where a node stands, as people and editors find it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub path: String,
    /// Line and column, both counted from 1; `None` if the file could not be read.
    pub position: Option<(usize, usize)>,
}

impl Diagnostic {
    /// A diagnostic about the key of a node, without advice.
    pub fn new(code: Code, at: At, message: impl Into<String>) -> Self {
        Self {
            code,
            at,
            part: Spot::Key,
            message: message.into(),
            related: Vec::new(),
            help: None,
        }
    }

    /// Says that it is about the value of the node.
    #[must_use]
    pub fn value(mut self) -> Self {
        self.part = Spot::Value;
        self
    }

    /// Says that it is about a word of the key.
    #[must_use]
    pub fn word(mut self, word: impl Into<String>) -> Self {
        self.part = Spot::Word(word.into());
        self
    }

    /// Adds a place to look at.
    #[must_use]
    pub fn see(mut self, at: At, label: impl Into<String>) -> Self {
        self.related.push(Related {
            at,
            part: Spot::Key,
            label: label.into(),
        });
        self
    }

    /// Adds a place whose value is to be looked at.
    #[must_use]
    pub fn see_value(mut self, at: At, label: impl Into<String>) -> Self {
        self.related.push(Related {
            at,
            part: Spot::Value,
            label: label.into(),
        });
        self
    }

    /// Adds advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Whether it stops the run.
    pub(crate) fn is_error(&self) -> bool {
        self.code.severity() == Severity::Error
    }

    /// What another one must share to be the same.
    fn is_same(&self, other: &Self) -> bool {
        (self.code, &self.at, &self.part, &self.message)
            == (other.code, &other.at, &other.part, &other.message)
    }

    /// Takes over what another one of the same problem points to.
    fn fold(&mut self, other: &Self) {
        for related in &other.related {
            if !self.related.contains(related) {
                self.related.push(related.clone());
            }
        }
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
        diagnostics
            .sort_by_cached_key(|d| (sources.order(&d.at, &d.part), d.code, d.message.clone()));
        // What several operations share is looked at once for each of them: equals meet here.
        diagnostics.dedup_by(|next, first| {
            let is_same = first.is_same(next);
            if is_same {
                first.fold(next);
            }
            is_same
        });
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

    /// Where a part of a node stands.
    pub fn place(&self, at: &At, part: &Spot) -> Place {
        match self.sources.get(&at.file) {
            Some(source) => Place {
                path: source.path.clone(),
                position: Some(source.position(&at.pointer, part)),
            },
            None => Place {
                path: at.file.clone(),
                position: None,
            },
        }
    }

    /// The whole report as text, with the lines of the description that it is about.
    pub fn render(&self, colour: bool) -> String {
        render::report(self.diagnostics.iter(), &self.sources, colour)
    }

    /// The report as text up to so many diagnostics, errors before warnings; and how many are left out.
    pub fn render_up_to(&self, limit: usize, colour: bool) -> (String, usize) {
        let errors = self.count(Severity::Error).min(limit);
        let mut room = (errors, limit - errors);
        let shown = self.diagnostics.iter().filter(|diagnostic| {
            let room = match diagnostic.code.severity() {
                Severity::Error => &mut room.0,
                Severity::Warning => &mut room.1,
            };
            let fits = *room > 0;
            *room = room.saturating_sub(1);
            fits
        });
        let text = render::report(shown, &self.sources, colour);
        (text, self.diagnostics.len().saturating_sub(limit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(key: &str) -> At {
        At::file("a.yaml").child(key)
    }

    fn report(codes: &[Code]) -> Report {
        let numbered = codes.iter().enumerate();
        let diagnostics = numbered
            .map(|(index, code)| Diagnostic::new(*code, at("x"), format!("number {index}")));
        Report::new(diagnostics.collect(), Sources::default())
    }

    #[test]
    fn the_same_problem_is_said_once_with_all_its_places() {
        let one = Diagnostic::new(Code::Inconsistent, at("x"), "wrong");
        let diagnostics = vec![
            one.clone().see(at("y"), "here"),
            one.clone().see(at("z"), "and here"),
            one.clone().see(at("y"), "here"),
            one.value(),
        ];
        let report = Report::new(diagnostics, Sources::default());
        assert_eq!(report.diagnostics().len(), 2);
        assert_eq!(report.diagnostics()[0].related.len(), 2);
    }

    #[test]
    fn warnings_do_not_push_errors_out() {
        let mut codes = vec![Code::UnknownExtension; 5];
        codes.push(Code::UnknownKey);
        codes.push(Code::UnknownKey);
        let report = report(&codes);
        let (text, left) = report.render_up_to(3, false);
        assert_eq!(left, 4);
        assert_eq!(text.matches("error[").count(), 2);
        assert_eq!(text.matches("warning[").count(), 1);
    }

    #[test]
    fn a_report_within_the_limit_is_whole() {
        let report = report(&[Code::UnknownKey, Code::UnknownExtension]);
        assert_eq!(report.render_up_to(2, false), (report.render(false), 0));
    }
}
