//! One small change somewhere in a JSON value.

use arbitrary::Unstructured;
use serde_json::{Value, json};

use super::words;

/// Changes one node.
pub fn value(u: &mut Unstructured<'_>, root: &mut Value) {
    let nodes = count(root);
    let target = u.choose_index(nodes).unwrap_or(0);
    let donor = u.choose_index(nodes).unwrap_or(0);
    let donor = nth(root, donor)
        .map(|node| node.clone())
        .unwrap_or_default();
    if let Some(node) = nth(root, target) {
        change(u, node, donor);
    }
}

fn change(u: &mut Unstructured<'_>, node: &mut Value, donor: Value) {
    let way = u.int_in_range(0..=7).unwrap_or(0);
    match (way, node) {
        (0, node) => *node = donor,
        (1, Value::Object(members)) => {
            let key = u.choose_index(members.len()).ok();
            let key = key.and_then(|index| members.keys().nth(index).cloned());
            key.map(|key| members.shift_remove(&key));
        }
        (2, Value::Object(members)) => _ = members.insert(word(u), donor),
        (3, Value::Object(members)) => {
            let keys: Vec<String> = members.keys().cloned().collect();
            if let Ok(key) = u.choose(&keys) {
                members.insert(key.clone(), donor);
            }
        }
        (1, Value::Array(items)) => _ = items.pop(),
        (2 | 3, Value::Array(items)) => {
            let again = items.first().cloned().unwrap_or(donor);
            items.push(again);
        }
        (_, Value::Bool(bool)) => *bool = !*bool,
        (_, Value::String(text)) => *text = word(u),
        (_, node) => *node = scalar(u),
    }
}

fn word(u: &mut Unstructured<'_>) -> String {
    let list = *u
        .choose(&[words::HOSTILE, words::TAKEN])
        .unwrap_or(&words::TAKEN);
    let word = u.choose(list).copied().unwrap_or_default();
    word.to_owned()
}

fn scalar(u: &mut Unstructured<'_>) -> Value {
    match u.int_in_range(0..=8).unwrap_or(0) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(-1),
        3 => json!(u64::MAX),
        4 => json!(i64::MIN),
        5 => json!(1.5e300),
        6 => json!([]),
        7 => json!({}),
        _ => json!(word(u)),
    }
}

fn count(node: &Value) -> usize {
    let inner: usize = match node {
        Value::Object(members) => members.values().map(count).sum(),
        Value::Array(items) => items.iter().map(count).sum(),
        _ => 0,
    };
    inner + 1
}

fn nth(node: &mut Value, n: usize) -> Option<&mut Value> {
    let mut open = vec![node];
    let mut left = n;
    while let Some(node) = open.pop() {
        if left == 0 {
            return Some(node);
        }
        left -= 1;
        match node {
            Value::Object(members) => open.extend(members.values_mut()),
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    None
}
