//! What is ours in a document: descriptions, and facts that upstream does not state.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::walk::{Kind, visit};
use crate::source::{At, Pointer};

/// Keys that are ours, wherever they stand.
const OURS: &[&str] = &[
    "description",
    "summary",
    "x-required-permission",
    "x-idempotent",
    "x-long-running",
    "x-settled-by",
];

/// Removes the descriptions of upstream.
pub(super) fn strip(node: &mut Value) {
    match node {
        Value::Object(members) => {
            // A member that is called `description` is an object and stays.
            members.retain(|key, value| {
                let ours = key.starts_with("x-") || value.is_string();
                !(OURS.contains(&key.as_str()) && ours)
            });
            for (key, value) in members.iter_mut() {
                match (key.as_str(), value.as_object_mut()) {
                    ("scopes", Some(scopes)) => scopes.values_mut().for_each(clear),
                    _ => strip(value),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}

/// What a scope allows is told by a text in the place of a value.
fn clear(text: &mut Value) {
    if text.is_string() {
        *text = Value::from("");
    }
}

/// A document without anything of ours: its structure.
pub(super) fn structure(node: &Value) -> Value {
    let mut node = node.clone();
    strip(&mut node);
    node
}

/// Takes over what is ours in `old`; returns the described nodes that are no more.
pub(super) fn carry(new: &mut Value, old: &Value, file: &str) -> Vec<(At, String)> {
    for key in ["title", "description"] {
        if let Some(text) = old.pointer(&format!("/info/{key}"))
            && let Some(info) = new.get_mut("info").and_then(Value::as_object_mut)
        {
            info.insert(key.to_owned(), text.clone());
        }
    }
    carry_node(new, old);
    let kept = described(new);
    let described = described(old).into_iter();
    let gone = described.filter(|(thing, _)| !kept.contains_key(thing));
    gone.map(|(_, (pointer, text))| {
        let at = At {
            file: file.to_owned(),
            pointer,
        };
        (at, text)
    })
    .collect()
}

fn carry_node(new: &mut Value, old: &Value) {
    match (new, old) {
        (Value::Object(new), Value::Object(old)) => carry_members(new, old),
        (Value::Array(new), Value::Array(old)) => {
            for (index, item) in new.iter_mut().enumerate() {
                if let Some(old) = counterpart(item, index, old) {
                    carry_node(item, old);
                }
            }
        }
        _ => {}
    }
}

fn carry_members(new: &mut Map<String, Value>, old: &Map<String, Value>) {
    for (key, value) in new.iter_mut() {
        if let Some(old) = old.get(key) {
            carry_node(value, old);
        }
    }
    for key in OURS {
        let is_ours = |ours: &&Value| key.starts_with("x-") || !ours.is_object();
        if let Some(ours) = old.get(*key).filter(is_ours)
            && !new.contains_key("$ref")
        {
            new.insert((*key).to_owned(), ours.clone());
        }
    }
    if let (Some(Value::Object(scopes)), Some(ours)) = (new.get_mut("scopes"), old.get("scopes")) {
        for (name, text) in scopes.iter_mut().filter(|(_, text)| text.is_string()) {
            if let Some(ours) = ours.get(name) {
                *text = ours.clone();
            }
        }
    }
    // The default of a server variable is an example, and ours.
    for (key, value) in new.iter_mut().filter(|(key, _)| *key == "variables") {
        for (name, variable) in value.as_object_mut().into_iter().flatten() {
            let ours = old.get(key).and_then(|v| v.get(name)?.get("default"));
            if let (Some(variable), Some(ours)) = (variable.as_object_mut(), ours) {
                variable.insert("default".to_owned(), ours.clone());
            }
        }
    }
}

/// The item of the old list that is the same thing: a parameter by its name, a value by its text.
fn counterpart<'a>(item: &Value, index: usize, old: &'a [Value]) -> Option<&'a Value> {
    let same =
        |key: &str, other: &Value| item.get(key).is_some() && item.get(key) == other.get(key);
    old.iter()
        .find(|other| same("$ref", other))
        .or_else(|| old.iter().find(|o| same("name", o) && same("in", o)))
        .or_else(|| old.iter().find(|other| same("value", other)))
        .or_else(|| old.get(index).filter(|_| identity(item).is_none()))
}

/// What tells an item of a list from the others, wherever it stands in the list.
fn identity(item: &Value) -> Option<String> {
    let text = |key: &str| item.get(key).and_then(Value::as_str);
    match (text("$ref"), text("value"), text("name"), text("in")) {
        (Some(reference), ..) => Some(reference.to_owned()),
        (_, Some(value), ..) => Some(value.to_owned()),
        (_, _, Some(name), place) => Some(format!("{} {name}", place.unwrap_or_default())),
        _ => None,
    }
}

/// The way to a node with items by their identity.
fn things(root: &Value, path: &[String]) -> Vec<String> {
    let mut node = root;
    let mut things = Vec::new();
    for key in path {
        let child = match node {
            Value::Array(items) => key.parse().ok().and_then(|index: usize| items.get(index)),
            node => node.get(key),
        };
        let item = child.filter(|_| node.is_array()).and_then(identity);
        things.push(item.unwrap_or_else(|| key.clone()));
        node = child.unwrap_or(&Value::Null);
    }
    things
}

/// The nodes that have a description, by what they are, and what it says.
fn described(root: &Value) -> BTreeMap<Vec<String>, (Pointer, String)> {
    let mut described = BTreeMap::new();
    visit(root, &mut |_, path, members| {
        let text = members.get("description").and_then(Value::as_str);
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            described.insert(things(root, path), (pointer(path), text.to_owned()));
        }
    });
    described
}

/// Gives responses the description that OpenAPI demands, if only an empty one.
pub(super) fn fill(node: &mut Value) {
    match node {
        Value::Object(members) => {
            {
                if let Some(responses) = members.get_mut("responses").and_then(Value::as_object_mut)
                {
                    responses.values_mut().for_each(fill_response);
                }
            }
            members.values_mut().for_each(fill);
        }
        Value::Array(items) => items.iter_mut().for_each(fill),
        _ => {}
    }
}

fn fill_response(response: &mut Value) {
    if let Some(response) = response.as_object_mut()
        && (response.contains_key("content") || !response.contains_key("$ref"))
    {
        let absent = !response.get("description").is_some_and(Value::is_string);
        if absent {
            response.insert("description".to_owned(), Value::from(""));
        }
    }
}

/// The nodes that should have a description, and have none.
pub(super) fn missing(root: &Value, file: &str) -> Vec<At> {
    let mut missing = Vec::new();
    visit(root, &mut |kind, path, members| {
        let keys: &[&str] = match kind {
            Kind::Operation => &["summary", "description"],
            Kind::Info
            | Kind::ServerVariable
            | Kind::Parameter
            | Kind::RequestBody
            | Kind::Response
            | Kind::Header
            | Kind::Definition
            | Kind::Property
            | Kind::EnumerationValue => &["description"],
            _ => return,
        };
        let has = keys
            .iter()
            .filter_map(|key| members.get(*key)?.as_str())
            .any(|text| !text.trim().is_empty());
        if !has && !members.contains_key("$ref") {
            missing.push(At {
                file: file.to_owned(),
                pointer: pointer(path),
            });
        }
    });
    missing
}

fn pointer(path: &[String]) -> Pointer {
    path.iter()
        .fold(Pointer::default(), |pointer, key| pointer.child(key))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{carry, missing};

    #[test]
    fn prose_follows_the_thing_it_describes() {
        let old = json!({"components": {"parameters": {"A": {"name": "a", "in": "query", "description": "An a."}},
            "schemas": {"S": {"description": "An S.", "properties": {
                "description": {"type": "string", "description": "Text of it."},
                "gone": {"type": "string", "description": "Gone."}
            }, "x-ms-enum": {"values": [{"value": "x", "description": "An x."}]}}}}});
        let mut new = json!({"components": {"parameters": {"A": {"name": "a", "in": "query"}},
            "schemas": {"S": {"properties": {"description": {"type": "string"}, "new": {"type": "string"}},
                "x-ms-enum": {"values": [{"value": "w"}, {"value": "x"}]}}}}});
        let removed = carry(&mut new, &old, "a.yaml");
        assert_eq!(removed[0].1, "Gone.");
        let removed = removed.into_iter().map(|(at, _)| at).collect();
        let pointers = |places: Vec<crate::source::At>| {
            let pointers = places.into_iter().map(|at| at.pointer.to_string());
            pointers.collect::<Vec<_>>()
        };
        let schema = new.pointer("/components/schemas/S").unwrap();
        assert_eq!(schema["description"], "An S.");
        assert_eq!(
            schema["properties"]["description"]["description"],
            "Text of it."
        );
        assert_eq!(schema["x-ms-enum"]["values"][1]["description"], "An x.");
        assert_eq!(new["components"]["parameters"]["A"]["description"], "An a.");
        assert_eq!(pointers(removed), ["/components/schemas/S/properties/gone"]);
        assert_eq!(
            pointers(missing(&new, "a.yaml")),
            [
                "/components/schemas/S/properties/new",
                "/components/schemas/S/x-ms-enum/values/0"
            ]
        );
    }

    #[test]
    fn an_operation_is_described_by_its_summary_or_its_description() {
        let paths = json!({"/a": {
            "get": {"operationId": "A", "summary": "Reads."},
            "put": {"operationId": "B", "description": "Writes."},
            "post": {"operationId": "C", "summary": " "}
        }});
        let missing = missing(&json!({"paths": paths}), "a.yaml");
        let pointers = missing.iter().map(|at| at.pointer.to_string());
        assert_eq!(pointers.collect::<Vec<_>>(), ["/paths/~1a/post"]);
    }
}
