//! A document among the others of its folder: references lead somewhere, and members are inherited.

use std::collections::HashSet;

use indexmap::IndexMap;
use serde_json::Value;

use crate::source::{At, Pointer};

/// How far references are followed: further, they go round in circles.
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
        at.pointer.find(root)
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
        let (mut members, mut known) = (Vec::new(), HashSet::new());
        let mut looked_at = HashSet::new();
        let mut open = vec![(at.clone(), false)];
        while let Some((at, inherited)) = open.pop() {
            // Many schemas may extend the same one.
            if !looked_at.insert(at.clone()) {
                continue;
            }
            let properties = at.child("properties");
            let own = self.node(&properties).and_then(Value::as_object);
            for name in own.into_iter().flat_map(|own| own.keys()) {
                if known.insert(name) {
                    members.push(Member {
                        name: name.clone(),
                        at: properties.child(name),
                        inherited,
                    });
                }
            }
            let (parents, own): (Vec<_>, Vec<_>) = self
                .parts(&at)
                .into_iter()
                .partition(|(_, part)| part.get("$ref").is_some());
            // The last one is looked at first.
            let parents = parents.iter().rev();
            let parents = parents.filter_map(|(at, _)| Some((self.definition(at)?, true)));
            open.extend(parents);
            open.extend(own.into_iter().rev().map(|(at, _)| (at, inherited)));
        }
        members.sort_by_key(|member| member.inherited);
        members
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

#[cfg(test)]
mod tests {
    use indexmap::IndexMap;
    use serde_json::{Map, Value, json};

    use super::World;
    use crate::source::At;

    fn members(schemas: Value, of: &str) -> Vec<(String, bool)> {
        let root = json!({"components": {"schemas": schemas}});
        let others = IndexMap::new();
        let world = World::new("a.yaml", &root, &others);
        let at = At::parse(&format!("a.yaml#/components/schemas/{of}")).unwrap();
        let members = world.members(&at).into_iter();
        members.map(|m| (m.name, m.inherited)).collect()
    }

    fn reference(name: &str) -> Value {
        json!({"$ref": format!("#/components/schemas/{name}")})
    }

    #[test]
    fn own_members_come_before_those_of_parents_in_their_order() {
        let object = |name: &str| json!({"properties": {name: {}, "x": {}}});
        let schemas = json!({
            "A": object("a"), "B": object("b"),
            "Child": {"allOf": [reference("A"), reference("B"), object("own")]},
            "Circle": {"allOf": [reference("Circle"), object("own")]},
        });
        let names = ["own", "x", "a", "b"];
        let expected = [false, false, true, true];
        let expected = names.map(str::to_owned).into_iter().zip(expected);
        assert_eq!(
            members(schemas.clone(), "Child"),
            expected.collect::<Vec<_>>()
        );
        assert_eq!(members(schemas, "Circle").len(), 2);
    }

    #[test]
    fn parents_that_many_share_are_looked_at_once() {
        const LEVELS: usize = 40;
        let name = |level: usize, index: usize| format!("L{level}x{index}");
        let mut schemas = Map::new();
        for level in 0..LEVELS {
            for index in 0..5 {
                let parents = (0..5).map(|parent| reference(&name(level + 1, parent)));
                let schema = json!({"allOf": parents.collect::<Vec<_>>()});
                schemas.insert(name(level, index), schema);
            }
        }
        schemas.insert(name(LEVELS, 0), json!({"properties": {"far": {}}}));
        let found = members(Value::Object(schemas), "L0x0");
        assert_eq!(found, [("far".to_owned(), true)]);
    }
}
