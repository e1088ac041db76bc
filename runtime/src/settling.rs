//! Waiting for an effect to show: soft delete, recovery and purge have no state that could be asked for.

use crate::ServiceError;
use http::StatusCode;

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Until {
    /// The object can be found: it answers with success, or with 403, which tells that it is there but not for us.
    Found,
    /// The object cannot be found.
    Gone,
    /// No object that is being deleted, purged or recovered stands in the way of the request, as
    /// [`is_conflict_soft_deleted`](ServiceError::is_conflict_soft_deleted) tells.
    Free,
}

/// What an answer tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// The wait is over.
    Yes,
    /// Not yet: ask again.
    NotYet,
    /// The answer is neither: an error.
    Error,
}

impl Until {
    /// Takes in a success.
    #[must_use]
    pub fn success(self) -> Settled {
        match self {
            Self::Found | Self::Free => Settled::Yes,
            Self::Gone => Settled::NotYet,
        }
    }

    /// Takes in an error of the service.
    #[must_use]
    pub fn error(self, error: &ServiceError) -> Settled {
        match (self, error.status()) {
            (Self::Found, StatusCode::NOT_FOUND) | (Self::Gone, StatusCode::FORBIDDEN) => {
                Settled::NotYet
            }
            (Self::Found, StatusCode::FORBIDDEN) | (Self::Gone, StatusCode::NOT_FOUND) => {
                Settled::Yes
            }
            (_, StatusCode::CONFLICT) if error.is_conflict_soft_deleted() => Settled::NotYet,
            _ => Settled::Error,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderMap;

    fn error(status: u16, inner: &str) -> ServiceError {
        let body =
            format!(r#"{{"error":{{"code":"Conflict","innererror":{{"code":"{inner}"}}}}}}"#);
        ServiceError::new(
            StatusCode::from_u16(status).unwrap(),
            HeaderMap::new(),
            body.into_bytes(),
        )
    }

    #[test]
    fn a_deletion_has_taken_effect_once_the_deleted_object_is_found() {
        assert_eq!(Until::Found.error(&error(404, "")), Settled::NotYet);
        assert_eq!(Until::Found.success(), Settled::Yes);
        assert_eq!(
            Until::Found.error(&error(403, "ForbiddenByRbac")),
            Settled::Yes
        );
        assert_eq!(Until::Found.error(&error(400, "")), Settled::Error);
    }

    #[test]
    fn an_object_is_gone_once_it_is_not_found() {
        assert_eq!(Until::Gone.success(), Settled::NotYet);
        assert_eq!(Until::Gone.error(&error(404, "")), Settled::Yes);
        assert_eq!(Until::Gone.error(&error(500, "")), Settled::Error);
    }

    #[test]
    fn a_name_is_free_once_no_deleted_object_stands_in_the_way() {
        assert_eq!(
            Until::Free.error(&error(409, "ObjectIsBeingDeleted")),
            Settled::NotYet
        );
        assert_eq!(Until::Free.error(&error(409, "Other")), Settled::Error);
        assert_eq!(Until::Free.error(&error(404, "")), Settled::Error);
        assert_eq!(Until::Free.success(), Settled::Yes);
    }
}
