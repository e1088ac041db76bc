use std::collections::HashMap;
use std::ops::Range;

use super::Pointer;

/// Where something stands: line from 1, column from 0, length in characters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) line: usize,
    pub(super) column: usize,
    /// Never beyond the end of the line, however great.
    pub(super) length: usize,
}

/// The first character of a document.
const START: Place = Place {
    line: 1,
    column: 0,
    length: 1,
};

/// The two places of a node.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    /// That of its key, if it has one.
    pub(super) key: Option<Place>,
    pub(super) value: Option<Place>,
}

impl Node {
    fn place(&self, part: &Spot) -> Place {
        let (first, second) = match part {
            Spot::Value => (self.value, self.key),
            Spot::Key | Spot::Word(_) => (self.key, self.value),
        };
        first.or(second).unwrap_or(START)
    }
}

/// Which part of a node is meant.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// The key, or the whole of what has none.
    #[default]
    Key,
    /// The value.
    Value,
    /// A word of the key, or of the value of what has no key.
    Word(String),
}

/// The places of every node of a YAML text.
///
/// serde_yaml, which reads the values, does not say where they stood; this reads the same text
/// for the places alone.
///
/// The nodes form a tree, for their addresses together may be far longer than the text.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    /// The root comes first.
    pub(super) nodes: Vec<Node>,
    /// Nodes by the one around them and their key in it.
    inner: HashMap<(usize, String), usize>,
    pub(super) names: HashMap<usize, String>,
    pub(super) refusal: Option<Refusal>,
}

/// Why a text is refused.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// Of which kind the reason is.
    pub kind: RefusalKind,
    /// What it is.
    pub message: String,
    /// What to do about it; nothing in particular if it is empty.
    pub help: &'static str,
    /// Where, from 1.
    pub line: usize,
    /// Where, from 1.
    pub column: usize,
    /// How many letters are meant.
    pub length: usize,
}

/// Kinds of reasons to refuse a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalKind {
    /// It is not YAML.
    Broken,
    /// It has something that YAML allows and a description may not have.
    NotAllowed,
    /// It passes one of the [`limits`].
    TooLarge,
}

impl Places {
    pub(super) fn refusal(&self) -> Option<&Refusal> {
        self.refusal.as_ref()
    }

    pub(super) fn only_root(line: usize, column: usize, length: usize) -> Self {
        let place = Place {
            line,
            column: column.saturating_sub(1),
            length,
        };
        let root = Node {
            key: None,
            value: Some(place),
        };
        Self {
            nodes: vec![root],
            ..Self::default()
        }
    }

    /// What the value of a key says that tells what a node is called.
    pub(super) fn name(&self, pointer: &Pointer) -> Option<&str> {
        let (node, left) = self.way(pointer);
        let name = self.names.get(&node).filter(|_| left == 0);
        name.map(String::as_str)
    }

    pub(super) fn position(&self, pointer: &Pointer, part: &Spot) -> (usize, usize) {
        let place = self.nearest(pointer, part);
        (place.line, place.column + 1)
    }

    /// `lines` tells where each line of the text starts.
    pub(super) fn span(
        &self,
        pointer: &Pointer,
        part: &Spot,
        text: &str,
        lines: &[usize],
    ) -> Range<usize> {
        let place = self.nearest(pointer, part);
        let line_start = lines.get(place.line.saturating_sub(1)).copied();
        let line_start = line_start.unwrap_or(text.len());
        let line = text[line_start..].lines().next().unwrap_or_default();
        let start = byte(line, place.column);
        let length = byte(line[start..].trim_end(), place.length);
        let span = line_start + start..line_start + start + length;
        match part {
            Spot::Word(word) => narrowed(span, word, text),
            Spot::Key | Spot::Value => span,
        }
    }

    /// A node that is not in the text stands where the nearest one around it does.
    fn nearest(&self, pointer: &Pointer, part: &Spot) -> Place {
        let (node, left) = self.way(pointer);
        let part = if left == 0 { part } else { &Spot::Key };
        self.nodes.get(node).map_or(START, |node| node.place(part))
    }

    /// The node, or the nearest around it, and how many keys lead on from there.
    fn way(&self, pointer: &Pointer) -> (usize, usize) {
        let mut node = 0;
        let mut keys = pointer.keys();
        while let Some(key) = keys.next() {
            match self.inner.get(&(node, key.into_owned())) {
                Some(inner) => node = *inner,
                None => return (node, 1 + keys.count()),
            }
        }
        (node, 0)
    }

