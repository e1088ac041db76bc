//! How the value of a parameter or header is written: in the usual style alone.

use serde_json::{Map, Value};

use super::{Checker, HEADER, PARAMETER, Rule};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::At;

/// Checks `style`; returns it if it may not be there.
pub(super) fn check<'a>(
    checker: &mut Checker<'_>,
    at: &At,
    members: &'a Map<String, Value>,
    rule: &Rule,
) -> Vec<&'a String> {
    let place = match members.get("in").and_then(Value::as_str) {
        Some(place) if std::ptr::eq(rule, &PARAMETER) => place,
        _ if std::ptr::eq(rule, &HEADER) => "header",
        _ => return Vec::new(),
    };
    let usual = match place {
        "path" | "header" => "simple",
        "query" | "cookie" => "form",
        // Whoever checks the words says that there is no such place.
        _ => return Vec::new(),
    };
    let Some((key, Value::String(style))) = members.get_key_value("style") else {
        return Vec::new();
    };
    if style == usual {
        return Vec::new();
    }
    let message = format!(
        "the style `{}` is not supported in the {place}",
        super::brief(style)
    );
    let diagnostic = Diagnostic::new(Code::Unsupported, at.child(key), message).value();
    let diagnostic = match members.contains_key("in") {
        true => diagnostic.see_value(at.child("in"), "where the parameter is"),
        false => diagnostic,
    };
    checker.push(diagnostic.help(format!("remove `style`, or write `style: {usual}`")));
    vec![key]
}
