use std::fmt;

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
        Self(format!("{}/{}", self.0, escape(key)))
    }

    /// The node that this one is a member or item of.
    pub fn parent(&self) -> Option<Self> {
        let (parent, _) = self.0.rsplit_once('/')?;
        Some(Self(parent.to_owned()))
    }

    /// The keys from the root to this node.
    pub fn keys(&self) -> impl Iterator<Item = String> + '_ {
        self.0.split('/').skip(1).map(unescape)
    }

    /// The last key; empty for the root.
    pub fn last(&self) -> String {
        self.0
            .rsplit_once('/')
            .map(|(_, key)| unescape(key))
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

fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

fn unescape(key: &str) -> String {
    key.replace("~1", "/").replace("~0", "~")
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
    fn an_address_needs_a_hash_and_a_slash() {
        assert!(At::parse("keys.yaml").is_none());
        assert!(At::parse("keys.yaml#components").is_none());
        assert_eq!(
            At::parse("keys.yaml#/a").unwrap().to_string(),
            "keys.yaml#/a"
        );
    }
}
