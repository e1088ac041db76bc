use std::collections::HashMap;
use std::ops::Range;

use saphyr_parser::{Event, Marker, Parser, Span};

use super::Pointer;

/// Where a node stands: line from 1, column from 0, length in characters (on one line).
#[derive(Clone, Copy, Debug)]
struct Place {
    line: usize,
    column: usize,
    length: usize,
}

/// The place of every node of a YAML text.
///
/// serde_yaml, which reads the values, does not say where they stood; this reads the same text
/// a second time for the places alone. A member stands where its key stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    nodes: HashMap<Pointer, Place>,
    refusal: Option<Refusal>,
}

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
}

impl Places {
    pub(super) fn find(text: &str) -> Self {
        let mut finder = Finder::default();
        let mut parser = Parser::new_from_str(text);
        while let Some(Ok((event, span))) = parser.next_event() {
            finder.event(&event, span);
        }
        Self {
            nodes: finder.places,
            refusal: finder.refusal,
        }
    }

    pub(super) fn refusal(&self) -> Option<&Refusal> {
        self.refusal.as_ref()
    }

    pub(super) fn only_root(line: usize, column: usize) -> Self {
        let place = Place {
            line,
            column: column.saturating_sub(1),
            length: 1,
        };
        Self {
            nodes: HashMap::from([(Pointer::default(), place)]),
            refusal: None,
        }
    }

    pub(super) fn position(&self, pointer: &Pointer) -> (usize, usize) {
        let place = self.nearest(pointer);
        (place.line, place.column + 1)
    }

    pub(super) fn span(&self, pointer: &Pointer, text: &str) -> Range<usize> {
        let place = self.nearest(pointer);
        let line_start: usize = text
            .split_inclusive('\n')
            .take(place.line.saturating_sub(1))
            .map(str::len)
            .sum();
        let line = text[line_start..].lines().next().unwrap_or_default();
        let byte = |column: usize| {
            line.char_indices()
                .nth(column)
                .map_or(line.len(), |(byte, _)| byte)
        };
        line_start + byte(place.column)..line_start + byte(place.column + place.length)
    }

    fn nearest(&self, pointer: &Pointer) -> Place {
        let mut pointer = pointer.clone();
        loop {
            if let Some(place) = self.nodes.get(&pointer) {
                return *place;
            }
            match pointer.parent() {
                Some(parent) => pointer = parent,
                None => {
                    return Place {
                        line: 1,
                        column: 0,
                        length: 1,
                    };
                }
            }
        }
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
    places: HashMap<Pointer, Place>,
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
            Event::MappingEnd | Event::SequenceEnd => {
                self.open.pop();
                self.value_is_over();
            }
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
        });
    }

    fn enter(&mut self, span: Span, state: State) {
        let pointer = self.here(span);
        self.open.push(Open { pointer, state });
    }

    fn scalar(&mut self, text: &str, span: Span) {
        if let Some(Open { pointer, state }) = self.open.last_mut()
            && matches!(state, State::Key)
        {
            let member = pointer.child(text);
            *state = State::Value(member.clone());
            let known = self.places.len();
            self.places.entry(member).or_insert_with(|| place(span));
            if self.places.len() == known {
                let message = format!("the key `{text}` occurs twice");
                self.refuse(span, message, "merge the two, or remove one");
            }
            return;
        }
        self.here(span);
        self.value_is_over();
    }

    /// The pointer of the value that starts now; notes the place of items and of the root.
    fn here(&mut self, span: Span) -> Pointer {
        let pointer = match self.open.last() {
            None => Pointer::default(),
            Some(Open {
                state: State::Value(member),
                ..
            }) => return member.clone(),
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
        self.places
            .entry(pointer.clone())
            .or_insert_with(|| place(span));
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

fn place(span: Span) -> Place {
    let on_one_line = |start: &Marker, end: &Marker| start.line() == end.line();
    let length = match on_one_line(&span.start, &span.end) {
        true => span.end.col().saturating_sub(span.start.col()).max(1),
        false => 1,
    };
    Place {
        line: span.start.line(),
        column: span.start.col(),
        length,
    }
}

#[cfg(test)]
mod tests {
    use super::Places;
    use crate::source::Pointer;

    fn text_at(yaml: &str, pointer: &str) -> String {
        let span = Places::find(yaml).span(&Pointer::parse(pointer).unwrap(), yaml);
        yaml[span].to_owned()
    }

    #[test]
    fn a_member_stands_at_its_key() {
        let yaml = "a:\n  b/c: 1\n  d:\n  - x\n  - y: 2\n";
        assert_eq!(text_at(yaml, "/a/b~1c"), "b/c");
        assert_eq!(text_at(yaml, "/a/d/0"), "x");
        assert_eq!(text_at(yaml, "/a/d/1/y"), "y");
    }

    #[test]
    fn a_node_that_is_not_there_stands_at_the_nearest_around_it() {
        assert_eq!(text_at("a:\n  b: 1\n", "/a/zzz/0"), "a");
    }

    #[test]
    fn columns_count_characters_and_spans_bytes() {
        assert_eq!(text_at("é: {ü: 1}\n", "/é/ü"), "ü");
    }
}
