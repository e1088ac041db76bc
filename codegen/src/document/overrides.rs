//! Corrections to the documents: each must match exactly once, or the run fails.

mod outcome;

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde_json::{Map, Value};

pub(super) use self::outcome::Outcome;
use super::budget::{self, Budget, Spent};
use super::{OVERRIDES, nearest_node};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::source::{At, Spot, limits};

/// One correction at one place.
struct Override<'a> {
    /// Where the override stands in the overrides file.
    entry: At,
    /// Where its place is written there.
    written: At,
    /// What it corrects.
    at: At,
    /// What must be there now; `None` when nothing may be.
    expect: Option<&'a Value>,
    /// What is to be there; `None` to remove it.
    set: Option<&'a Value>,
}

/// Applies all overrides and returns what came of it.
pub(super) fn apply(
    corrections: &Value,
    documents: &mut IndexMap<String, Value>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Outcome {
    let mut outcome = Outcome::default();
    let mut budget = Budget::default();
    for correction in read(corrections, &mut outcome, diagnostics) {
        // What is written once may be set in many places.
        match correction
            .set
            .map_or(Spent::Within, |set| budget.spend(set))
        {
            Spent::Within => {}
            Spent::JustNow => diagnostics.push(budget::too_much(&correction.written)),
            Spent::Before => break,
        }
        match correct(&correction, documents) {
            Ok(list) => outcome.applied_to(&correction, list == Around::List),
            Err(stale) => {
                let diagnostic = stale.diagnostic(&correction, &outcome);
                diagnostics.push(diagnostic);
                outcome.failed_at(correction.at);
            }
        }
    }
    outcome
}

/// Why an override does not apply.
#[derive(Default)]
struct Stale {
    message: String,
    /// Which part of the override is wrong, if it is not its place.
    key: Option<&'static str>,
    /// What stands at the place.
    found: Option<String>,
    help: Option<String>,
}

impl Stale {
    fn diagnostic(self, correction: &Override<'_>, outcome: &Outcome) -> Diagnostic {
        let at = self.key.map(|key| correction.entry.child(key));
        let at = at.unwrap_or_else(|| correction.written.clone());
        let help = self.help.unwrap_or_else(|| {
            "look at the place again: correct `at` or `expect`, or delete the override".to_owned()
        });
        let message = format!("the override does not match: {}", self.message);
        let mut diagnostic = Diagnostic::new(Code::StaleOverride, at, message).value();
        if let Some(found) = self.found {
            let place = outcome.before(&correction.at, &Spot::Value);
            let place = place.unwrap_or_else(|written| written);
            diagnostic = diagnostic.see_value(place, found);
        }
        diagnostic.help(help)
    }
}

fn read<'a>(
    corrections: &'a Value,
    outcome: &mut Outcome,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Override<'a>> {
    let root = At::file(OVERRIDES);
    let Some(items) = corrections.as_array() else {
        if !corrections.is_null() {
            let help = "begin each override with a hyphen: `- at: …`";
            diagnostics.push(invalid(root, "overrides are a list").help(help));
        }
        return Vec::new();
    };
    let mut overrides = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let written = root.item(index);
        match read_item(&written, item) {
            Ok(places) => overrides.extend(places),
            Err(diagnostic) => {
                diagnostics.push(*diagnostic);
                let places = read_places(&written, item.get("at")).unwrap_or_default();
                places.into_iter().for_each(|(_, at)| outcome.failed_at(at));
            }
        }
    }
    overrides
}

