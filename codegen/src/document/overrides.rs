//! Corrections to the documents: each must match exactly once, or the run fails.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::OVERRIDES;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::At;

/// One correction at one place.
struct Override<'a> {
    /// Where it stands in the overrides file.
    written: At,
    /// What it corrects.
    at: At,
    /// What must be there now; `None` when nothing may be.
    expect: Option<&'a Value>,
    /// What is to be there; `None` to remove it.
    set: Option<&'a Value>,
}

/// A place that was corrected, and where in the overrides that is written.
#[derive(Debug)]
pub(super) struct Applied {
    pub(super) at: At,
    pub(super) written: At,
}

/// Applies all overrides and returns what was corrected.
pub(super) fn apply(
    corrections: &Value,
    documents: &mut IndexMap<String, Value>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Applied> {
    let mut applied = Vec::new();
    for correction in read(corrections, diagnostics) {
        match correct(&correction, documents) {
            Ok(()) => applied.push(Applied {
                at: correction.at,
                written: correction.written,
            }),
            Err(message) => diagnostics.push(stale(&correction, message)),
        }
    }
    applied
}

fn stale(correction: &Override<'_>, message: String) -> Diagnostic {
    Diagnostic::new(
        Code::StaleOverride,
        correction.written.clone(),
        format!(
            "the override of {} does not apply: {message}",
            correction.at
        ),
    )
    .help("look at the place again: correct `at` or `expect`, or delete the override")
}

fn read<'a>(corrections: &'a Value, diagnostics: &mut Vec<Diagnostic>) -> Vec<Override<'a>> {
    let root = At::file(OVERRIDES);
    let Some(items) = corrections.as_array() else {
        if !corrections.is_null() {
            diagnostics.push(invalid(root, "overrides are a list"));
        }
        return Vec::new();
    };
    let mut overrides = Vec::new();
    for (index, item) in items.iter().enumerate() {
        match read_item(&root.item(index), item) {
            Ok(places) => overrides.extend(places),
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    overrides
}

fn read_item<'a>(written: &At, item: &'a Value) -> Result<Vec<Override<'a>>, Diagnostic> {
    let Some(members) = item.as_object() else {
        return Err(invalid(written.clone(), "an override is a mapping"));
    };
    check_keys(written, members)?;
    let (expect, set) = (members.get("expect"), members.get("set"));
    if expect == set {
        let message = match set {
            None => "the override has neither `expect` nor `set`",
            Some(_) => "the override changes nothing: `expect` and `set` are the same",
        };
        return Err(invalid(written.clone(), message));
    }
    let places = read_places(written, members.get("at"))?;
    let places = places.into_iter().map(|(written, at)| Override {
        written,
        at,
        expect,
        set,
    });
    Ok(places.collect())
}

fn check_keys(written: &At, members: &Map<String, Value>) -> Result<(), Diagnostic> {
    let known = ["at", "expect", "set", "why"];
    if let Some(key) = members.keys().find(|key| !known.contains(&key.as_str())) {
        let message = format!("an override has no `{key}`");
        return Err(invalid(written.child(key), message));
    }
    let why = members.get("why").and_then(Value::as_str);
    if why.is_none_or(|why| why.trim().is_empty()) {
        let message = "the override does not say why";
        return Err(invalid(written.clone(), message));
    }
    Ok(())
}

fn read_places(written: &At, at: Option<&Value>) -> Result<Vec<(At, At)>, Diagnostic> {
    let written = written.child("at");
    match at {
        Some(Value::String(_)) => Ok(vec![(written.clone(), read_place(&written, at)?)]),
        Some(Value::Array(places)) if !places.is_empty() => places
            .iter()
            .enumerate()
            .map(|(index, place)| {
                let written = written.item(index);
                let at = read_place(&written, Some(place))?;
                Ok((written, at))
            })
            .collect(),
        Some(_) => Err(invalid(
            written,
            "`at` is neither an address nor a list of some",
        )),
        None => Err(invalid(written, "`at` is missing")),
    }
}

fn read_place(written: &At, place: Option<&Value>) -> Result<At, Diagnostic> {
    place
        .and_then(Value::as_str)
        .and_then(At::parse)
        .filter(|at| !at.pointer.is_root() && !at.file.is_empty())
        .ok_or_else(|| invalid(written.clone(), "`at` is not the address of a node"))
}

fn invalid(at: At, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::InvalidOverride, at, message).help(
        "an override has `at` (one FILE#/POINTER, or a list of them), `expect` (left out where \
         nothing may be), `set` (left out to remove) and `why`",
    )
}

fn correct(
    correction: &Override<'_>,
    documents: &mut IndexMap<String, Value>,
) -> Result<(), String> {
    let at = &correction.at;
    let document = documents
        .get_mut(&at.file)
        .ok_or_else(|| format!("there is no document {}", at.file))?;
    let parent = at
        .pointer
        .parent()
        .and_then(|parent| document.pointer_mut(parent.as_str()))
        .ok_or_else(|| "the node around it does not exist".to_owned())?;
    match parent {
        Value::Object(members) => correct_member(correction, members),
        Value::Array(items) => correct_item(correction, items),
        _ => Err("the node around it has no members".to_owned()),
    }
}

fn correct_member(
    correction: &Override<'_>,
    members: &mut Map<String, Value>,
) -> Result<(), String> {
    let key = correction.at.pointer.last();
    let found = members.get(&key);
    let same_names = || names(correction.expect).is_some_and(|n| Some(n) == names(found));
    if key != "required" || !same_names() {
        expect(correction.expect, found)?;
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

fn correct_item(correction: &Override<'_>, items: &mut Vec<Value>) -> Result<(), String> {
    let index = correction.at.pointer.last().parse().unwrap_or(usize::MAX);
    expect(correction.expect, items.get(index))?;
    match correction.set {
        Some(value) if index < items.len() => items[index] = value.clone(),
        None if index < items.len() => drop(items.remove(index)),
        _ => return Err("the list is shorter".to_owned()),
    }
    Ok(())
}

fn expect(expected: Option<&Value>, found: Option<&Value>) -> Result<(), String> {
    match (expected, found) {
        (expected, found) if expected == found => Ok(()),
        (Some(expected), None) => Err(format!(
            "{} was expected, nothing is there",
            brief(expected)
        )),
        (None, Some(found)) => Err(format!("nothing was expected, {} is there", brief(found))),
        (Some(expected), Some(found)) => Err(format!(
            "{} was expected, {} is there",
            brief(expected),
            brief(found)
        )),
        (None, None) => Ok(()),
    }
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
