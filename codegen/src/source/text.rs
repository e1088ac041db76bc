use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use super::places::{Places, Refusal, Spot};
use super::{At, Pointer, as_yaml};

/// The text of one document and where its nodes stand in it.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path to show.
    pub path: String,
    /// The whole text.
    pub text: String,
    /// Where each line starts.
    lines: Vec<usize>,
    /// Found when someone asks, for that takes as long as to read the text: where all is well, no one does.
    places: OnceLock<Places>,
}

impl Source {
    /// A source of YAML, of which JSON is a part.
    pub fn new(path: String, text: String) -> Self {
        Self::with(path, text, OnceLock::new())
    }

    fn with(path: String, text: String, places: OnceLock<Places>) -> Self {
        let ends = text.match_indices('\n').map(|(end, _)| end + 1);
        Self {
            path,
            lines: std::iter::once(0).chain(ends).collect(),
            places,
            text,
        }
    }

    /// A source in which one place alone is known: where the whole document is said to fail.
    pub fn failing_at(
        path: String,
        text: String,
        (line, column): (usize, usize),
        length: usize,
    ) -> Self {
        let places = Places::only_root(line, column, length);
        Self::with(path, text, places.into())
    }

    fn places(&self) -> &Places {
        self.places
            .get_or_init(|| Places::find(&as_yaml(&self.text)))
    }

    /// Why the text is refused, if it is.
    pub fn refusal(&self) -> Option<&Refusal> {
        self.places().refusal()
    }

    /// The bytes at which a part of a node, or else the nearest node around it, stands.
    pub fn span(&self, pointer: &Pointer, part: &Spot) -> Range<usize> {
        self.places().span(pointer, part, &self.text, &self.lines)
    }

    /// The line, from 1, that a byte of the text is in.
    pub fn line(&self, byte: usize) -> usize {
        self.lines.partition_point(|start| *start <= byte)
    }

    /// Line and column of a part of a node, both counted from 1.
    pub fn position(&self, pointer: &Pointer, part: &Spot) -> (usize, usize) {
        self.places().position(pointer, part)
    }

    /// The text of a member that says what a node is called.
    pub fn name(&self, pointer: &Pointer) -> Option<&str> {
        self.places().name(pointer)
    }
}

/// The texts of a description, by document name.
#[derive(Clone, Debug, Default)]
pub struct Sources(BTreeMap<String, Source>);

impl Sources {
    /// Adds or replaces a text.
    pub fn insert(&mut self, file: String, source: Source) {
        self.0.insert(file, source);
    }

    /// The text of a document.
    pub fn get(&self, file: &str) -> Option<&Source> {
        self.0.get(file)
    }

    /// A key that sorts places as a reader meets them.
    pub fn order(&self, at: &At, part: &Spot) -> (String, usize, usize) {
        let (line, column) = self
            .get(&at.file)
            .map_or((0, 0), |source| source.position(&at.pointer, part));
        (at.file.clone(), line, column)
    }
}