fn read_item<'a>(written: &At, item: &'a Value) -> Result<Vec<Override<'a>>, Box<Diagnostic>> {
    let Some(members) = item.as_object() else {
        let help = "write `at: FILE#/POINTER` and `why: …`, with `expect`, `set` or both";
        return Err(invalid(written.clone(), "an override is a mapping")
            .help(help)
            .into());
    };
    check_keys(written, members)?;
    let places = read_places(written, members.get("at"))?;
    let (expect, set) = (members.get("expect"), members.get("set"));
    if expect == set {
        let diagnostic = match set {
            None => invalid(
                written.clone(),
                "the override has neither `expect` nor `set`",
            )
            .help("add `set` with the value that belongs there, or `expect` with one to remove"),
            Some(_) => {
                let message = "the override changes nothing: `expect` and `set` are the same";
                let set = invalid(written.child("set"), message).value();
                set.see_value(written.child("expect"), "the same")
                    .help("write another value in `set`, or delete the override")
            }
        };
        return Err(diagnostic.into());
    }
    let places = places.into_iter().map(|(place, at)| Override {
        entry: written.clone(),
        written: place,
        at,
        expect,
        set,
    });
    Ok(places.collect())
}

fn check_keys(written: &At, members: &Map<String, Value>) -> Result<(), Box<Diagnostic>> {
    let known = ["at", "expect", "set", "why"];
    if let Some(key) = members.keys().find(|key| !known.contains(&key.as_str())) {
        let message = format!("`{key}` is not a key of an override");
        let help = did_you_mean(key, known.into_iter().filter(|k| !members.contains_key(*k)));
        let help = help.unwrap_or_else(|| "remove it; `why` has room for remarks".to_owned());
        return Err(invalid(written.child(key), message).help(help).into());
    }
    let help = "say in `why` what is wrong with the description, and how you know";
    match members.get("why") {
        None => Err(
            invalid(written.clone(), "an override needs `why`, which is missing")
                .help(help)
                .into(),
        ),
        Some(Value::String(why)) if !why.trim().is_empty() => Ok(()),
        Some(_) => {
            let message = "`why` must be a text that says why";
            Err(invalid(written.child("why"), message)
                .value()
                .help(help)
                .into())
        }
    }
}

const ADDRESS: &str = "write it as FILE#/POINTER, such as `keys.yaml#/info/title`";

fn read_places(written: &At, at: Option<&Value>) -> Result<Vec<(At, At)>, Box<Diagnostic>> {
    let key = written.child("at");
    match at {
        Some(Value::String(_)) => Ok(vec![(key.clone(), read_place(&key, at)?)]),
        Some(Value::Array(places)) if !places.is_empty() => places
            .iter()
            .enumerate()
            .map(|(index, place)| {
                let written = key.item(index);
                let at = read_place(&written, Some(place))?;
                Ok((written, at))
            })
            .collect(),
        Some(_) => {
            let message = "`at` must be an address, or a list of them";
            Err(invalid(key, message).value().help(ADDRESS).into())
        }
        None => {
            let message = "an override needs `at`, which is missing";
            let help = "add `at: FILE#/POINTER`, the place to correct";
            Err(invalid(written.clone(), message).help(help).into())
        }
    }
}

fn read_place(written: &At, place: Option<&Value>) -> Result<At, Box<Diagnostic>> {
    let place = place.and_then(Value::as_str).and_then(At::parse);
    let place = place.filter(|at| !at.pointer.is_root() && !at.file.is_empty());
    place.ok_or_else(|| {
        let message = "this is not the address of a place in the description";
        let diagnostic = invalid(written.clone(), message).value();
        diagnostic.help(ADDRESS).into()
    })
}

fn invalid(at: At, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::InvalidOverride, at, message)
}

/// What a corrected place is part of.
#[derive(PartialEq)]
enum Around {
    Mapping,
    List,
}

