use std::collections::HashMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span};

use super::{Pointer, limits};

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
///
/// The nodes form a tree, for their addresses together may be far longer than the text.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    /// The root comes first.
    nodes: Vec<Node>,
    /// Nodes by the one around them and their key in it.
    inner: HashMap<(usize, String), usize>,
    names: HashMap<usize, String>,
    refusal: Option<Refusal>,
}

/// The keys whose values say what a node is called.
const NAMES: [&str; 2] = ["operationId", "name"];

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
    pub(super) fn find(text: &str) -> Self {
        let mut finder = Finder::default();
        let mut parser = Parser::new_from_str(text);
        // What follows a refusal is not looked at: it may be without end.
        while finder.places.refusal.is_none() {
            match parser.next_event() {
                Some(Ok((event, span))) => finder.event(&event, span),
                Some(Err(error)) => finder.broken(&error),
                None => break,
            }
        }
        finder.places
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
            nodes: vec![root],
            ..Self::default()
        }
    }

    /// What the value of a key of [`NAMES`] says.
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
            match self.inner.get(&(node, key)) {
                Some(inner) => node = *inner,
                None => return (node, 1 + keys.count()),
            }
        }
        (node, 0)
    }

    /// The node of a key, or the root, which is added if it is not there; says whether it was.
    fn add(&mut self, around: Option<(usize, String)>, key: Option<Place>) -> (usize, bool) {
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

/// A mapping or sequence that is still open.
struct Open {
    node: usize,
    state: State,
    /// How long its address is.
    address: usize,
    /// How much room it takes so far.
    size: usize,
    /// Under which number an alias means it; 0 if none does.
    anchor: usize,
}

enum State {
    Item(usize),
    Key,
    Value(Member),
}

/// A member whose value is to come.
#[derive(Clone, Copy)]
struct Member {
    node: usize,
    address: usize,
    /// Whether its value says what the mapping is called.
    is_name: bool,
}

#[derive(Default)]
struct Finder {
    open: Vec<Open>,
    places: Places,
    documents: usize,
    /// How much room what an anchor names takes.
    anchors: HashMap<usize, usize>,
    /// How much room all aliases together take.
    aliased: usize,
}

impl Finder {
    fn event(&mut self, event: &Event<'_>, span: Span) {
        self.check(event, span);
        if self.places.nodes.len() > limits::NODES {
            let message = format!("the file holds more than {} keys and values", limits::NODES);
            return self.too_large(span, message, "part it into several documents");
        }
        match event {
            Event::MappingStart(anchor, _) => self.enter(span, State::Key, *anchor),
            Event::SequenceStart(anchor, _) => self.enter(span, State::Item(0), *anchor),
            Event::MappingEnd | Event::SequenceEnd => self.leave(span),
            Event::Scalar(text, _, anchor, _) => self.scalar(text, *anchor, span),
            Event::Alias(anchor) => self.alias(*anchor, span),
            _ => {}
        }
    }

    fn expects_key(&self) -> bool {
        let last = self.open.last();
        last.is_some_and(|open| matches!(open.state, State::Key))
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
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) if self.expects_key() => {
                let message = "a mapping or list cannot be a key";
                self.refuse(span, message.to_owned(), "write the key as a text");
            }
            Event::Alias(_) if self.expects_key() => {
                let message = "an alias cannot be a key".to_owned();
                self.refuse(span, message, "write the key out");
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
        self.refuse_as(RefusalKind::NotAllowed, span, message, help);
    }

    fn too_large(&mut self, span: Span, message: String, help: &'static str) {
        self.refuse_as(RefusalKind::TooLarge, span, message, help);
    }

    fn refuse_as(&mut self, kind: RefusalKind, span: Span, message: String, help: &'static str) {
        self.places.refusal.get_or_insert(Refusal {
            kind,
            message,
            help,
            line: span.start.line(),
            column: span.start.col() + 1,
            length: place(span).length,
        });
    }

    fn too_deep(&mut self, span: Span) {
        let message = format!("this is nested deeper than {} levels", limits::DEPTH);
        let help = "move inner schemas to components/schemas and refer to them with `$ref`";
        self.too_large(span, message, help);
    }

    fn broken(&mut self, error: &ScanError) {
        let span = Span::new(*error.marker(), *error.marker());
        // The parser looks ahead, and may meet its own limit before it tells of ours.
        match error.info() {
            "recursion limit exceeded" => self.too_deep(span),
            message => self.refuse_as(RefusalKind::Broken, span, message.to_owned(), ""),
        }
    }

    fn enter(&mut self, span: Span, state: State, anchor: usize) {
        if self.open.len() >= limits::DEPTH {
            return self.too_deep(span);
        }
        let Member { node, address, .. } = self.here(span);
        self.open.push(Open {
            node,
            state,
            address,
            size: limits::NODE,
            anchor,
        });
    }

    /// What ends on the line on which it began is shown whole, else its first line.
    fn leave(&mut self, span: Span) {
        let Some(open) = self.open.pop() else {
            return;
        };
        let node = self.places.nodes.get_mut(open.node);
        if let Some(value) = node.and_then(|node| node.value.as_mut()) {
            value.length = match value.line == span.end.line() {
                true => span.end.col().saturating_sub(value.column).max(1),
                false => usize::MAX,
            };
        }
        self.value_is_over(open.size, open.anchor);
    }

    fn scalar(&mut self, text: &str, anchor: usize, span: Span) {
        let size = limits::NODE + text.len();
        if self.expects_key() {
            self.name(anchor, size);
            return self.key(text, size, span);
        }
        if text.len() > limits::TEXT {
            let message = format!("this text has more than {} bytes", limits::TEXT);
            return self.too_large(span, message, "shorten it");
        }
        let Member { node, is_name, .. } = self.here(span);
        if is_name {
            self.places.names.insert(node, text.to_owned());
        }
        self.value_is_over(size, anchor);
    }

    fn key(&mut self, text: &str, size: usize, span: Span) {
        let Some(open) = self.open.last_mut() else {
            return;
        };
        let address = open.address + text.len() + 1;
        let around = (open.node, text.to_owned());
        if text.chars().nth(limits::KEY).is_some() {
            let message = format!("this key has more than {} characters", limits::KEY);
            return self.too_large(span, message, "shorten it");
        }
        if address > limits::ADDRESS {
            let most = limits::ADDRESS;
            let message = format!("the keys that lead here have more than {most} bytes together");
            return self.too_large(span, message, "shorten some of them");
        }
        let (node, is_new) = self.places.add(Some(around), Some(place(span)));
        open.size = open.size.saturating_add(size);
        open.state = State::Value(Member {
            node,
            address,
            is_name: NAMES.contains(&text),
        });
        if !is_new {
            let first = self.places.nodes.get(node).and_then(|node| node.key);
            let first = first.map_or(0, |key| key.line);
            let message = format!("the key `{text}` occurs twice, first on line {first}");
            self.refuse(span, message, "merge the two, or remove one");
        }
    }

    /// An alias takes as much room as what it stands for.
    fn alias(&mut self, anchor: usize, span: Span) {
        let Some(size) = self.anchors.get(&anchor).copied() else {
            let message = "the alias stands for something that it is part of".to_owned();
            return self.refuse(span, message, "write out what is meant");
        };
        self.aliased = self.aliased.saturating_add(size);
        if self.aliased > limits::ALIASED {
            let megabytes = limits::ALIASED >> 20;
            let message = format!("the aliases stand for more than {megabytes} MiB");
            let help = "refer to what is shared with `$ref`";
            return self.too_large(span, message, help);
        }
        self.here(span);
        self.value_is_over(size, 0);
    }

    /// The value that starts now, whose place is noted.
    fn here(&mut self, span: Span) -> Member {
        let member = match self.open.last() {
            None => Member {
                node: self.places.add(None, None).0,
                address: 0,
                is_name: false,
            },
            Some(Open {
                state: State::Value(member),
                ..
            }) => *member,
            Some(Open {
                node,
                address,
                state: State::Item(index),
                ..
            }) => {
                let key = index.to_string();
                let address = address + key.len() + 1;
                Member {
                    node: self.places.add(Some((*node, key)), None).0,
                    address,
                    is_name: false,
                }
            }
            // A key that is itself a mapping: refused.
            Some(Open { node, address, .. }) => Member {
                node: *node,
                address: *address,
                is_name: false,
            },
        };
        if let Some(node) = self.places.nodes.get_mut(member.node) {
            // A value that is left out has no place of its own.
            let is_there = span.start.index() < span.end.index() || node.key.is_none();
            node.value = node.value.or(is_there.then(|| place(span)));
        }
        member
    }

    fn value_is_over(&mut self, size: usize, anchor: usize) {
        self.name(anchor, size);
        if let Some(open) = self.open.last_mut() {
            open.size = open.size.saturating_add(size);
            open.state = match open.state {
                State::Item(index) => State::Item(index + 1),
                State::Key | State::Value(_) => State::Key,
            };
        }
    }

    /// Notes what an anchor names, now that it is over.
    fn name(&mut self, anchor: usize, size: usize) {
        if anchor != 0 {
            self.anchors.insert(anchor, size);
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
    use super::{Places, RefusalKind, Spot};
    use crate::source::{Pointer, Source, limits};

    fn part(yaml: &str, pointer: &str, part: &Spot) -> String {
        let source = Source::new(String::new(), yaml.to_owned(), yaml);
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

    /// What a text is refused for, and in which line.
    fn refusal(yaml: &str) -> (RefusalKind, usize) {
        let places = Places::find(yaml);
        let refusal = places.refusal().unwrap();
        (refusal.kind, refusal.line)
    }

    #[test]
    fn what_nests_too_deep_is_refused_before_it_is_read_to_its_end() {
        let flow = format!("a:\n  {}", "[".repeat(10_000_000));
        assert_eq!(refusal(&flow), (RefusalKind::TooLarge, 2));
        let dashes = "- ".repeat(1_000_000);
        assert_eq!(refusal(&dashes), (RefusalKind::TooLarge, 1));
        let deepest = format!("{}{}", "[".repeat(limits::DEPTH), "]".repeat(limits::DEPTH));
        assert!(Places::find(&deepest).refusal().is_none());
    }

    #[test]
    fn more_nodes_than_any_description_has_are_refused() {
        let yaml = format!("[\n{}]", "1,".repeat(limits::NODES + 1));
        assert_eq!(refusal(&yaml), (RefusalKind::TooLarge, 2));
    }

    #[test]
    fn aliases_that_grow_from_one_to_the_next_are_refused() {
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for i in 1..20 {
            let list = vec![format!("*a{}", i - 1); 10].join(", ");
            bomb.push_str(&format!("a{i}: &a{i} [{list}]\n"));
        }
        assert_eq!(refusal(&bomb), (RefusalKind::TooLarge, 6));
        assert_eq!(refusal("a: &a\n  b: *a\n"), (RefusalKind::NotAllowed, 2));
        assert!(Places::find("a: &a [1]\nb: [*a, *a]\n").refusal().is_none());
    }

    #[test]
    fn long_keys_and_texts_are_refused() {
        let key = "k".repeat(limits::KEY + 1);
        assert_eq!(
            refusal(&format!("? {key}\n: 1\n")),
            (RefusalKind::TooLarge, 1)
        );
        let text = "t".repeat(limits::TEXT + 1);
        assert_eq!(
            refusal(&format!("a:\n  {text}\n")),
            (RefusalKind::TooLarge, 2)
        );
        let (deep, key) = (limits::ADDRESS / 1000 + 1, "k".repeat(1000));
        let deep: String = (0..deep)
            .map(|i| format!("{}{key}:\n", " ".repeat(i)))
            .collect();
        assert_eq!(refusal(&deep).0, RefusalKind::TooLarge);
    }
}
