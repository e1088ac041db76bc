use std::fmt;

/// Why a request, or the reply to one, was not made. Never holds an argument's value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildError {
    operation: &'static str,
    parameter: Option<&'static str>,
    kind: BuildErrorKind,
}

impl BuildError {
    pub(crate) fn of_parameter(
        operation: &'static str,
        parameter: &'static str,
        kind: BuildErrorKind,
    ) -> Self {
        Self {
            operation,
            parameter: Some(parameter),
            kind,
        }
    }

    pub(crate) fn of_operation(operation: &'static str, kind: BuildErrorKind) -> Self {
        Self {
            operation,
            parameter: None,
            kind,
        }
    }

    /// The operation: `GetKey`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The name on the wire of the parameter at fault, if it is one.
    #[must_use]
    pub fn parameter(&self) -> Option<&'static str> {
        self.parameter
    }

    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> &BuildErrorKind {
        &self.kind
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.operation)?;
        match self.parameter {
            Some(parameter) => write!(f, "the parameter `{parameter}` {}", self.kind),
            None => write!(f, "the {} {}", self.kind.subject(), self.kind),
        }
    }
}

impl std::error::Error for BuildError {}

/// What is wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BuildErrorKind {
    /// A required parameter has no value.
    Missing,
    /// A segment of the path is empty.
    Empty,
    /// A segment of the path is `.` or `..`, which leads to another path.
    DotSegment,
    /// The value does not match the declared pattern.
    Pattern {
        /// The regular expression.
        pattern: &'static str,
    },
    /// The value is too short or too long.
    Length {
        /// The least number of characters.
        min: usize,
        /// The greatest number of characters.
        max: usize,
    },
    /// The value is too small, too large or no whole number.
    Range {
        /// The least value.
        min: i64,
        /// The greatest value.
        max: i64,
    },
    /// The value makes the path that of another operation.
    Rival {
        /// The template of that path.
        template: &'static str,
    },
    /// The value has a control character, which cannot stand in a header.
    Header,
    /// The body cannot be written as JSON.
    Body {
        /// Why.
        reason: String,
    },
    /// The URL is longer than [`http::Uri`] can hold.
    TooLong {
        /// The greatest length in bytes.
        max: usize,
    },
    /// The operation does not declare the parameter. A fault of the operation, not of the caller.
    Undeclared,
    /// The operation is described wrongly. A fault of the operation, not of the caller.
    Description {
        /// Why.
        reason: String,
    },
}

impl BuildErrorKind {
    /// What is at fault when it is no parameter.
    fn subject(&self) -> &'static str {
        match self {
            Self::Body { .. } => "body",
            Self::Description { .. } => "operation",
            _ => "URL",
        }
    }
}

impl fmt::Display for BuildErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("is missing"),
            Self::Empty => f.write_str("is empty, or has an empty segment"),
            Self::DotSegment => {
                f.write_str("has a segment `.` or `..`, which leads to another path")
            }
            Self::Pattern { pattern } => write!(f, "does not match `{pattern}`"),
            Self::Length { min, max } => write!(f, "does not have {min} to {max} characters"),
            Self::Range { min, max } => write!(f, "is not a whole number from {min} to {max}"),
            Self::Rival { template } => {
                write!(f, "makes the path that of another operation, `{template}`")
            }
            Self::Header => f.write_str("cannot stand in a header"),
            Self::Body { reason } => write!(f, "cannot be written as JSON: {reason}"),
            Self::TooLong { max } => write!(f, "is longer than {max} bytes"),
            Self::Undeclared => f.write_str("is not declared"),
            Self::Description { reason } => write!(f, "is described wrongly: {reason}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_says_what_is_wrong_with_what() {
        let of = |kind| BuildError::of_operation("GetKey", kind).to_string();
        assert_eq!(
            of(BuildErrorKind::TooLong { max: 65534 }),
            "GetKey: the URL is longer than 65534 bytes"
        );
        let reason = "why".to_owned();
        assert_eq!(
            of(BuildErrorKind::Body { reason }),
            "GetKey: the body cannot be written as JSON: why"
        );
        let error = BuildError::of_parameter(
            "GetKey",
            "key-name",
            BuildErrorKind::Length { min: 1, max: 2 },
        );
        assert_eq!(
            error.to_string(),
            "GetKey: the parameter `key-name` does not have 1 to 2 characters"
        );
        assert_eq!(
            (error.operation(), error.parameter()),
            ("GetKey", Some("key-name"))
        );
        assert_eq!(error.kind(), &BuildErrorKind::Length { min: 1, max: 2 });
    }
}
