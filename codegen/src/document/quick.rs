//! Texts that are read once: where their nodes stand is found when someone asks.

use serde_json::Value;

use super::yaml;
use crate::source::limits;

/// What a text says, if it is within all limits and has none of what YAML allows and a description may not have. The walk
/// that would say so takes as long as reading, and is not needed where there is nothing to say.
pub(super) fn read(text: &str) -> Option<Value> {
    if text.len() > limits::NODES || !yaml::nests_little(text) || has_other_nodes(text) {
        return None;
    }
    let root = yaml::read(text).ok()?;
    is_within(&root, limits::DEPTH, limits::ADDRESS).then_some(root)
}

/// Whether there may be anchors, aliases or tags.
fn has_other_nodes(text: &str) -> bool {
    yaml::marks(text, "&*!").next().is_some()
}

/// Whether a value nests no deeper, and its keys and texts are no longer, than is allowed.
fn is_within(node: &Value, depth: usize, address: usize) -> bool {
    match node {
        Value::String(text) => text.len() <= limits::TEXT,
        Value::Array(items) if depth > 0 => {
            let address = address.checked_sub(items.len().to_string().len() + 1);
            let mut items = items.iter();
            address.is_some_and(|address| items.all(|item| is_within(item, depth - 1, address)))
        }
        Value::Object(members) if depth > 0 => members.iter().all(|(key, value)| {
            let address = address.checked_sub(key.len() + 1);
            let is_short = key.len() <= limits::KEY;
            is_short && address.is_some_and(|address| is_within(value, depth - 1, address))
        }),
        Value::Array(_) | Value::Object(_) => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::source::limits;

    #[test]
    fn what_is_plain_and_small_is_read() {
        let text = "a: [1, {b: c}]\nd: |\n  a & b\n  \"x\"\n";
        assert!(read("a: [1, {b: c}]\nd: e*f&g!\n").is_some());
        assert!(
            read(text).is_none(),
            "what may be an anchor is left to the walk"
        );
    }

    #[test]
    fn what_the_walk_would_refuse_is_left_to_it() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(read(&nested(limits::DEPTH)).is_some());
        for text in [
            &nested(limits::DEPTH + 1),
            &"[".repeat(1_000_000),
            &format!("? {}\n: 1\n", "k".repeat(limits::KEY + 1)),
            &format!("a: {}\n", "t".repeat(limits::TEXT + 1)),
            "a: &a 1\nb: 2\n",
            "a: [*a]\n",
            "a: !!str 1\n",
            "a: .inf\n",
            "? [a]\n: 1\n",
            "a: 1\na: 2\n",
            "1: a\n\"1\": b\n",
            "a: 1\n---\nb: 2\n",
            "a: [1\n",
        ] {
            assert!(read(text).is_none(), "{}", &text[..text.len().min(40)]);
        }
        let long: String = (0..5)
            .map(|depth| format!("{}{}:\n", " ".repeat(depth), "k".repeat(1000)))
            .collect();
        assert!(read(&long).is_none());
    }
}
