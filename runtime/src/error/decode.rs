use crate::response::request_id;
use http::{HeaderMap, StatusCode};
use std::fmt;

/// A response of success whose body is not what the operation declares. Never holds any part of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError {
    operation: &'static str,
    status: StatusCode,
    request_id: Option<String>,
    reason: String,
}

impl DecodeError {
    pub(crate) fn new(
        operation: &'static str,
        status: StatusCode,
        headers: &HeaderMap,
        reason: String,
    ) -> Self {
        Self {
            operation,
            status,
            request_id: request_id(headers).map(str::to_owned),
            reason,
        }
    }

    /// The operation: `GetKey`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The status of the response.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The name that the service gave the request (`x-ms-request-id`).
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// Where in the body what was expected and what was found, or of what other type the body is:
    /// `KeyBundle.key: JsonWebKey.kty: expected a string, found a number at line 3 column 9`.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            operation,
            status,
            reason,
            ..
        } = self;
        write!(
            f,
            "{operation}: the response with status {status} cannot be read: {reason}"
        )
    }
}

impl std::error::Error for DecodeError {}
