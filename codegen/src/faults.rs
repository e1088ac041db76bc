//! What is known to be wrong, so that its consequences are not reported as well.

use std::collections::HashSet;
use std::iter::once;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::OVERRIDES;
use crate::source::At;

/// The places at which something is wrong, and all places around them.
pub(crate) struct Faults {
    places: HashSet<At>,
    /// The operations with faults, and the paths whose operations share some.
    operations: HashSet<At>,
    /// Whether something else is wrong, on which any operation may depend.
    shared: bool,
}

impl Faults {
    /// The places of the errors among these.
    pub(crate) fn of(diagnostics: &[Diagnostic]) -> Self {
        let errors = diagnostics.iter().filter(|d| d.is_error());
        let errors: Vec<_> = errors.map(|error| &error.at).collect();
        let operations: Vec<_> = errors.iter().map(|at| operation(at)).collect();
        Self {
            places: errors.iter().flat_map(|at| at.around()).collect(),
            shared: operations.contains(&None),
            operations: operations.into_iter().flatten().collect(),
        }
    }

    /// Whether a problem of one node is none of the consequences: nothing inside the node is wrong.
    pub(crate) fn is_news(&self, diagnostic: &Diagnostic) -> bool {
        !self.places.contains(&diagnostic.at)
    }

    /// Whether a problem between several nodes is none of the consequences. What cannot be used is
    /// missing to those that refer to it.
    pub(crate) fn is_news_of_the_whole(&self, diagnostic: &Diagnostic) -> bool {
        let is_below = |key: &str| diagnostic.at.pointer.keys().any(|other| other == key);
        if is_below("x-settled-by") {
            return self.is_news_of_two_operations(diagnostic);
        }
        let needs_others = diagnostic.code == Code::UnknownReference || is_below("x-ms-pageable");
        self.places.is_empty() || !needs_others
    }

    /// The same for a problem between an operation and another one, of which each may lack something.
    fn is_news_of_two_operations(&self, diagnostic: &Diagnostic) -> bool {
        if diagnostic.code == Code::UnknownReference {
            // An override may have been to name the other one.
            return !self.places.contains(&At::file(OVERRIDES));
        }
        let between = once(&diagnostic.at).chain(diagnostic.related.iter().map(|r| &r.at));
        let mut around = between.flat_map(At::around);
        !self.shared && !around.any(|at| self.operations.contains(&at))
    }
}

/// The operation that a place is in, or the path if it is no operation's alone.
fn operation(at: &At) -> Option<At> {
    let keys: Vec<_> = at.pointer.keys().take(3).collect();
    let depth = match keys.iter().map(AsRef::as_ref).collect::<Vec<_>>()[..] {
        ["paths" | "x-ms-paths", _] | ["paths" | "x-ms-paths", _, "parameters"] => 2,
        ["paths" | "x-ms-paths", _, _] => 3,
        _ => return None,
    };
    let keys = keys.iter().take(depth);
    Some(keys.fold(At::file(&at.file), |at, key| at.child(key)))
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
    #[test]
    fn a_page_of_what_cannot_be_used_is_no_news_wherever_that_is_said() {
        let faults = Faults::of(&[at(Code::Unsupported, "a.yaml#/components/schemas/A")]);
        let is_news = |text| faults.is_news_of_the_whole(&at(Code::Inconsistent, text));
        assert!(!is_news("a.yaml#/paths/~1a/get/x-ms-pageable"));
        assert!(!is_news("a.yaml#/paths/~1a/get/x-ms-pageable/itemName"));
    }

    #[test]
    fn only_what_two_operations_need_hides_what_is_wrong_between_them() {
        let settled = at(Code::Inconsistent, "a.yaml#/paths/~1a/put/x-settled-by");
        let settled = settled.see(At::parse("a.yaml#/paths/~1a/get").unwrap(), "this one");
        let is_news = |fault| {
            let faults = Faults::of(&[at(Code::UnknownKey, fault)]);
            faults.is_news_of_the_whole(&settled)
        };
        assert!(is_news("a.yaml#/paths/~1b/get/summry"));
        assert!(is_news("a.yaml#/paths/~1b") && is_news("a.yaml#/paths/~1b/parameters/0/in"));
        assert!(!is_news("a.yaml#/paths/~1a/put/parameters/0/in"));
        assert!(!is_news("a.yaml#/paths/~1a/get/parameters/0/in"));
        assert!(!is_news("a.yaml#/paths/~1a/parameters/0/in"));
        assert!(!is_news("a.yaml#/components/parameters/A"));
    }

    #[test]
    fn an_operation_of_an_unknown_name_is_news_unless_an_override_could_have_named_it() {
        let settled = at(Code::UnknownReference, "a.yaml#/paths/~1a/put/x-settled-by");
        let is_news = |fault| Faults::of(&[fault]).is_news_of_the_whole(&settled);
        assert!(is_news(at(
            Code::UnknownKey,
            "a.yaml#/components/schemas/A"
        )));
        assert!(!is_news(at(Code::StaleOverride, "overrides.yaml#/0/at")));
    }
}
