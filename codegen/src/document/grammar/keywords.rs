//! Which keywords of a schema go together: those of one type, or `allOf` alone.

use serde_json::{Map, Value};

use super::Checker;
use crate::diagnostic::Code;
use crate::source::At;

/// Keywords that go with any type.
const ALWAYS: &[&str] = &[
    "type",
    "title",
    "description",
    "default",
    "nullable",
    "readOnly",
    "deprecated",
    "example",
    "externalDocs",
];

/// Keywords that go with one type.
fn of_type(name: &str) -> &'static [&'static str] {
    match name {
        "string" => &["format", "enum", "pattern", "minLength", "maxLength"],
        "integer" | "number" => &["format", "enum", "minimum", "maximum"],
        "boolean" => &["enum"],
        "array" => &["items", "minItems", "maxItems", "uniqueItems"],
        "object" => &["properties", "required", "additionalProperties"],
        _ => &[],
    }
}

pub(super) fn check(checker: &mut Checker<'_>, at: &At, members: &Map<String, Value>) {
    let own: Vec<_> = members
        .keys()
        .map(String::as_str)
        .filter(|key| !ALWAYS.contains(key) && !key.starts_with("x-"))
        .collect();
    match members.get("type").and_then(Value::as_str) {
        _ if members.contains_key("allOf") => check_all_of(checker, at, members, &own),
        Some(ty) => check_type(checker, at, ty, &own),
        None => check_untyped(checker, at, &own),
    }
    check_whole(checker, at, members);
    check_order(checker, at, members);
    check_enum(checker, at, members);
}

fn check_all_of(checker: &mut Checker<'_>, at: &At, members: &Map<String, Value>, own: &[&str]) {
    let typed = members.contains_key("type").then_some("type");
    let others = own.iter().copied().filter(|key| *key != "allOf");
    for key in typed.into_iter().chain(others) {
        let message = format!("`{key}` does not go with `allOf`");
        let help = "move it into a part: `allOf: [{$ref: …}, {type: object, properties: …}]`";
        checker.report(Code::Unsupported, &at.child(key), message, help);
    }
}

fn check_type(checker: &mut Checker<'_>, at: &At, ty: &str, own: &[&str]) {
    let allowed = of_type(ty);
    for key in own.iter().filter(|key| !allowed.contains(key)) {
        let known = ["string", "integer", "array", "object"]
            .iter()
            .any(|ty| of_type(ty).contains(key));
        if known {
            let message = format!("`{key}` does not go with `type: {ty}`");
            let help = "remove it, or change the type";
            checker.report(Code::InvalidDocument, &at.child(key), message, help);
        }
    }
}

fn check_untyped(checker: &mut Checker<'_>, at: &At, own: &[&str]) {
    let types = ["object", "string", "integer", "array"];
    for key in own {
        if let Some(ty) = types.iter().find(|ty| of_type(ty).contains(key)) {
            let message = format!("there is `{key}`, but no `type`");
            let help = format!("add `type: {ty}`, or what else is meant");
            checker.report(Code::InvalidDocument, &at.child(key), message, help);
            return;
        }
    }
}

/// The limits of a whole number are whole themselves.
fn check_whole(checker: &mut Checker<'_>, at: &At, members: &Map<String, Value>) {
    if members.get("type").and_then(Value::as_str) != Some("integer") {
        return;
    }
    for key in ["minimum", "maximum"] {
        if let Some(limit) = members.get(key).filter(|limit| limit.is_number()) {
            checker.expect(&at.child(key), limit, limit.is_i64(), "a whole number");
        }
    }
}

/// No limit excludes the other.
fn check_order(checker: &mut Checker<'_>, at: &At, members: &Map<String, Value>) {
    for (least, most) in [
        ("minimum", "maximum"),
        ("minLength", "maxLength"),
        ("minItems", "maxItems"),
    ] {
        let number = |key: &str| members.get(key).and_then(Value::as_f64);
        if let (Some(low), Some(high)) = (number(least), number(most))
            && low > high
        {
            let message = format!("`{least}` is greater than `{most}`: no value fits");
            let help = "correct one of the two";
            checker.report(Code::Inconsistent, &at.child(least), message, help);
        }
    }
}

fn check_enum(checker: &mut Checker<'_>, at: &At, members: &Map<String, Value>) {
    let Some(values) = members.get("enum") else {
        if members.contains_key("x-ms-enum") {
            let help = "add `enum` with the values, or remove `x-ms-enum`";
            let message = "there is `x-ms-enum`, but no `enum`".to_owned();
            checker.report(Code::Inconsistent, &at.child("x-ms-enum"), message, help);
        }
        return;
    };
    let at = at.child("enum");
    let values = values.as_array().map(Vec::as_slice).unwrap_or_default();
    if values.is_empty() {
        let message = "the enumeration has no values".to_owned();
        let help = "list its values, or remove `enum`";
        checker.report(Code::Inconsistent, &at, message, help);
    }
    for (index, value) in values.iter().enumerate().filter(|(_, v)| !v.is_string()) {
        let message = "only texts can be enumerated".to_owned();
        let help = match value {
            Value::Null => "remove the null; a member that may be null says `nullable: true`",
            _ => "remove `enum`, and say in the description which values there are",
        };
        checker.report(Code::Unsupported, &at.item(index), message, help);
    }
}
