//! Comparison with a path to the first difference.

use serde_json::Value;

pub(super) fn equal(what: &str, expected: &str, found: &str) -> Result<(), String> {
    match expected == found {
        true => Ok(()),
        false => Err(format!("{what}: {expected} expected, {found} made")),
    }
}

/// Members that are null are as good as absent.
pub(super) fn json(path: &str, expected: &Value, found: &Value) -> Result<(), String> {
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
