//! What errors of the service mean, asked for by name rather than by status and code.

use crate::{Error, ServiceError};
use http::StatusCode;

/// What the error means, as its status tells.
impl ServiceError {
    /// 404: there is no such object, or nothing that it could be in.
    ///
    /// An object that is deleted and can be recovered is not found either.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.status() == StatusCode::NOT_FOUND
    }

    /// 409: the object is in a state that does not allow the request, or exists already.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.status() == StatusCode::CONFLICT
    }

    /// 429: too many requests in too short a time. Wait longer before each further attempt.
    #[must_use]
    pub fn is_throttled(&self) -> bool {
        self.status() == StatusCode::TOO_MANY_REQUESTS
    }

    /// 401: there is no token, or none that the service takes.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.status() == StatusCode::UNAUTHORIZED
    }

    /// 403: the caller is known, and may not do this.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.status() == StatusCode::FORBIDDEN
    }
}

/// The same of any error: what did not come from the service is none of these.
///
/// ```
/// use keyvault_runtime::Error;
///
/// /// Nothing, if there is nothing of that name.
/// fn optional<T>(result: Result<T, Error>) -> Result<Option<T>, Error> {
///     match result {
///         Err(error) if error.is_not_found() => Ok(None),
///         other => other.map(Some),
///     }
/// }
/// ```
impl Error {
    /// As [`ServiceError::is_not_found`].
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.service().is_some_and(ServiceError::is_not_found)
    }

    /// As [`ServiceError::is_conflict`].
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.service().is_some_and(ServiceError::is_conflict)
    }

    /// As [`ServiceError::is_throttled`].
    #[must_use]
    pub fn is_throttled(&self) -> bool {
        self.service().is_some_and(ServiceError::is_throttled)
    }

    /// As [`ServiceError::is_unauthorized`].
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.service().is_some_and(ServiceError::is_unauthorized)
    }

    /// As [`ServiceError::is_forbidden`].
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.service().is_some_and(ServiceError::is_forbidden)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{BuildError, BuildErrorKind};
    use http::HeaderMap;

    type Predicate = (u16, fn(&ServiceError) -> bool, fn(&Error) -> bool);

    const PREDICATES: &[Predicate] = &[
        (401, ServiceError::is_unauthorized, Error::is_unauthorized),
        (403, ServiceError::is_forbidden, Error::is_forbidden),
        (404, ServiceError::is_not_found, Error::is_not_found),
        (409, ServiceError::is_conflict, Error::is_conflict),
        (429, ServiceError::is_throttled, Error::is_throttled),
    ];

    #[test]
    fn the_status_alone_tells_the_kind_whatever_the_body_is() {
        for status in [400, 401, 403, 404, 405, 409, 412, 429, 500, 503, 504] {
            for body in [
                "",
                "<html>busy</html>",
                "{",
                r#"{"error":{"code":"Other"}}"#,
            ] {
                let code = StatusCode::from_u16(status).unwrap();
                let error = ServiceError::new(code, HeaderMap::new(), body.as_bytes().to_vec());
                let holds = PREDICATES
                    .iter()
                    .map(|(_, of_service, _)| of_service(&error));
                let holds: Vec<_> = holds.collect();
                let of_any = Error::from(error);
                for ((meant, _, passed_on), holds) in PREDICATES.iter().zip(holds) {
                    assert_eq!(holds, *meant == status, "{status} {body}");
                    assert_eq!(passed_on(&of_any), holds);
                }
            }
        }
    }

    #[test]
    fn an_error_that_is_not_of_the_service_means_none_of_these() {
        let error: Error =
            BuildError::of_parameter("GetKey", "key-name", BuildErrorKind::Missing).into();
        assert!(!PREDICATES.iter().any(|(_, _, of_any)| of_any(&error)));
    }
}
