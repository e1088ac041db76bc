//! Which keywords of a schema go together: those of one type, or `allOf` alone.

use serde_json::{Map, Value};

use super::Checker;
use crate::diagnostic::{Code, Diagnostic};
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

/// Checks the keywords of a schema; returns those that may not be there at all.
pub(super) fn check<'a>(
    checker: &mut Checker<'_>,
    at: &At,
    members: &'a Map<String, Value>,
) -> Vec<&'a String> {
    let own: Vec<_> = members
        .keys()
        .filter(|key| !ALWAYS.contains(&key.as_str()) && !key.starts_with("x-"))
        .collect();
    let refused = match members.get("type").and_then(Value::as_str) {
        _ if members.contains_key("allOf") => check_all_of(checker, at, members, &own),
        Some(ty) => check_type(checker, at, ty, &own),
        None => {
            check_untyped(checker, at, members, &own);
            Vec::new()
        }
    };
    check_whole(checker, at, members);
    check_order(checker, at, members);
    check_enum(checker, at, members);
    refused
}

fn check_all_of<'a>(
    checker: &mut Checker<'_>,
    at: &At,
    members: &'a Map<String, Value>,
    own: &[&'a String],
) -> Vec<&'a String> {
    let typed = members.keys().filter(|key| *key == "type");
    let others = own
        .iter()
        .copied()
        .filter(|key| *key != "allOf" && is_known(key));
    let refused: Vec<_> = typed.chain(others).collect();
    for key in &refused {
        let message = format!("`{key}` cannot stand beside `allOf`");
        let help = match key.as_str() {
            "type" => "remove it; each part of `allOf` has a type of its own",
            _ => "move it into a part: `allOf: [{$ref: …}, {type: object, properties: …}]`",
        };
        checker.report(Code::Unsupported, &at.child(key), message, help);
    }
    refused
}

/// Whether it is a keyword of some type.
fn is_known(key: &str) -> bool {
    ["string", "integer", "array", "object"]
        .iter()
        .any(|ty| of_type(ty).contains(&key))
}

fn check_type<'a>(
    checker: &mut Checker<'_>,
    at: &At,
    ty: &str,
    own: &[&'a String],
) -> Vec<&'a String> {
    let allowed = of_type(ty);
    // Of a type that does not exist nothing more can be said.
    if allowed.is_empty() {
        return Vec::new();
    }
    let foreign = own.iter().copied();
    let refused: Vec<_> = foreign
        .filter(|key| !allowed.contains(&key.as_str()) && is_known(key))
        .collect();
    for key in &refused {
        let message = format!("`{key}` does not go with `type: {ty}`");
        let help = format!("remove `{key}`, or change `type`");
        let diagnostic = Diagnostic::new(Code::InvalidDocument, at.child(key), message);
        checker.push(
            diagnostic
                .see_value(at.child("type"), "the type")
                .help(help),
        );
    }
    refused
}

fn check_untyped(
    checker: &mut Checker<'_>,
    at: &At,
    members: &Map<String, Value>,
    own: &[&String],
) {
    // Who misspelt `type` hears of that, and who chose a word that is not supported of that.
    let misspelt = |key: &str| super::nearest(key, ["type"]).is_some();
    let foreign = |key: &str| super::SCHEMA.unsupported.contains(&key) || misspelt(key);
    if members.contains_key("type") || own.iter().any(|key| foreign(key)) {
        return;
    }
    let types = ["object", "string", "integer", "array"];
    for key in own {
        if let Some(ty) = types.iter().find(|ty| of_type(ty).contains(&key.as_str())) {
            let message = format!("a schema with `{key}` needs a `type`");
            let help = match *ty {
                "integer" => "add `type: integer` or `type: number`".to_owned(),
                ty => format!("add `type: {ty}`"),
            };
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
            let fits = limit.is_i64();
            checker.expect(&at.child(key), limit, fits, "an integer");
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
            let diagnostic = Diagnostic::new(Code::Inconsistent, at.child(least), message).value();
            let diagnostic = diagnostic.see_value(at.child(most), format!("`{most}`"));
            checker.push(diagnostic.help(format!("lower `{least}`, or raise `{most}`")));
        }
    }
}

fn check_enum(checker: &mut Checker<'_>, at: &At, members: &Map<String, Value>) {
    let Some(values) = members.get("enum") else {
        if members.contains_key("x-ms-enum") {
            let help = "add `enum` with the values, or remove `x-ms-enum`";
            let message = "`x-ms-enum` needs `enum`, which is missing";
            checker.report(Code::Inconsistent, &at.child("x-ms-enum"), message, help);
        }
        return;
    };
    let at = at.child("enum");
    let Some(values) = values.as_array() else {
        return; // Whoever checks the kinds of values says so.
    };
    if values.is_empty() {
        let message = "the enumeration has no values";
        let help = "list its values, or remove `enum`";
        checker.report(Code::Inconsistent, &at, message, help);
    }
    // Where one value is a number the others are, too: one fault.
    let is_null = |value: &&Value| value.is_null();
    let is_other = |value: &&Value| !value.is_null() && !value.is_string();
    let (null, other) = (values.iter().find(is_null), values.iter().find(is_other));
    for value in null.into_iter().chain(other) {
        let index = values.iter().position(|v| v == value).unwrap_or_default();
        let message = "only texts can be enumerated";
        let help = match value {
            Value::Null => "remove the null; what may be null has `nullable: true` instead",
            _ => "remove `enum`, and say in the `description` which values there are",
        };
        checker.report(Code::Unsupported, &at.item(index), message, help);
    }
}
