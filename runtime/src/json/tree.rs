//! JSON of which only some texts are wanted, and nothing is to stay in memory.

use crate::Secret;
use serde_core::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;

/// Texts and objects of a JSON text. All texts are wiped when they are dropped, for some can be secret.
#[derive(Clone, Default)]
pub(crate) enum Tree {
    Text(Secret<String>),
    Object(BTreeMap<String, Self>),
    /// Anything else, which was passed over.
    #[default]
    Other,
}

impl Tree {
    /// Reads a JSON text; one that is none holds nothing.
    pub(crate) fn read(json: &[u8]) -> Self {
        serde_json::from_slice(super::without_mark(json)).unwrap_or_default()
    }

    /// The text, unless it says nothing.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text.expose().as_str()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    /// The members of an object.
    pub(crate) fn members(&self) -> impl Iterator<Item = (&str, &Self)> {
        let members = match self {
            Self::Object(members) => Some(members),
            _ => None,
        };
        let members = members.into_iter().flatten();
        members.map(|(name, value)| (name.as_str(), value))
    }

    /// A member of an object.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.get(name),
            _ => None,
        }
    }

    pub(crate) fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Other)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Tree, E> {
        Ok(Tree::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Tree, E> {
        Ok(Tree::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Tree, E> {
        Ok(Tree::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Tree, E> {
        Ok(Tree::Other)
    }

    fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
        Ok(Tree::Text(Secret::from(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Tree::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Tree, A::Error> {
        let mut object = BTreeMap::new();
        while let Some((name, value)) = members.next_entry()? {
            object.insert(name, value);
        }
        Ok(Tree::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_by_their_names() {
        let tree = Tree::read(
            br#"{"a": {"b": "x", "c": [{"d": 1}], "e": ""}, "n": [1.5, true, null, -1]}"#,
        );
        let inner = tree.get("a").unwrap();
        assert_eq!(inner.get("b").and_then(Tree::text), Some("x"));
        assert!(tree.is_object() && !inner.get("c").unwrap().is_object());
        for name in ["c", "e"] {
            assert_eq!(inner.get(name).unwrap().text(), None, "{name}");
        }
        assert_eq!(
            tree.members().map(|(name, _)| name).collect::<Vec<_>>(),
            ["a", "n"]
        );
        assert!(inner.get("x").is_none() && inner.get("b").unwrap().get("x").is_none());
    }

    #[test]
    fn what_is_no_json_holds_nothing() {
        for json in ["", "{", "{\"a\": \"b\"", "\u{FEFF}", "nul"] {
            assert!(
                Tree::read(json.as_bytes()).members().next().is_none(),
                "{json}"
            );
        }
        assert_eq!(Tree::read("\u{FEFF}\"a\"".as_bytes()).text(), Some("a"));
    }
}
