use std::collections::HashMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::Pointer;

/// Where something stands: line from 1, column from 0, length in characters.
#[derive(Clone, Copy, Debug)]
struct Place {
    line: usize,
    column: usize,
    /// Never beyond the end of the line, however great.
    length: usize,
}

/// The first character of a document.
const START: Place = Place {
    line: 1,
    column: 0,
    length: 1,
};

/// The two places of a node.
#[derive(Clone, Copy, Debug)]
struct Node {
    /// That of its key, if it has one.
    key: Option<Place>,
    value: Option<Place>,
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
/// a second time for the places alone.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    nodes: HashMap<Pointer, Node>,
    names: HashMap<Pointer, String>,
    refusal: Option<Refusal>,
}

/// The keys whose values say what a node is called.
const NAMES: [&str; 2] = ["operationId", "name"];

/// Something that YAML allows and a description may not have.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// What it is.
    pub message: String,
    /// What to do about it.
    pub help: &'static str,
    /// Where, from 1.
    pub line: usize,
    /// Where, from 1.
    pub column: usize,
    /// How many letters are meant.
    pub length: usize,
}

impl Places {
    pub(super) fn find(text: &str) -> Self {
        let mut finder = Finder::default();
        let mut parser = Parser::new_from_str(text);
        while let Some(Ok((event, span))) = parser.next_event() {
            finder.event(&event, span);
        }
        Self {
            nodes: finder.nodes,
            names: finder.names,
            refusal: finder.refusal,
        }
    }

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
            nodes: HashMap::from([(Pointer::default(), root)]),
            ..Self::default()
        }
    }

    /// What the value of a key of [`NAMES`] says.
    pub(super) fn name(&self, pointer: &Pointer) -> Option<&str> {
        self.names.get(pointer).map(String::as_str)
    }

    pub(super) fn position(&self, pointer: &Pointer, part: &Spot) -> (usize, usize) {
        let place = self.nearest(pointer, part);
        (place.line, place.column + 1)
    }

    pub(super) fn span(&self, pointer: &Pointer, part: &Spot, text: &str) -> Range<usize> {
        let place = self.nearest(pointer, part);
        let line_start: usize = text
            .split_inclusive('\n')
            .take(place.line.saturating_sub(1))
            .map(str::len)
            .sum();
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
        if let Some(node) = self.nodes.get(pointer) {
            return node.place(part);
        }
        let mut pointer = pointer.parent();
        while let Some(around) = pointer {
            if let Some(node) = self.nodes.get(&around) {
                return node.place(&Spot::Key);
            }
            pointer = around.parent();
        }
        START
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

/// A mapping or sequence that is still open.
struct Open {
    pointer: Pointer,
    state: State,
}

enum State {
    Item(usize),
    Key,
    Value(Pointer),
}

#[derive(Default)]
struct Finder {
    open: Vec<Open>,
    nodes: HashMap<Pointer, Node>,
    names: HashMap<Pointer, String>,
    documents: usize,
    /// The first one.
    refusal: Option<Refusal>,
}

impl Finder {
    fn event(&mut self, event: &Event<'_>, span: Span) {
        self.check(event, span);
        match event {
            Event::MappingStart(..) => self.enter(span, State::Key),
            Event::SequenceStart(..) => self.enter(span, State::Item(0)),
            Event::MappingEnd | Event::SequenceEnd => self.leave(span),
            Event::Scalar(text, ..) => self.scalar(text, span),
            Event::Alias(_) => self.scalar("", span),
            _ => {}
        }
    }

    /// Notes what a description may not have.
    fn check(&mut self, event: &Event<'_>, span: Span) {
        let tag = match event {
            Event::Scalar(_, _, _, tag)
            | Event::SequenceStart(_, tag)
            | Event::MappingStart(_, tag) => tag.as_ref(),
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents == 2 {
                    let message = "the file holds a second YAML document";
                    self.refuse(span, message.to_owned(), "put it into a file of its own");
                }
                None
            }
            _ => None,
        };
        let is_key = matches!(
            self.open.last(),
            Some(Open {
                state: State::Key,
                ..
            })
        );
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) if is_key => {
                let message = "a mapping or list cannot be a key";
                self.refuse(span, message.to_owned(), "write the key as a text");
            }
            Event::Scalar(text, ScalarStyle::Plain, ..) if is_endless(text) => {
                let message = format!("`{text}` is no number that JSON can say");
                let help = "write a number with digits, or put it in quotation marks";
                self.refuse(span, message, help);
            }
            _ => {}
        }
        if let Some(tag) = tag {
            let message = format!("the tag `{}{}` has no meaning here", tag.handle, tag.suffix);
            self.refuse(span, message, "remove it");
        }
    }

    fn refuse(&mut self, span: Span, message: String, help: &'static str) {
        self.refusal.get_or_insert(Refusal {
            message,
            help,
            line: span.start.line(),
            column: span.start.col() + 1,
            length: place(span).length,
        });
    }

    fn enter(&mut self, span: Span, state: State) {
        let pointer = self.here(span);
        self.open.push(Open { pointer, state });
    }

    /// What ends on the line on which it began is shown whole, else its first line.
    fn leave(&mut self, span: Span) {
        let node = self
            .open
            .pop()
            .and_then(|open| self.nodes.get_mut(&open.pointer));
        if let Some(value) = node.and_then(|node| node.value.as_mut()) {
            value.length = match value.line == span.end.line() {
                true => span.end.col().saturating_sub(value.column).max(1),
                false => usize::MAX,
            };
        }
        self.value_is_over();
    }

    fn scalar(&mut self, text: &str, span: Span) {
        if let Some(Open { pointer, state }) = self.open.last_mut()
            && matches!(state, State::Key)
        {
            let member = pointer.child(text);
            *state = State::Value(member.clone());
            let node = Node {
                key: Some(place(span)),
                value: None,
            };
            let known = self.nodes.get(&member).map(|node| node.key);
            if let Some(first) = known {
                let first = first.map_or(0, |key| key.line);
                let message = format!("the key `{text}` occurs twice, first on line {first}");
                self.refuse(span, message, "merge the two, or remove one");
            } else {
                self.nodes.insert(member, node);
            }
            return;
        }
        let pointer = self.here(span);
        if NAMES.contains(&pointer.last().as_str()) {
            self.names.insert(pointer, text.to_owned());
        }
        self.value_is_over();
    }

    /// The pointer of the value that starts now, whose place is noted.
    fn here(&mut self, span: Span) -> Pointer {
        let pointer = match self.open.last() {
            None => Pointer::default(),
            Some(Open {
                state: State::Value(member),
                ..
            }) => member.clone(),
            Some(Open {
                pointer,
                state: State::Item(index),
            }) => pointer.child(&index.to_string()),
            // A key that is itself a mapping: refused by the document reader.
            Some(Open {
                pointer,
                state: State::Key,
            }) => pointer.clone(),
        };
        let node = self.nodes.entry(pointer.clone()).or_insert(Node {
            key: None,
            value: None,
        });
        // A value that is left out has no place of its own.
        let is_there = span.start.index() < span.end.index() || node.key.is_none();
        node.value = node.value.or(is_there.then(|| place(span)));
        pointer
    }

    fn value_is_over(&mut self) {
        if let Some(open) = self.open.last_mut() {
            open.state = match open.state {
                State::Item(index) => State::Item(index + 1),
                State::Key | State::Value(_) => State::Key,
            };
        }
    }
}

/// Whether YAML takes a word for infinity, or for what is no number.
fn is_endless(word: &str) -> bool {
    let word = word.trim_start_matches(['+', '-']);
    [".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN"].contains(&word)
}

fn place(span: Span) -> Place {
    let one_line = span.start.line() == span.end.line();
    let length = match one_line {
        true => span.end.col().saturating_sub(span.start.col()).max(1),
        false => usize::MAX,
    };
    Place {
        line: span.start.line(),
        column: span.start.col(),
        length,
    }
}

#[cfg(test)]
mod tests {
    use super::{Places, Spot};
    use crate::source::Pointer;

    fn part(yaml: &str, pointer: &str, part: &Spot) -> String {
        let span = Places::find(yaml).span(&Pointer::parse(pointer).unwrap(), part, yaml);
        yaml[span].to_owned()
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
