use std::borrow::Cow;
use std::fmt;

use serde_json::Value;

/// The address of a node inside a document: an RFC 6901 JSON pointer.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(String);

impl Pointer {
    /// Reads `/components/schemas/Name`; the empty text is the root.
    pub fn parse(text: &str) -> Option<Self> {
        (text.is_empty() || text.starts_with('/')).then(|| Self(text.to_owned()))
    }

    /// Whether it is the whole document.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// The member `key` of this node.
    #[must_use]
    pub fn child(&self, key: &str) -> Self {
        let mut address = String::with_capacity(self.0.len() + 1 + key.len());
        address.push_str(&self.0);
        address.push('/');
        address.push_str(&escape(key));
        Self(address)
    }

    /// The node that this one is a member or item of.
    pub fn parent(&self) -> Option<Self> {
        let (parent, _) = self.0.rsplit_once('/')?;
        Some(Self(parent.to_owned()))
    }

    /// The keys from the root to this node.
    pub fn keys(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.0.split('/').skip(1).map(unescape)
    }

    /// The node at this address.
    pub fn find<'v>(&self, root: &'v Value) -> Option<&'v Value> {
        self.keys().try_fold(root, |node, key| match node {
            Value::Object(members) => members.get(&*key),
            Value::Array(items) => items.get(index(&key)?),
            _ => None,
        })
    }

    /// The last key; empty for the root.
    pub fn last(&self) -> String {
        self.0
            .rsplit_once('/')
            .map(|(_, key)| unescape(key).into_owned())
            .unwrap_or_default()
    }

    /// As RFC 6901 writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn escape(key: &str) -> Cow<'_, str> {
    match key.contains(['~', '/']) {
        true => Cow::Owned(key.replace('~', "~0").replace('/', "~1")),
        false => Cow::Borrowed(key),
    }
}

fn unescape(key: &str) -> Cow<'_, str> {
    match key.contains('~') {
        true => Cow::Owned(key.replace("~1", "/").replace("~0", "~")),
        false => Cow::Borrowed(key),
    }
}

/// The number of an item. RFC 6901 allows one way to write each.
fn index(key: &str) -> Option<usize> {
    let is_canonical = key == "0" || key.starts_with(|c: char| matches!(c, '1'..='9'));
    key.parse().ok().filter(|_| is_canonical)
}

/// The address of a node in the description: document and pointer.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// Name of the document inside the description's folder, or a path when there is none.
    pub file: String,
    /// The node inside the document.
    pub pointer: Pointer,
}

impl At {
    /// A whole file.
    pub fn file(file: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            pointer: Pointer::default(),
        }
    }

    /// Reads `keys.yaml#/components/schemas/Name`.
    pub fn parse(text: &str) -> Option<Self> {
        let (file, pointer) = text.split_once('#')?;
        Some(Self {
            file: file.to_owned(),
            pointer: Pointer::parse(pointer)?,
        })
    }

    /// The member `key` of this node.
    #[must_use]
    pub fn child(&self, key: &str) -> Self {
        Self {
            file: self.file.clone(),
            pointer: self.pointer.child(key),
        }
    }

    /// This node, and all nodes that it is in, up to the whole file.
    pub fn around(&self) -> impl Iterator<Item = Self> + use<> {
        let around = |at: &Self| {
            let pointer = at.pointer.parent()?;
            let file = at.file.clone();
            Some(Self { file, pointer })
        };
        std::iter::successors(Some(self.clone()), around)
    }

    /// Whether it is `other` or a node inside it.
    pub fn is_inside(&self, other: &Self) -> bool {
        let rest = self.pointer.0.strip_prefix(&other.pointer.0);
        self.file == other.file && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The item `index` of this node.
    #[must_use]
    pub fn item(&self, index: usize) -> Self {
        self.child(&index.to_string())
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.file, self.pointer)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{At, Pointer};

    #[test]
    fn keys_with_slashes_survive() {
        let pointer = Pointer::default()
            .child("paths")
            .child("/keys/{a~b}")
            .child("get");
        assert_eq!(pointer.as_str(), "/paths/~1keys~1{a~0b}/get");
        assert_eq!(
            pointer.keys().collect::<Vec<_>>(),
            ["paths", "/keys/{a~b}", "get"]
        );
    }

    #[test]
    fn nodes_are_found_in_objects_and_lists() {
        let root = json!({"paths": {"/a~b": [1, {"c": 2}]}});
        let find = |text| Pointer::parse(text).unwrap().find(&root).cloned();
        assert_eq!(find("/paths/~1a~0b/1/c"), Some(json!(2)));
        assert_eq!(find(""), Some(root.clone()));
        for astray in [
            "/",
            "/paths/~1a~0b/2",
            "/paths/~1a~0b/01",
            "/paths/~1a~0b/+1",
            "/paths/~1a~0b/0/c",
        ] {
            assert_eq!(find(astray), None, "{astray}");
        }
    }

    #[test]
    fn an_address_needs_a_hash_and_a_slash() {
        assert!(At::parse("keys.yaml").is_none());
        assert!(At::parse("keys.yaml#components").is_none());
        assert_eq!(
            At::parse("keys.yaml#/a").unwrap().to_string(),
            "keys.yaml#/a"
        );
    }
}