fn correct(
    correction: &Override<'_>,
    documents: &mut IndexMap<String, Value>,
) -> Result<Around, Stale> {
    let at = &correction.at;
    let set = correction.set.map_or(0, depth);
    if at.pointer.keys().count() + set > limits::DEPTH {
        return Err(Stale {
            message: format!("it would nest deeper than {} levels", limits::DEPTH),
            ..Stale::default()
        });
    }
    if !documents.contains_key(&at.file) {
        return Err(no_document(&at.file, documents));
    }
    let document = &mut documents[&at.file];
    let parent = at.pointer.parent().unwrap_or_default();
    if parent.find(document).is_none() {
        return Err(no_node(at, document));
    }
    match document.pointer_mut(parent.as_str()) {
        Some(Value::Object(members)) => {
            correct_member(correction, members).map(|()| Around::Mapping)
        }
        Some(Value::Array(items)) => correct_item(correction, items).map(|()| Around::List),
        _ => Err(Stale {
            message: format!("there is nothing inside {}#{parent}", at.file),
            ..Stale::default()
        }),
    }
}

/// How deep a value nests.
fn depth(value: &Value) -> usize {
    match value {
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or(0),
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

fn no_document(file: &str, documents: &IndexMap<String, Value>) -> Stale {
    Stale {
        message: format!("there is no document `{file}`"),
        help: did_you_mean(file, documents.keys().map(String::as_str)),
        ..Stale::default()
    }
}

fn no_node(at: &At, document: &Value) -> Stale {
    let meant = nearest_node(document, &at.pointer);
    Stale {
        message: "the place does not exist".to_owned(),
        found: Some("this is as far as the way goes".to_owned()),
        help: meant.map(|meant| format!("did you mean `{}#{meant}`?", at.file)),
        ..Stale::default()
    }
}

fn correct_member(
    correction: &Override<'_>,
    members: &mut Map<String, Value>,
) -> Result<(), Stale> {
    let key = correction.at.pointer.last();
    let found = members.get(&key);
    let same_names = || names(correction.expect).is_some_and(|n| Some(n) == names(found));
    if key != "required" || !same_names() {
        expect(correction.expect, found).map_err(|stale| {
            let near = did_you_mean(&key, members.keys().map(String::as_str));
            match near {
                Some(near) if found.is_none() => Stale {
                    key: None,
                    help: Some(near),
                    ..stale
                },
                _ => stale,
            }
        })?;
    }
    match correction.set {
        Some(value) => members.insert(key, value.clone()),
        None => members.shift_remove(&key),
    };
    Ok(())
}

/// The required members, whose order means nothing; none for what is no list of names.
fn names(list: Option<&Value>) -> Option<BTreeSet<&str>> {
    let names = list?.as_array()?.iter().map(Value::as_str);
    names.collect()
}

fn correct_item(correction: &Override<'_>, items: &mut Vec<Value>) -> Result<(), Stale> {
    let index = correction.at.pointer.last().parse().unwrap_or(usize::MAX);
    expect(correction.expect, items.get(index))?;
    match correction.set {
        Some(value) if index < items.len() => items[index] = value.clone(),
        None if index < items.len() => drop(items.remove(index)),
        _ => {
            return Err(Stale {
                message: format!("the list has {} items, counted from 0", items.len()),
                found: Some("the list".to_owned()),
                ..Stale::default()
            });
        }
    }
    Ok(())
}

fn expect(expected: Option<&Value>, found: Option<&Value>) -> Result<(), Stale> {
    if expected == found {
        return Ok(());
    }
    let message = match (expected, found) {
        (Some(expected), None) => format!("{} is expected, but nothing is there", brief(expected)),
        (None, Some(found)) => format!("nothing is expected, but {} is there", brief(found)),
        (expected, found) => {
            let text = |value: Option<&Value>| value.map(brief).unwrap_or_default();
            format!(
                "{} is expected, but {} is there",
                text(expected),
                text(found)
            )
        }
    };
    let label = match found {
        Some(_) => "this is there",
        None => "this is around the place",
    };
    Err(Stale {
        message,
        key: expected.map(|_| "expect"),
        found: Some(label.to_owned()),
        help: None,
    })
}

fn brief(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use indexmap::IndexMap;
    use serde_json::{Value, json};

    use super::apply;

    fn run(corrections: Value, document: Value) -> (Value, Vec<String>) {
        let mut documents = IndexMap::from([("a.yaml".to_owned(), document)]);
        let mut diagnostics = Vec::new();
        apply(&corrections, &mut documents, &mut diagnostics);
        let messages = diagnostics.into_iter().map(|d| d.message).collect();
        (documents["a.yaml"].take(), messages)
    }

    #[test]
    fn a_value_is_set_replaced_and_removed() {
        let corrections = json!([
            {"at": "a.yaml#/new", "set": 1, "why": "w"},
            {"at": "a.yaml#/old", "expect": 1, "set": 2, "why": "w"},
            {"at": ["a.yaml#/gone", "a.yaml#/list/0"], "expect": true, "why": "w"},
        ]);
        let document = json!({"old": 1, "gone": true, "list": [true, 5]});
        let (document, messages) = run(corrections, document);
        assert_eq!(document, json!({"old": 2, "list": [5], "new": 1}));
        assert!(messages.is_empty(), "{messages:?}");
    }

    #[test]
    fn an_override_that_does_not_match_is_reported() {
        for correction in [
            json!({"at": "a.yaml#/x", "expect": 1, "set": 2, "why": "w"}),
            json!({"at": "a.yaml#/y", "set": 2, "why": "w"}),
            json!({"at": "a.yaml#/none/x", "set": 2, "why": "w"}),
            json!({"at": "b.yaml#/x", "set": 2, "why": "w"}),
            json!({"at": "a.yaml#/list/9", "set": 2, "why": "w"}),
        ] {
            let document = json!({"y": 1, "list": []});
            let (after, messages) = run(json!([correction]), document.clone());
            assert_eq!(after, document);
            assert_eq!(messages.len(), 1, "{correction}");
        }
    }

    #[test]
    fn overrides_cannot_nest_deeper_than_texts() {
        let deep = |levels| (0..levels).fold(json!(1), |inner, _| json!([inner]));
        let first = json!({"at": "a.yaml#/x", "set": deep(100), "why": "w"});
        let pointer = format!("a.yaml#/x{}", "/0".repeat(99));
        let second = json!({"at": pointer, "expect": [1], "set": deep(100), "why": "w"});
        let (_, messages) = run(json!([first, second]), json!({}));
        assert_eq!(messages.len(), 1, "{messages:?}");
        let expected = "it would nest deeper than 120 levels";
        assert!(messages[0].ends_with(expected), "{messages:?}");
    }

    #[test]
    fn the_order_of_required_members_does_not_matter() {
        let run = |expect: Value, found: Value| {
            let at = "a.yaml#/required";
            let correction = json!({"at": at, "expect": expect, "set": ["x"], "why": "w"});
            run(json!([correction]), json!({"required": found})).1.len()
        };
        assert_eq!(run(json!(["a", "b"]), json!(["b", "a"])), 0);
        assert_eq!(run(json!(["a", "b"]), json!(["a", "b", "c"])), 1);
        assert_eq!(run(json!(["a", "b"]), json!(["a"])), 1);
        let values = json!([{"at": "a.yaml#/enum", "expect": ["a", "b"], "why": "w"}]);
        assert_eq!(self::run(values, json!({"enum": ["b", "a"]})).1.len(), 1);
        // A parameter is required or not, and an item may be no name.
        assert_eq!(run(json!(true), json!(false)), 1);
        assert_eq!(run(json!([1, 2]), json!([2, 1])), 1);
    }

    #[test]
    fn an_override_without_a_reason_or_effect_is_refused() {
        for correction in [
            json!({"at": "a.yaml#/x", "set": 2}),
            json!({"at": "a.yaml#/x", "why": "w"}),
            json!({"at": "x", "set": 2, "why": "w"}),
            json!({"at": "a.yaml#/x", "set": 2, "why": "w", "because": 1}),
            json!("x"),
        ] {
            let (_, messages) = run(json!([correction]), json!({}));
            assert_eq!(messages.len(), 1, "{correction}");
        }
    }
}
