//! What is known to be wrong, so that its consequences are not reported as well.

use std::collections::HashSet;
use std::iter::successors;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::At;

/// The places at which something is wrong, and all places around them.
pub(crate) struct Faults(HashSet<At>);

impl Faults {
    /// The places of the errors among these.
    pub(crate) fn of(diagnostics: &[Diagnostic]) -> Self {
        let errors = diagnostics.iter();
        let errors = errors.filter(|d| d.code.severity() == Severity::Error);
        let places = errors.flat_map(|error| {
            let around = |at: &At| {
                let pointer = at.pointer.parent()?;
                let file = at.file.clone();
                Some(At { file, pointer })
            };
            successors(Some(error.at.clone()), around)
        });
        Self(places.collect())
    }

    /// Whether a problem of one node is none of the consequences: nothing inside the node is wrong.
    pub(crate) fn is_news(&self, diagnostic: &Diagnostic) -> bool {
        !self.0.contains(&diagnostic.at)
    }

    /// Whether a problem between several nodes is none of the consequences. What cannot be used is
    /// missing to those that refer to it.
    pub(crate) fn is_news_of_the_whole(&self, diagnostic: &Diagnostic) -> bool {
        let key = diagnostic.at.pointer.last();
        let needs_others = diagnostic.code == Code::UnknownReference
            || ["x-ms-pageable", "x-settled-by"].contains(&key.as_str());
        self.0.is_empty() || !needs_others
    }
}

#[cfg(test)]
mod tests {
    use super::Faults;
    use crate::diagnostic::{Code, Diagnostic};
    use crate::source::At;

    fn at(code: Code, text: &str) -> Diagnostic {
        Diagnostic::new(code, At::parse(text).unwrap(), "wrong")
    }

    #[test]
    fn what_holds_a_fault_is_no_news_and_its_neighbours_are() {
        let faults = Faults::of(&[at(Code::UnknownKey, "a.yaml#/s/A/type")]);
        let is_news = |text| faults.is_news(&at(Code::Unsupported, text));
        assert!(!is_news("a.yaml#/s/A") && !is_news("a.yaml#/s/A/type"));
        assert!(is_news("a.yaml#/s/A/items") && is_news("a.yaml#/s/B") && is_news("b.yaml#/s/A"));
    }

    #[test]
    fn a_warning_is_no_fault() {
        let faults = Faults::of(&[at(Code::UnknownExtension, "a.yaml#/x")]);
        assert!(faults.is_news(&at(Code::Unsupported, "a.yaml#/x")));
        assert!(faults.is_news_of_the_whole(&at(Code::UnknownReference, "a.yaml#/y")));
    }

    #[test]
    fn who_refers_to_what_cannot_be_used_is_no_news() {
        let faults = Faults::of(&[at(Code::Unsupported, "a.yaml#/s/A")]);
        assert!(!faults.is_news_of_the_whole(&at(Code::UnknownReference, "a.yaml#/y")));
        assert!(faults.is_news_of_the_whole(&at(Code::NameCollision, "a.yaml#/y")));
    }
}
