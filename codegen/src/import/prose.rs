//! What is ours in a document: descriptions, and facts that upstream does not state.

use serde_json::{Map, Value};

use super::walk::{Kind, visit};
use crate::source::{At, Pointer};

/// Keys that are ours, wherever they stand.
pub(super) const OURS: &[&str] = &[
    "description",
    "summary",
    "x-required-permission",
    "x-idempotent",
    "x-long-running",
    "x-settled-by",
    "x-runtime-exports",
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

/// What is ours at a node itself; nothing if it says nothing.
pub(super) fn ours(node: &Value) -> Map<String, Value> {
    let ours = OURS.iter().filter_map(|key| {
        let value = node.get(*key)?;
        let is_ours = key.starts_with("x-") || value.as_str().is_some_and(|text| !text.is_empty());
        is_ours.then(|| ((*key).to_owned(), value.clone()))
    });
    ours.collect()
}

/// Gives responses the description that OpenAPI demands, if only an empty one.
pub(super) fn fill(root: &mut Value) {
    let mut lacking = Vec::new();
    visit(root, &mut |kind, path, members| {
        let is_described = members.get("description").is_some_and(Value::is_string);
        let is_reference = members.contains_key("$ref") && !members.contains_key("content");
        if kind == Kind::Response && !is_described && !is_reference {
            lacking.push(pointer(path));
        }
    });
    for pointer in lacking {
        let response = root.pointer_mut(pointer.as_str());
        if let Some(response) = response.and_then(Value::as_object_mut) {
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

/// The address that keys lead to.
pub(super) fn pointer(path: &[String]) -> Pointer {
    path.iter()
        .fold(Pointer::default(), |pointer, key| pointer.child(key))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{fill, missing};

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

    #[test]
    fn responses_alone_get_the_description_that_they_must_have() {
        let member = json!({"type": "array", "items": {"type": "string"}});
        let schemas = json!({"A": {"properties": {"responses": member}}});
        let given = json!({"200": {}, "204": {"$ref": "#/components/responses/Done"}});
        let mut document = json!({
            "paths": {"/a": {"get": {"responses": given}}},
            "components": {"schemas": schemas.clone(), "responses": {"Done": {}}},
        });
        fill(&mut document);
        assert_eq!(document["components"]["schemas"], schemas);
        let empty = json!({"description": ""});
        assert_eq!(document["components"]["responses"]["Done"], empty);
        let responses = &document["paths"]["/a"]["get"]["responses"];
        assert_eq!(responses["200"], empty);
        assert_eq!(responses["204"], given["204"]);
    }
}
