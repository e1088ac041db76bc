//! Reading of `x-` extensions, whose kinds the document stage has checked.

use indexmap::IndexMap;
use serde_json::Value;

type Extensions = IndexMap<String, Value>;

pub(super) fn flag(extensions: &Extensions, key: &str) -> bool {
    extensions.get(key).and_then(Value::as_bool) == Some(true)
}

/// A flag that says something either way.
pub(super) fn decided(extensions: &Extensions, key: &str) -> Option<bool> {
    extensions.get(key).and_then(Value::as_bool)
}

pub(super) fn text(extensions: &Extensions, key: &str) -> Option<String> {
    extensions
        .get(key)
        .and_then(Value::as_str)
        .map(str::to_owned)
}
