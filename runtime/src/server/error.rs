use super::ErrorReply;
use crate::{BuildErrorKind, ParseError};
use http::{Method, StatusCode};
use std::fmt;

/// Why a request cannot be read. Never holds a value of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestError {
    operation: Option<&'static str>,
    parameter: Option<&'static str>,
    kind: RequestErrorKind,
}

impl RequestError {
    pub(super) fn of_parameter(
        operation: &'static str,
        parameter: &'static str,
        kind: RequestErrorKind,
    ) -> Self {
        Self {
            operation: Some(operation),
            parameter: Some(parameter),
            kind,
        }
    }

    pub(super) fn of_body(operation: &'static str, reason: impl Into<String>) -> Self {
        let reason = reason.into();
        Self {
            operation: Some(operation),
            parameter: None,
            kind: RequestErrorKind::Body { reason },
        }
    }

    /// The operation that the request is one of, if it is one: `GetKey`.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.operation
    }

    /// The name on the wire of the parameter at fault, if it is one.
    #[must_use]
    pub fn parameter(&self) -> Option<&'static str> {
        self.parameter
    }

    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> &RequestErrorKind {
        &self.kind
    }

    /// The answer that tells the caller so: 404, 405 or 400.
    #[must_use]
    pub fn reply(&self) -> ErrorReply {
        let (status, code) = match self.kind {
            RequestErrorKind::NoRoute => (StatusCode::NOT_FOUND, "NotFound"),
            RequestErrorKind::MethodNotAllowed { .. } => {
                (StatusCode::METHOD_NOT_ALLOWED, "MethodNotAllowed")
            }
            _ => (StatusCode::BAD_REQUEST, "BadParameter"),
        };
        ErrorReply::new(status, code, self.to_string())
    }
}

impl From<RequestErrorKind> for RequestError {
    fn from(kind: RequestErrorKind) -> Self {
        Self {
            operation: None,
            parameter: None,
            kind,
        }
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.operation {
            write!(f, "{operation}: ")?;
        }
        match (self.parameter, &self.kind) {
            (Some(parameter), kind) => write!(f, "the parameter `{parameter}` {kind}"),
            (None, kind @ RequestErrorKind::Body { .. }) => write!(f, "the body {kind}"),
            (None, kind) => write!(f, "the URL {kind}"),
        }
    }
}

impl std::error::Error for RequestError {}

/// What is wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RequestErrorKind {
    /// The path is that of no operation.
    NoRoute,
    /// The path is one of operations, but with other methods.
    MethodNotAllowed {
        /// Those methods.
        allowed: Vec<Method>,
    },
    /// The path, the query or a header is not encoded as it should be, or no UTF-8.
    Encoding,
    /// A required parameter is missing.
    Missing,
    /// A parameter is there more than once.
    Repeated,
    /// A parameter with only one possible value has another one.
    Constant {
        /// The possible value.
        expected: &'static str,
    },
    /// The value is one that no request is made with.
    Refused(BuildErrorKind),
    /// The value is none of the type of the argument.
    Type(ParseError),
    /// The body cannot be read.
    Body {
        /// Why.
        reason: String,
    },
    /// The operation does not declare the parameter. A fault of the operation, not of the caller.
    Undeclared,
}

impl fmt::Display for RequestErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRoute => f.write_str("is that of no operation"),
            Self::MethodNotAllowed { allowed } => {
                let allowed: Vec<_> = allowed.iter().map(Method::as_str).collect();
                write!(f, "goes with {} alone", allowed.join(", "))
            }
            Self::Encoding => f.write_str("is not encoded as it should be, or no UTF-8"),
            Self::Missing => f.write_str("is missing"),
            Self::Repeated => f.write_str("is there more than once"),
            Self::Constant { expected } => write!(f, "is not `{expected}`"),
            Self::Refused(kind) => kind.fmt(f),
            Self::Type(error) => write!(f, "cannot be read: {error}"),
            Self::Body { reason } => write!(f, "cannot be read: {reason}"),
            Self::Undeclared => f.write_str("is not declared"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_says_what_is_wrong_with_what() {
        let allowed = vec![Method::GET, Method::PUT];
        for (error, text, status) in [
            (
                RequestErrorKind::NoRoute.into(),
                "the URL is that of no operation",
                404,
            ),
            (
                RequestErrorKind::MethodNotAllowed { allowed }.into(),
                "the URL goes with GET, PUT alone",
                405,
            ),
            (
                RequestError::of_parameter(
                    "GetKeys",
                    "maxresults",
                    RequestErrorKind::Refused(BuildErrorKind::Range { min: 1, max: 25 }),
                ),
                "GetKeys: the parameter `maxresults` is not a whole number from 1 to 25",
                400,
            ),
            (
                RequestError::of_body("SetSecret", "it is missing"),
                "SetSecret: the body cannot be read: it is missing",
                400,
            ),
        ] {
            assert_eq!(error.to_string(), text);
            assert_eq!(error.reply().response().status(), status);
        }
    }
}
