//! A document among the others of its folder: references lead somewhere, and members are inherited.

use std::collections::HashSet;

use indexmap::IndexMap;
use serde_json::Value;

use crate::source::{At, Pointer};

/// How far references and parents are followed: further, they go round in circles.
const DEPTH: usize = 16;

/// A document and those that it may refer to.
pub(super) struct World<'a> {
    file: &'a str,
    root: &'a Value,
    others: &'a IndexMap<String, Value>,
}

/// A member of an object, inherited ones included.
pub(super) struct Member {
    /// Its name on the wire.
    pub(super) name: String,
    pub(super) at: At,
    /// Whether it is a parent that has it.
    pub(super) inherited: bool,
}

impl<'a> World<'a> {
    pub(super) fn new(file: &'a str, root: &'a Value, others: &'a IndexMap<String, Value>) -> Self {
        Self { file, root, others }
    }

    /// The document itself.
    pub(super) fn root(&self) -> &'a Value {
        self.root
    }

    /// Its name.
    pub(super) fn file(&self) -> &'a str {
        self.file
    }

    /// All documents of the folder.
    pub(super) fn documents(&self) -> impl Iterator<Item = (&'a str, &'a Value)> {
        let others = self.others.iter();
        others.map(|(name, root)| (name.as_str(), root))
    }

    /// Whether an address is one of the document itself.
    pub(super) fn owns(&self, at: &At) -> bool {
        at.file == self.file
    }

    /// An address in the document itself.
    pub(super) fn at(&self, pointer: Pointer) -> At {
        At {
            file: self.file.to_owned(),
            pointer,
        }
    }

    /// The node at an address.
    pub(super) fn node(&self, at: &At) -> Option<&'a Value> {
        let root = match self.owns(at) {
            true => self.root,
            false => self.others.get(&at.file)?,
        };
        root.pointer(at.pointer.as_str())
    }

    /// Where a reference in a document leads.
    pub(super) fn target(file: &str, reference: &str) -> Option<At> {
        let mut at = At::parse(reference)?;
        if at.file.is_empty() {
            at.file = file.to_owned();
        }
        Some(at)
    }

    /// What is meant at an address, behind any references.
    pub(super) fn meant(&self, at: &At) -> Option<(At, &'a Value)> {
        let mut at = at.clone();
        for _ in 0..DEPTH {
            let node = self.node(&at)?;
            let Some(reference) = node.get("$ref").and_then(Value::as_str) else {
                return Some((at, node));
            };
            at = Self::target(&at.file, reference)?;
        }
        None
    }

    /// The definition that a schema stands for: `$ref`, or the one part of an `allOf` around it.
    pub(super) fn definition(&self, at: &At) -> Option<At> {
        let node = self.node(at)?;
        let around = node.get("allOf").and_then(Value::as_array);
        let reference = match around.map(Vec::as_slice) {
            Some([part]) if node.get("properties").is_none() => part.get("$ref"),
            _ => node.get("$ref"),
        };
        let target = Self::target(&at.file, reference?.as_str()?)?;
        self.meant(&target).map(|(at, _)| at)
    }

    /// The definitions that a definition extends.
    pub(super) fn parents(&self, at: &At) -> Vec<At> {
        let parts = self.parts(at).into_iter();
        let parts = parts.filter(|(_, part)| part.get("$ref").is_some());
        parts.filter_map(|(at, _)| self.definition(&at)).collect()
    }

    fn parts(&self, at: &At) -> Vec<(At, &'a Value)> {
        let at = at.child("allOf");
        let parts = self.node(&at).and_then(Value::as_array);
        let parts = parts.into_iter().flatten().enumerate();
        parts.map(|(index, part)| (at.item(index), part)).collect()
    }

    /// The members of a definition: its own, then those of its parents.
    pub(super) fn members(&self, at: &At) -> Vec<Member> {
        let mut members = Vec::new();
        self.collect_members(at, 0, &mut HashSet::new(), &mut members);
        members.sort_by_key(|member| member.inherited);
        members
    }

    fn collect_members(
        &self,
        at: &At,
        depth: usize,
        known: &mut HashSet<String>,
        members: &mut Vec<Member>,
    ) {
        if depth > DEPTH {
            return;
        }
        let properties = at.child("properties");
        let own = self.node(&properties).and_then(Value::as_object);
        for name in own.into_iter().flat_map(|own| own.keys()) {
            if known.insert(name.clone()) {
                members.push(Member {
                    name: name.clone(),
                    at: properties.child(name),
                    inherited: depth > 0,
                });
            }
        }
        let (parents, own): (Vec<_>, Vec<_>) = self
            .parts(at)
            .into_iter()
            .partition(|(_, part)| part.get("$ref").is_some());
        for (part, _) in own {
            self.collect_members(&part, depth, known, members);
        }
        for (parent, _) in parents {
            if let Some(parent) = self.definition(&parent) {
                self.collect_members(&parent, depth + 1, known, members);
            }
        }
    }

    /// The texts of an enumeration; empty for what is none.
    pub(super) fn texts(&self, at: &At) -> Vec<&'a str> {
        let texts = self.node(at).and_then(|node| node.get("enum")?.as_array());
        texts
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect()
    }
}
