//! Just enough of JSON schema to tell when an example breaks the document that it belongs to.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

pub(super) fn read(file: &Path) -> Result<Value, String> {
    let text = fs::read_to_string(file);
    let text = text.map_err(|error| format!("{}: {error}", file.display()))?;
    let text = text.trim_start_matches('\u{feff}');
    serde_json::from_str(text).map_err(|error| format!("{}: {error}", file.display()))
}

/// The node behind a reference, and the file that it is in; any other node is itself.
pub(super) fn resolve(file: &Path, node: &Value) -> Result<(PathBuf, Value), String> {
    let (mut file, mut node) = (file.to_owned(), node.clone());
    while let Some(reference) = node.get("$ref").and_then(Value::as_str).map(str::to_owned) {
        let (target, pointer) = reference.split_once('#').unwrap_or((&reference, ""));
        if !target.is_empty() {
            let dir = file.parent().unwrap_or(Path::new(""));
            file = dir.join(target);
        }
        let document = read(&file)?;
        let found = document.pointer(pointer);
        node = found
            .cloned()
            .ok_or_else(|| format!("{reference} leads nowhere"))?;
    }
    Ok((file, node))
}

/// In what a value breaks a schema; only the kinds of faults that examples have.
pub(super) fn fault(file: &Path, schema: &Value, value: &Value, path: &str) -> Option<String> {
    let nullable = schema["x-nullable"] == true;
    if value.is_null() {
        // Null stands for absence in Azure's examples.
        return None;
    }
    let (file, schema) = resolve(file, schema).ok()?;
    if let Some(fault) = type_fault(&schema, value, path).filter(|_| !nullable) {
        return Some(fault);
    }
    let parents = schema["allOf"].as_array().into_iter().flatten();
    for parent in parents {
        if let Some(fault) = fault_of_known(&file, parent, value, path) {
            return Some(fault);
        }
    }
    fault_of_known(&file, &schema, value, path)
}

fn fault_of_known(file: &Path, schema: &Value, value: &Value, path: &str) -> Option<String> {
    let (file, schema) = resolve(file, schema).ok()?;
    let required = schema["required"].as_array().into_iter().flatten();
    for name in required.filter_map(Value::as_str) {
        let read_only = schema["properties"][name]["readOnly"] == true;
        if value.is_object() && value.get(name).is_none_or(Value::is_null) && !read_only {
            return Some(format!("{path}: the required member `{name}` is missing"));
        }
    }
    let members = value.as_object().into_iter().flatten();
    for (name, member) in members {
        let path = format!("{path}.{name}");
        let schema = schema["properties"].get(name);
        let found = schema.and_then(|schema| fault(&file, schema, member, &path));
        if found.is_some() {
            return found;
        }
    }
    let items = value.as_array().into_iter().flatten().enumerate();
    items
        .filter_map(|(index, item)| {
            let schema = schema.get("items")?;
            fault(&file, schema, item, &format!("{path}[{index}]"))
        })
        .next()
}

fn type_fault(schema: &Value, value: &Value, path: &str) -> Option<String> {
    let ty = schema["type"].as_str().unwrap_or("any");
    let fits = match ty {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    };
    if !fits {
        return Some(format!("{path}: {ty} expected, {value} given"));
    }
    let text = value.as_str()?;
    if let Some(maximum) = schema["maximum"].as_i64() {
        let more = text.parse::<i64>().is_ok_and(|number| number > maximum);
        return more.then(|| format!("{path}: more than {maximum}"));
    }
    match schema["format"].as_str() {
        Some("base64url" | "byte") if !is_base64(text) => {
            Some(format!("{path}: the text is not {}", schema["format"]))
        }
        _ => None,
    }
}

fn is_base64(text: &str) -> bool {
    let text = text.trim_end_matches('=');
    let digit = |c: char| c.is_ascii_alphanumeric() || "-_+/".contains(c);
    text.chars().all(digit) && text.len() % 4 != 1
}

/// Whether a path is one of a template whose literals it spells out, the last one at least.
pub(super) fn spells(template: &str, path: &str) -> bool {
    let (template, path) = (template.trim_matches('/'), path.trim_matches('/'));
    let pairs = template.split('/').zip(path.split('/'));
    let last_is_literal = !template.ends_with('}');
    let same_length = template.split('/').count() == path.split('/').count();
    let fits = |(literal, text): (&str, &str)| literal.starts_with('{') || literal == text;
    last_is_literal && same_length && pairs.into_iter().all(fits)
}
