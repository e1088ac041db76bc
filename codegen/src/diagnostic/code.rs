use std::fmt;

/// For people, with an entry for each kind.
const CATALOGUE: &str = include_str!("../../diagnostics.md");

/// Whether a diagnostic stops the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// Reported, and the run goes on.
    Warning,
}

/// The kinds of diagnostics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Code {
    /// A file or folder is missing or cannot be read.
    Unreadable,
    /// A file cannot be written, or one that we did not write is in the way.
    Unwritable,
    /// The text is not YAML, or is YAML that JSON cannot say.
    InvalidYaml,
    /// Longer, or nested deeper, than the generator takes.
    TooLarge,
    /// The document is not OpenAPI 3.0.
    UnsupportedVersion,
    /// The document breaks the grammar of OpenAPI 3.0.
    InvalidDocument,
    /// A key that OpenAPI does not have at this place.
    UnknownKey,
    /// An extension that the generator does not know.
    UnknownExtension,
    /// Correct OpenAPI that has no mapping to Rust.
    Unsupported,
    /// A `$ref` to something that is not there.
    UnknownReference,
    /// A value that contradicts itself or its neighbours.
    Inconsistent,
    /// A reference cycle whose Rust type, or JSON value, would never end.
    InfiniteType,
    /// A path names a parameter that the operation does not declare.
    UndeclaredParameter,
    /// A path parameter that the path does not name.
    UnusedParameter,
    /// Two operations share an `operationId`.
    DuplicateOperation,
    /// Two operations share method and path.
    DuplicateRoute,
    /// Two items of one scope have the same Rust name.
    NameCollision,
    /// A name from which no Rust identifier can be made.
    InvalidName,
    /// A value that sounds like a secret, of which the description does not say whether it is one.
    UnmarkedSecret,
    /// An override is malformed.
    InvalidOverride,
    /// An override does not match the description any more.
    StaleOverride,
    /// Emitted code does not parse: a fault of the generator.
    Internal,
}

impl Code {
    /// All kinds, in the order of the catalogue.
    pub const ALL: [Self; 22] = [
        Self::Unreadable,
        Self::Unwritable,
        Self::InvalidYaml,
        Self::TooLarge,
        Self::UnsupportedVersion,
        Self::InvalidDocument,
        Self::UnknownKey,
        Self::UnknownExtension,
        Self::Unsupported,
        Self::UnknownReference,
        Self::Inconsistent,
        Self::InfiniteType,
        Self::UndeclaredParameter,
        Self::UnusedParameter,
        Self::DuplicateOperation,
        Self::DuplicateRoute,
        Self::NameCollision,
        Self::InvalidName,
        Self::UnmarkedSecret,
        Self::InvalidOverride,
        Self::StaleOverride,
        Self::Internal,
    ];

    /// The kind of that name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.as_str() == name)
    }

    /// The kind that was probably meant by a name that none has.
    pub fn nearest(name: &str) -> Option<Self> {
        let names = Self::ALL.map(Self::as_str);
        Self::of_name(super::nearest(name, names)?)
    }

    /// The entry of the catalogue: what it means, an example, and a way out.
    pub fn explanation(self) -> &'static str {
        let heading = format!("\n## {self}\n");
        let rest = CATALOGUE.split_once(&heading).map_or("", |(_, rest)| rest);
        rest.split("\n## ").next().unwrap_or_default().trim()
    }

    /// The name under which it is shown.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::Unwritable => "unwritable",
            Self::InvalidYaml => "invalid-yaml",
            Self::TooLarge => "too-large",
            Self::UnsupportedVersion => "unsupported-version",
            Self::InvalidDocument => "invalid-document",
            Self::UnknownKey => "unknown-key",
            Self::UnknownExtension => "unknown-extension",
            Self::Unsupported => "unsupported",
            Self::UnknownReference => "unknown-reference",
            Self::Inconsistent => "inconsistent",
            Self::InfiniteType => "infinite-type",
            Self::UndeclaredParameter => "undeclared-parameter",
            Self::UnusedParameter => "unused-parameter",
            Self::DuplicateOperation => "duplicate-operation",
            Self::DuplicateRoute => "duplicate-route",
            Self::NameCollision => "name-collision",
            Self::InvalidName => "invalid-name",
            Self::UnmarkedSecret => "unmarked-secret",
            Self::InvalidOverride => "invalid-override",
            Self::StaleOverride => "stale-override",
            Self::Internal => "internal",
        }
    }

    /// Whether it stops the run.
    pub fn severity(self) -> Severity {
        match self {
            Self::UnknownExtension => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_name_is_understood() {
        assert_eq!(Code::nearest("unkown-key"), Some(Code::UnknownKey));
        assert_eq!(Code::nearest("unsuported"), Some(Code::Unsupported));
        assert_eq!(Code::nearest("E0308"), None);
    }

    #[test]
    fn each_kind_has_an_entry_and_each_entry_a_kind() {
        for code in Code::ALL {
            assert!(code.explanation().len() > 80, "{code}");
            assert_eq!(Code::of_name(code.as_str()), Some(code));
        }
        let entries = CATALOGUE
            .lines()
            .filter_map(|line| line.strip_prefix("## "));
        assert_eq!(entries.collect::<Vec<_>>(), Code::ALL.map(Code::as_str));
    }
}
