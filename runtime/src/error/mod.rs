//! What can go wrong, and what is known of it then.

mod build;
mod decode;
mod endpoint;
mod object_id;
mod parse;
mod predicates;
mod service;

pub use build::{BuildError, BuildErrorKind};
pub use decode::DecodeError;
pub use endpoint::EndpointError;
pub use object_id::ObjectIdError;
pub use parse::ParseError;
pub use service::ServiceError;

use std::fmt;

/// Why an operation has no result.
///
/// Shown as the error within, whose source it passes on: it adds no words of its own.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The endpoint is none that requests may go to.
    Endpoint(EndpointError),
    /// The request was not made.
    Build(BuildError),
    /// The service refused the request, or failed.
    Service(Box<ServiceError>),
    /// The service carried the request out, but what it answered is not what the operation declares.
    Decode(DecodeError),
}

impl Error {
    /// What the service answered, if it is the service that refused.
    #[must_use]
    pub fn service(&self) -> Option<&ServiceError> {
        match self {
            Self::Service(error) => Some(error),
            Self::Endpoint(_) | Self::Build(_) | Self::Decode(_) => None,
        }
    }

    fn inner(&self) -> &(dyn std::error::Error + 'static) {
        match self {
            Self::Endpoint(error) => error,
            Self::Build(error) => error,
            Self::Service(error) => &**error,
            Self::Decode(error) => error,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.inner(), f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.inner().source()
    }
}

impl From<EndpointError> for Error {
    fn from(error: EndpointError) -> Self {
        Self::Endpoint(error)
    }
}

impl From<BuildError> for Error {
    fn from(error: BuildError) -> Self {
        Self::Build(error)
    }
}

impl From<ServiceError> for Error {
    fn from(error: ServiceError) -> Self {
        Self::Service(Box::new(error))
    }
}

impl From<DecodeError> for Error {
    fn from(error: DecodeError) -> Self {
        Self::Decode(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderMap, StatusCode};

    fn each() -> [Error; 3] {
        [
            BuildError::of_parameter("GetKey", "key-name", BuildErrorKind::Missing).into(),
            ServiceError::new(StatusCode::NOT_FOUND, HeaderMap::new(), Vec::new()).into(),
            DecodeError::new(
                "GetKey",
                StatusCode::OK,
                &HeaderMap::new(),
                "why".to_owned(),
            )
            .into(),
        ]
    }

    #[test]
    fn each_error_is_shown_on_one_line() {
        assert_eq!(
            each().map(|error| error.to_string()),
            [
                "GetKey: the parameter `key-name` is missing",
                "404 Not Found",
                "GetKey: the response with status 200 OK cannot be read: why",
            ]
        );
    }

    #[test]
    fn the_answer_of_the_service_is_at_hand() {
        assert_eq!(
            each().map(|error| error.service().map(ServiceError::status)),
            [None, Some(StatusCode::NOT_FOUND), None,]
        );
    }

    #[test]
    fn errors_cross_threads() {
        fn check<T: std::error::Error + Send + Sync + 'static>() {}
        check::<Error>();
        check::<ParseError>();
        check::<crate::EndpointError>();
        assert!(size_of::<Error>() <= 128);
    }
}
