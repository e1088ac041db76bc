//! What the root of the crate has of the runtime because the description says so.

use super::{Found, Impact, Meaning, Subject, What};
use crate::api::Api;
use std::collections::BTreeMap;

pub(super) fn compare(found: &mut Found, old: &Api, new: &Api) {
    let (before, after) = (by_name(old), by_name(new));
    for name in after.keys().filter(|name| !before.contains_key(*name)) {
        let more = Meaning::of(Impact::Additive, Impact::Invisible);
        found.added(name, Subject::Export, more);
    }
    for (name, old) in &before {
        match after.get(name) {
            Some(new) => {
                let paths = ("path", (*old).to_owned(), (*new).to_owned());
                let another = broken("it may be another item of the runtime");
                found.aspect(name, Subject::Export, paths, another);
            }
            None => {
                let gone = broken("the root of the crate no longer has it");
                found.add(name, Subject::Export, What::Removed, gone);
            }
        }
    }
}

fn broken(reason: &'static str) -> Meaning {
    Meaning::of(Impact::Breaking, Impact::Invisible).because(reason)
}

/// The paths by their last word, under which users find them.
fn by_name(api: &Api) -> BTreeMap<&str, &str> {
    let exports = api.exports().into_iter();
    exports
        .map(|path| (path.rsplit("::").next().unwrap_or(path), path))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::compare;
    use crate::api::{Api, Service};

    fn exporting(documents: &[&[&str]]) -> Api {
        let services = documents.iter().zip(0..).map(|(exports, number)| Service {
            name: format!("s{number}"),
            exports: exports.iter().map(|path| (*path).to_owned()).collect(),
            ..Service::default()
        });
        Api {
            services: services.collect(),
        }
    }

    fn told(old: &[&[&str]], new: &[&[&str]]) -> Vec<String> {
        let changes = compare(&exporting(old), &exporting(new)).changes;
        let line = |change: super::super::Change| {
            let (what, rust, wire) = (change.what, change.rust, change.wire);
            format!("{} {what:?} {rust:?} {wire:?}", change.place)
        };
        changes.into_iter().map(line).collect()
    }

    #[test]
    fn one_more_breaks_nothing_and_one_less_breaks_code() {
        assert_eq!(
            told(&[&["a::B"]], &[&["a::B", "C"]]),
            ["C Added Additive Invisible"]
        );
        assert_eq!(
            told(&[&["a::B", "C"]], &[&["C"]]),
            ["B Removed Breaking Invisible"]
        );
    }

    #[test]
    fn what_is_elsewhere_in_the_runtime_may_be_another_thing() {
        assert_eq!(
            told(&[&["a::B"]], &[&["b::B"]]),
            [r#"B Changed { aspect: "path", from: "a::B", to: "b::B" } Breaking Invisible"#]
        );
    }

    #[test]
    fn which_document_says_so_is_not_seen() {
        assert_eq!(told(&[&["a::B"], &[]], &[&[], &["a::B"]]), [""; 0]);
    }
}