    /// The node of a key, or the root, which is added if it is not there; says whether it was.
    pub(super) fn add(
        &mut self,
        around: Option<(usize, String)>,
        key: Option<Place>,
    ) -> (usize, bool) {
        let new = self.nodes.len();
        let node = match around {
            Some(around) => *self.inner.entry(around).or_insert(new),
            None => 0,
        };
        if node == new {
            self.nodes.push(Node { key, value: None });
        }
        (node, node == new)
    }
}

/// Where a character begins in a text, or the end of the text.
fn byte(text: &str, character: usize) -> usize {
    let mut characters = text.char_indices();
    characters
        .nth(character)
        .map_or(text.len(), |(byte, _)| byte)
}

/// The part of a span that holds a word, or else the span itself.
fn narrowed(span: Range<usize>, word: &str, text: &str) -> Range<usize> {
    match text[span.clone()].find(word) {
        Some(inside) if !word.is_empty() => {
            let start = span.start + inside;
            start..start + word.len()
        }
        _ => span,
    }
}

#[cfg(test)]
mod tests {
    use super::{Places, Spot};
    use crate::source::{Pointer, Source};

    fn part(yaml: &str, pointer: &str, part: &Spot) -> String {
        let source = Source::new(String::new(), yaml.to_owned());
        yaml[source.span(&Pointer::parse(pointer).unwrap(), part)].to_owned()
    }

    fn key(yaml: &str, pointer: &str) -> String {
        part(yaml, pointer, &Spot::Key)
    }

    fn value(yaml: &str, pointer: &str) -> String {
        part(yaml, pointer, &Spot::Value)
    }

    const YAML: &str =
        "a:\n  b/c: 'one'\n  d:\n  - x\n  - y: 2\n    z: {u: [1, 2]}\n  e:\n  f: |\n    text\n";

    #[test]
    fn a_member_has_a_key_and_a_value() {
        assert_eq!(key(YAML, "/a/b~1c"), "b/c");
        assert_eq!(value(YAML, "/a/b~1c"), "'one'");
        assert_eq!(key(YAML, "/a/d/1/y"), "y");
        assert_eq!(value(YAML, "/a/d/1/z"), "{u: [1, 2]}");
        assert_eq!(value(YAML, "/a/d/1/z/u"), "[1, 2]");
    }

    #[test]
    fn an_item_has_a_value_alone() {
        assert_eq!(key(YAML, "/a/d/0"), "x");
        assert_eq!(value(YAML, "/a/d/0"), "x");
    }

    #[test]
    fn what_has_several_lines_is_its_first() {
        assert_eq!(key(YAML, "/a/d/1"), "y: 2");
        assert_eq!(value(YAML, "/a/f"), "text");
        assert_eq!(key(YAML, ""), "a:");
        assert_eq!(key("a: 1\r\nb: 2\r\n", ""), "a: 1");
    }

    #[test]
    fn a_value_that_is_left_out_is_its_key() {
        assert_eq!(value(YAML, "/a/e"), "e");
    }

    #[test]
    fn a_word_is_looked_for_in_the_key() {
        let yaml = "/things/{name}: {}\n";
        let word = |word: &str| part(yaml, "/~1things~1{name}", &Spot::Word(word.to_owned()));
        assert_eq!(word("{name}"), "{name}");
        assert_eq!(word("{gone}"), "/things/{name}");
        assert_eq!(word(""), "/things/{name}");
    }

    #[test]
    fn a_node_that_is_not_there_stands_at_the_nearest_around_it() {
        assert_eq!(value("a:\n  b: 1\n", "/a/zzz/0"), "a");
        assert_eq!(value("", "/a"), "");
    }

    #[test]
    fn columns_count_characters_and_spans_bytes() {
        assert_eq!(key("é: {ü: 1}\n", "/é/ü"), "ü");
        assert_eq!(value("é: {ü: '→'}\n", "/é/ü"), "'→'");
    }

    #[test]
    fn json_on_one_line_has_places() {
        let json = r#"{"a": {"b": [1, {"c": "d"}]}}"#;
        assert_eq!(key(json, "/a/b/1/c"), r#""c""#);
        assert_eq!(value(json, "/a/b/1"), r#"{"c": "d"}"#);
        assert_eq!(key(json, ""), json);
    }

    #[test]
    fn what_things_are_called_is_noted() {
        let places = Places::find("get:\n  operationId: GetThing\n");
        let at = |text| Pointer::parse(text).unwrap();
        assert_eq!(places.name(&at("/get/operationId")), Some("GetThing"));
        assert_eq!(places.name(&at("/get")), None);
    }
}
