use std::fmt;

/// A value that is not what its type is read from. Never holds the value, which may be a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseError {
    expected: &'static str,
    found: &'static str,
}

impl ParseError {
    pub(crate) const fn new(expected: &'static str, found: &'static str) -> Self {
        Self { expected, found }
    }

    /// The same, where more was expected.
    pub(crate) const fn expecting(self, expected: &'static str) -> Self {
        Self { expected, ..self }
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}, found {}", self.expected, self.found)
    }
}

impl std::error::Error for ParseError {}
