//! Puts the keys of every object into one order, so that a document reads the same however it
//! came about.

use serde_json::{Map, Value};

use super::walk::{Children, Kind, kind_of};

/// The document with all keys in order.
pub(super) fn document(root: &Value) -> Value {
    one(root, Kind::Root)
}

fn one(node: &Value, kind: Kind) -> Value {
    match node {
        Value::Object(members) => Value::Object(object(members, kind)),
        Value::Array(items) => Value::Array(items.iter().map(|item| one(item, kind)).collect()),
        other => other.clone(),
    }
}

fn object(members: &Map<String, Value>, kind: Kind) -> Map<String, Value> {
    let (first, last) = order(kind);
    let position = |key: &str| {
        let in_first = first.iter().position(|k| *k == key);
        let in_last = last.iter().position(|k| *k == key);
        match (in_first, in_last) {
            (Some(index), _) => (0, index),
            (None, None) => (1, 0),
            (None, Some(index)) => (2, index),
        }
    };
    let mut keys: Vec<_> = members.keys().collect();
    keys.sort_by_key(|key| position(key));
    let child = |key: &String| match kind_of(kind, key) {
        Children::One(kind) => one(&members[key], kind),
        Children::Each(kind) => each(&members[key], kind),
    };
    keys.into_iter()
        .map(|key| (key.clone(), child(key)))
        .collect()
}

fn each(node: &Value, kind: Kind) -> Value {
    match node {
        Value::Object(members) => {
            let members = members.iter();
            Value::Object(
                members
                    .map(|(key, v)| (key.clone(), one(v, kind)))
                    .collect(),
            )
        }
        Value::Array(items) => Value::Array(items.iter().map(|item| one(item, kind)).collect()),
        other => other.clone(),
    }
}

/// The keys that come first and those that come last; what is between keeps its order.
fn order(kind: Kind) -> (&'static [&'static str], &'static [&'static str]) {
    match kind {
        Kind::Root => (
            &[
                "openapi",
                "info",
                "x-runtime-exports",
                "servers",
                "security",
                "paths",
                "x-ms-paths",
                "components",
            ],
            &[],
        ),
        Kind::Info => (&["title", "version", "description"], &[]),
        Kind::Server => (&["url", "description", "variables"], &[]),
        Kind::ServerVariable => (&["default", "description", "enum"], &[]),
        Kind::Operation => (
            &[
                "operationId",
                "summary",
                "description",
                "deprecated",
                "x-ms-client-name",
                "x-required-permission",
                "parameters",
                "x-ms-requestBody-name",
                "requestBody",
                "responses",
                "x-ms-pageable",
                "x-ms-long-running-operation",
                "x-ms-long-running-operation-options",
                "x-long-running",
                "x-settled-by",
                "x-idempotent",
            ],
            &[],
        ),
        Kind::Parameter => (
            &["name", "in", "description", "required", "x-ms-client-name"],
            &["schema"],
        ),
        Kind::RequestBody => (&["required", "description", "content"], &[]),
        Kind::Response => (&["description", "headers", "content"], &[]),
        Kind::Header => (&["description", "schema"], &[]),
        Kind::Components => (
            &[
                "parameters",
                "responses",
                "requestBodies",
                "schemas",
                "securitySchemes",
            ],
            &[],
        ),
        Kind::Definition => (
            &["type", "description", "allOf", "nullable", "required"],
            &["properties", "enum", "x-ms-enum"],
        ),
        Kind::Property | Kind::Schema => (
            &["type", "allOf", "format", "items", "additionalProperties"],
            &[
                "readOnly",
                "nullable",
                "x-ms-client-name",
                "x-ms-mutability",
                "description",
            ],
        ),
        Kind::EnumerationValue => (&["name", "value", "description"], &[]),
        Kind::SecurityScheme => (&["type", "description"], &[]),
        Kind::PathItem | Kind::Enumeration | Kind::Other => (&[], &[]),
    }
}
