//! One walk over the events of a YAML text: where its nodes stand, and why it is refused, if it is.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span};

use super::limits;
use super::places::{Place, Places, Refusal, RefusalKind};

/// The keys whose values say what a node is called.
const NAMES: [&str; 2] = ["operationId", "name"];

impl Places {
    /// The places of all nodes of a text, up to what it is refused for.
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
    use super::{Places, RefusalKind};
    use crate::source::limits;

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
