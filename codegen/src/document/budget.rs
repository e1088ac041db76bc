//! What references stand for. A text that is written once may be meant a million times; this counts
//! how much that is, so that a description is no larger than it looks.

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{At, limits};

/// How much of the room for what references stand for is taken.
#[derive(Debug, Default)]
pub(crate) struct Budget {
    spent: usize,
}

/// Whether there is room for one more reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spent {
    /// There is.
    Within,
    /// There is none since this one.
    JustNow,
    /// There was none before.
    Before,
}

impl Budget {
    /// Takes the room of a node.
    pub(crate) fn spend(&mut self, node: &Value) -> Spent {
        if self.spent > limits::REFERRED {
            return Spent::Before;
        }
        self.spent = self.spent.saturating_add(size(node));
        match self.spent > limits::REFERRED {
            true => Spent::JustNow,
            false => Spent::Within,
        }
    }
}

/// How much room a node takes, roughly.
fn size(node: &Value) -> usize {
    let inner = match node {
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(members) => members.iter().map(|(key, v)| key.len() + size(v)).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
    };
    inner + limits::NODE
}

/// That the reference, or override, at an address is one too many.
pub(crate) fn too_much(at: &At) -> Diagnostic {
    let megabytes = limits::REFERRED >> 20;
    let message = format!("what is written once is meant for more than {megabytes} MiB");
    Diagnostic::new(Code::TooLarge, at.clone(), message).help("shorten what is meant so often")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Budget, Spent};

    #[test]
    fn what_is_too_much_is_said_once() {
        let mut budget = Budget::default();
        let node = json!({"text": "x".repeat(100 << 20)});
        let spent: Vec<_> = (0..4).map(|_| budget.spend(&node)).collect();
        let expected = [Spent::Within, Spent::Within, Spent::JustNow, Spent::Before];
        assert_eq!(spent, expected);
    }
}
