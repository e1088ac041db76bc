//! What to do about what breaks the grammar.

use serde_json::Value;

use crate::diagnostic::nearest;

/// How to make the expected kind of value out of what is there.
pub(super) fn of_kind(expected: &str, found: &Value) -> String {
    match (expected, found) {
        ("a text", Value::Number(_) | Value::Bool(_)) => {
            format!("put it in quotation marks: `'{found}'`")
        }
        ("true or false", _) => "write `true` or `false`, without quotation marks".to_owned(),
        ("a whole number", _) => {
            "write digits alone, without sign, point or quotation marks".to_owned()
        }
        ("an integer", _) => "write digits alone, without point or quotation marks".to_owned(),
        ("a number", _) => "write a number, without quotation marks".to_owned(),
        ("a list", Value::String(_) | Value::Number(_) | Value::Bool(_)) => {
            "put it in square brackets, with commas between items".to_owned()
        }
        (_, Value::Null) => "write what belongs here, or remove the key".to_owned(),
        ("a list", _) => "write a list: `[…]`, or lines that begin with a hyphen".to_owned(),
        ("a mapping", _) => "write a mapping: `{…}`, or lines of the form `key: value`".to_owned(),
        _ => format!("write {expected} here"),
    }
}

/// What to write instead of a word that is none of those for its place.
pub(super) fn of_word(word: &str, words: &[&str]) -> String {
    let all = words.join(", ");
    match nearest(word, words.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`? it can be {all}"),
        None if word == "body" => {
            "describe it as the `requestBody` of the operation, not as a parameter".to_owned()
        }
        None => format!("write one of these: {all}"),
    }
}

/// How to add a key that is missing.
pub(super) fn of_missing(key: &str) -> String {
    let example = match key {
        "info" => "{title: Things, version: '1'}",
        "paths" => "{}",
        "responses" => "{'204': {description: Done.}}",
        "schema" => "{type: string}",
        "content" => "{application/json: {schema: {}}}",
        "description" => "What it is.",
        "operationId" => "GetThing",
        "version" => "'1'",
        "in" => "query",
        "poll" => "location",
        "nextLinkName" => "nextLink",
        _ => return format!("add `{key}`"),
    };
    format!("add `{key}`, such as `{key}: {example}`")
}

/// How to do without a key of the specification.
pub(super) fn of_unsupported(key: &str) -> &'static str {
    match key {
        "oneOf" | "anyOf" | "not" => {
            "describe the one form that the service uses; `{}` stands for any JSON value"
        }
        "discriminator" | "x-ms-discriminator-value" => {
            "remove it; let one schema have the members of all, each that is not always there optional"
        }
        "writeOnly" => "write `x-ms-mutability: [create, update]` instead",
        "multipleOf" | "exclusiveMinimum" | "exclusiveMaximum" | "minProperties"
        | "maxProperties" => "remove it, and state the limit in the `description`",
        "content" => "write `schema` instead, with the type of the text",
        "items" | "collectionFormat" => "describe a text, with commas between the values",
        "$ref" => "write the operations of the path here",
        "options" | "trace" => "remove the operation",
        "servers" | "security" => "remove it, and write it at the top of the document",
        "summary" | "description" => "remove it, or move it into the operations",
        _ => "remove it; an override can, if the description is not yours",
    }
}
