//! What can go wrong, and what is known of it then.

mod build;
mod credential;
mod decode;
mod endpoint;
mod long_running;
mod parse;
mod predicates;
mod refused;
mod service;
mod transport;

pub use build::{BuildError, BuildErrorKind};
pub use credential::CredentialError;
pub use decode::DecodeError;
pub use endpoint::EndpointError;
pub use long_running::{LongRunningError, LongRunningErrorKind};
pub use parse::ParseError;
pub use refused::RefusedError;
pub use service::ServiceError;
pub use transport::{TransportError, TransportErrorKind};

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
    /// There is no token for the request.
    Credential(CredentialError),
    /// The request got no whole response.
    Transport(TransportError),
    /// The service asked for something that it must not get, or that never ends.
    Refused(RefusedError),
    /// An option of the client or of a call cannot be used.
    Options(&'static str),
    /// The service took the request, but what it began did not come to its end.
    LongRunning(LongRunningError),
}

impl Error {
    /// What the service answered, if it is the service that refused or failed.
    #[must_use]
    pub fn service(&self) -> Option<&ServiceError> {
        match self {
            Self::Service(error) => Some(error),
            Self::LongRunning(error) => Some(error.answer()),
            Self::Endpoint(_)
            | Self::Build(_)
            | Self::Decode(_)
            | Self::Credential(_)
            | Self::Transport(_)
            | Self::Options(_)
            | Self::Refused(_) => None,
        }
    }

    fn inner(&self) -> Result<&(dyn std::error::Error + 'static), &'static str> {
        Ok(match self {
            Self::Endpoint(error) => error,
            Self::Build(error) => error,
            Self::Service(error) => &**error,
            Self::Decode(error) => error,
            Self::Credential(error) => error,
            Self::Transport(error) => error,
            Self::Refused(error) => error,
            Self::LongRunning(error) => error,
            Self::Options(message) => return Err(message),
        })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.inner() {
            Ok(error) => fmt::Display::fmt(error, f),
            Err(message) => f.pad(message),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.inner().ok()?.source()
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

impl From<CredentialError> for Error {
    fn from(error: CredentialError) -> Self {
        Self::Credential(error)
    }
}

impl From<TransportError> for Error {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

impl From<RefusedError> for Error {
    fn from(error: RefusedError) -> Self {
        Self::Refused(error)
    }
}

impl From<LongRunningError> for Error {
    fn from(error: LongRunningError) -> Self {
        Self::LongRunning(error)
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
