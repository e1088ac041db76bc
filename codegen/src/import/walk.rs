//! One walk over an OpenAPI document for all that treats its objects by kind.

use serde_json::{Map, Value};

/// The kinds of objects that carry prose or have an order of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Root,
    Info,
    Server,
    ServerVariable,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    Response,
    Header,
    Components,
    SecurityScheme,
    /// A schema of components/schemas.
    Definition,
    /// A schema in the place of a member.
    Property,
    /// Any other schema.
    Schema,
    Enumeration,
    EnumerationValue,
    /// What has neither.
    Other,
}

/// The kind of the member `key` of an object of kind `kind`.
///
/// A map of things of one kind has the kind `Other` and is recognised by its key.
pub(super) fn kind_of(kind: Kind, key: &str) -> Children {
    use Children::{Each, One};
    match (kind, key) {
        (Kind::Root, "info") => One(Kind::Info),
        (Kind::Root, "servers") => Each(Kind::Server),
        (Kind::Root, "paths" | "x-ms-paths") => Each(Kind::PathItem),
        (Kind::Root, "components") => One(Kind::Components),
        (Kind::Server, "variables") => Each(Kind::ServerVariable),
        (Kind::PathItem | Kind::Operation, "parameters") => Each(Kind::Parameter),
        (Kind::PathItem, _) => One(Kind::Operation),
        (Kind::Operation, "requestBody") => One(Kind::RequestBody),
        (Kind::Operation, "responses") => Each(Kind::Response),
        (Kind::Components, "parameters") => Each(Kind::Parameter),
        (Kind::Components, "responses") => Each(Kind::Response),
        (Kind::Components, "requestBodies") => Each(Kind::RequestBody),
        (Kind::Components, "schemas") => Each(Kind::Definition),
        (Kind::Components, "securitySchemes") => Each(Kind::SecurityScheme),
        (Kind::Response, "headers") => Each(Kind::Header),
        (Kind::Parameter | Kind::Header, "schema") => One(Kind::Schema),
        (Kind::Definition | Kind::Property | Kind::Schema, _) => of_schema(key),
        (Kind::Enumeration, "values") => Each(Kind::EnumerationValue),
        _ => One(Kind::Other),
    }
}

fn of_schema(key: &str) -> Children {
    match key {
        "properties" => Children::Each(Kind::Property),
        "allOf" => Children::Each(Kind::Schema),
        "items" | "additionalProperties" => Children::One(Kind::Schema),
        "x-ms-enum" => Children::One(Kind::Enumeration),
        _ => Children::One(Kind::Other),
    }
}

/// What a member is: one thing, or a map or list of things.
#[derive(Clone, Copy)]
pub(super) enum Children {
    One(Kind),
    Each(Kind),
}

/// Visits every object, outermost first, with the keys that lead to it.
pub(super) fn visit(root: &Value, visitor: &mut impl FnMut(Kind, &[String], &Map<String, Value>)) {
    step(root, Kind::Root, &mut Vec::new(), visitor);
}

fn step(
    node: &Value,
    kind: Kind,
    path: &mut Vec<String>,
    visitor: &mut impl FnMut(Kind, &[String], &Map<String, Value>),
) {
    match node {
        Value::Object(members) => {
            visitor(kind, path, members);
            for (key, child) in members {
                path.push(key.clone());
                match kind_of(kind, key) {
                    Children::One(kind) => step(child, kind, path, visitor),
                    Children::Each(kind) => each(child, kind, path, visitor),
                }
                path.pop();
            }
        }
        Value::Array(_) => each(node, kind, path, visitor),
        _ => {}
    }
}

fn each(
    node: &Value,
    kind: Kind,
    path: &mut Vec<String>,
    visitor: &mut impl FnMut(Kind, &[String], &Map<String, Value>),
) {
    let children: Vec<(String, &Value)> = match node {
        Value::Object(members) => members.iter().map(|(k, v)| (k.clone(), v)).collect(),
        Value::Array(items) => (0..).map(|i: usize| i.to_string()).zip(items).collect(),
        _ => Vec::new(),
    };
    for (key, child) in children {
        path.push(key);
        step(child, kind, path, visitor);
        path.pop();
    }
}
