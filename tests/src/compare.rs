//! Comparison with a path to the first difference.

use serde_json::Value;

pub(crate) fn equal(what: &str, expected: &str, found: &str) -> Result<(), String> {
    match expected == found {
        true => Ok(()),
        false => Err(format!("{what}: {expected} expected, {found} made")),
    }
}

/// Members that are null are as good as absent.
pub(crate) fn json(path: &str, expected: &Value, found: &Value) -> Result<(), String> {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            for (key, value) in expected.iter().filter(|(_, value)| !value.is_null()) {
                let found = found.get(key);
                let found = found.ok_or_else(|| format!("{path}.{key} is lost"))?;
                json(&format!("{path}.{key}"), value, found)?;
            }
            let new = found.iter().find(|(key, value)| {
                !value.is_null() && expected.get(*key).is_none_or(Value::is_null)
            });
            new.map_or(Ok(()), |(key, _)| Err(format!("{path}.{key} is new")))
        }
        (Value::Array(expected), Value::Array(found)) if expected.len() == found.len() => {
            let pairs = expected.iter().zip(found).enumerate();
            for (index, (expected, found)) in pairs {
                json(&format!("{path}[{index}]"), expected, found)?;
            }
            Ok(())
        }
        (expected, found) if expected == found => Ok(()),
        (expected, found) => Err(format!("{path}: {expected} expected, {found} made")),
    }
}

/// Whether what was read is what was there: a model may know fewer members, and letter case and the spelling of numbers
/// may differ.
pub(crate) fn known(path: &str, there: &Value, read: &Value) -> Result<(), String> {
    match (there, read) {
        (Value::Object(there), Value::Object(read)) => {
            for (key, value) in read.iter().filter(|(_, value)| !value.is_null()) {
                let there = member(there, key).ok_or_else(|| format!("{path}.{key} is new"))?;
                known(&format!("{path}.{key}"), there, value)?;
            }
            Ok(())
        }
        (Value::Array(there), Value::Array(read)) if there.len() == read.len() => {
            let mut pairs = there.iter().zip(read).enumerate();
            pairs.try_for_each(|(index, (there, read))| {
                known(&format!("{path}[{index}]"), there, read)
            })
        }
        (there, read) if plain(there).eq_ignore_ascii_case(&plain(read)) => Ok(()),
        // An object within a text.
        (Value::String(text), Value::Object(_)) => {
            let there = serde_json::from_str(text).map_err(|error| format!("{path}: {error}"))?;
            known(path, &there, read)
        }
        _ => Err(format!(
            "{path}: {} was read as {}",
            kind(there),
            kind(read)
        )),
    }
}

fn member<'a>(object: &'a serde_json::Map<String, Value>, name: &str) -> Option<&'a Value> {
    let found = object
        .iter()
        .find(|(key, _)| key.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value)
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn kind(value: &Value) -> String {
    let text = value.to_string();
    text.chars().take(60).collect()
}
