//! What errors of Key Vault mean beyond their status. Methods of the general errors rather than of a trait, so that
//! they are found beside [`Error::is_not_found`] and need no import.

use crate::{Error, ServiceError};

const SOFT_DELETED: &[&str] = &[
    "ObjectIsBeingDeleted",
    "ObjectIsDeletedButRecoverable",
    "ObjectIsBeingRecovered",
];
const BY_RBAC: &[&str] = &["ForbiddenByRbac"];
const BY_POLICY: &[&str] = &["ForbiddenByPolicy", "AccessDenied"];
const BY_FIREWALL: &[&str] = &["ForbiddenByFirewall", "ForbiddenByConnection"];
const DISABLED: &[&str] = &["SecretDisabled", "KeyDisabled"];

/// What the error means in Key Vault: the status, and the inner codes.
impl ServiceError {
    /// 409, and the name is taken by an object that is being deleted, is soft-deleted, or is being recovered.
    ///
    /// Inner codes: `ObjectIsBeingDeleted`, `ObjectIsDeletedButRecoverable`, `ObjectIsBeingRecovered`. The first and the last
    /// pass by themselves; else recover the object, or purge it.
    #[must_use]
    pub fn is_conflict_soft_deleted(&self) -> bool {
        self.is_conflict() && self.has_inner_code(SOFT_DELETED)
    }

    /// 403, and no role assignment allows the operation.
    ///
    /// Inner code: `ForbiddenByRbac`. A role that has just been assigned takes minutes to come into effect.
    #[must_use]
    pub fn is_forbidden_by_rbac(&self) -> bool {
        self.is_forbidden() && self.has_inner_code(BY_RBAC)
    }

    /// 403, and no access policy of the vault allows the operation, or the object itself does not.
    ///
    /// Inner codes: `ForbiddenByPolicy`, `AccessDenied`. The latter also says that an object does not take the operation at
    /// all, such as a secret that belongs to a certificate.
    #[must_use]
    pub fn is_forbidden_by_policy(&self) -> bool {
        self.is_forbidden() && self.has_inner_code(BY_POLICY)
    }

    /// 403, and the vault does not talk to the address or the network that the request came from.
    ///
    /// Inner codes: `ForbiddenByFirewall` for an address that is not on the list, `ForbiddenByConnection` for a vault that
    /// only takes private links.
    #[must_use]
    pub fn is_forbidden_by_firewall(&self) -> bool {
        self.is_forbidden() && self.has_inner_code(BY_FIREWALL)
    }

    /// 403, and the object, or this version of it, is disabled.
    ///
    /// Inner codes: `SecretDisabled`, `KeyDisabled`. A disabled object exists all the same.
    #[must_use]
    pub fn is_disabled(&self) -> bool {
        self.is_forbidden() && self.has_inner_code(DISABLED)
    }

    fn has_inner_code(&self, codes: &[&str]) -> bool {
        self.inner_codes()
            .iter()
            .any(|code| codes.contains(&code.as_str()))
    }
}

/// The same of any error: what did not come from the service is none of these.
impl Error {
    /// As [`ServiceError::is_conflict_soft_deleted`].
    #[must_use]
    pub fn is_conflict_soft_deleted(&self) -> bool {
        self.service()
            .is_some_and(ServiceError::is_conflict_soft_deleted)
    }

    /// As [`ServiceError::is_forbidden_by_rbac`].
    #[must_use]
    pub fn is_forbidden_by_rbac(&self) -> bool {
        self.service()
            .is_some_and(ServiceError::is_forbidden_by_rbac)
    }

    /// As [`ServiceError::is_forbidden_by_policy`].
    #[must_use]
    pub fn is_forbidden_by_policy(&self) -> bool {
        self.service()
            .is_some_and(ServiceError::is_forbidden_by_policy)
    }

    /// As [`ServiceError::is_forbidden_by_firewall`].
    #[must_use]
    pub fn is_forbidden_by_firewall(&self) -> bool {
        self.service()
            .is_some_and(ServiceError::is_forbidden_by_firewall)
    }

    /// As [`ServiceError::is_disabled`].
    #[must_use]
    pub fn is_disabled(&self) -> bool {
        self.service().is_some_and(ServiceError::is_disabled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{BuildError, BuildErrorKind};
    use http::{HeaderMap, StatusCode};

    fn service(status: u16, body: &str) -> ServiceError {
        let status = StatusCode::from_u16(status).unwrap();
        ServiceError::new(status, HeaderMap::new(), body.as_bytes().to_vec())
    }

    /// The shape of recorded bodies.
    fn nested(status: u16, code: &str, inner: &str) -> ServiceError {
        let body = format!(
            r#"{{"error":{{"code":"{code}","message":"Why.","innererror":{{"code":"{inner}"}}}}}}"#
        );
        service(status, &body)
    }

    fn flat(status: u16, code: &str) -> ServiceError {
        service(
            status,
            &format!(r#"{{"error":{{"code":"{code}","message":"Why."}}}}"#),
        )
    }

    type Predicate = (&'static str, fn(&ServiceError) -> bool, fn(&Error) -> bool);

    const PREDICATES: &[Predicate] = &[
        (
            "is_not_found",
            ServiceError::is_not_found,
            Error::is_not_found,
        ),
        ("is_conflict", ServiceError::is_conflict, Error::is_conflict),
        (
            "is_conflict_soft_deleted",
            ServiceError::is_conflict_soft_deleted,
            Error::is_conflict_soft_deleted,
        ),
        (
            "is_throttled",
            ServiceError::is_throttled,
            Error::is_throttled,
        ),
        (
            "is_unauthorized",
            ServiceError::is_unauthorized,
            Error::is_unauthorized,
        ),
        (
            "is_forbidden",
            ServiceError::is_forbidden,
            Error::is_forbidden,
        ),
        (
            "is_forbidden_by_rbac",
            ServiceError::is_forbidden_by_rbac,
            Error::is_forbidden_by_rbac,
        ),
        (
            "is_forbidden_by_policy",
            ServiceError::is_forbidden_by_policy,
            Error::is_forbidden_by_policy,
        ),
        (
            "is_forbidden_by_firewall",
            ServiceError::is_forbidden_by_firewall,
            Error::is_forbidden_by_firewall,
        ),
        ("is_disabled", ServiceError::is_disabled, Error::is_disabled),
    ];

    /// The names of all that hold, of the service's error and of the one around it.
    fn meaning(error: ServiceError) -> Vec<&'static str> {
        let names = PREDICATES
            .iter()
            .filter(|(_, of_service, _)| of_service(&error));
        let names: Vec<_> = names.map(|(name, ..)| *name).collect();
        let error = Error::from(error);
        let passed_on = PREDICATES.iter().filter(|(_, _, of_any)| of_any(&error));
        assert_eq!(names, passed_on.map(|(name, ..)| *name).collect::<Vec<_>>());
        names
    }

    #[test]
    fn the_status_alone_tells_the_kind() {
        for (error, kind) in [
            (flat(401, "Unauthorized"), "is_unauthorized"),
            (flat(403, "Forbidden"), "is_forbidden"),
            (flat(404, "SecretNotFound"), "is_not_found"),
            (flat(404, "VaultNotFound"), "is_not_found"),
            (flat(404, "ResourceNotFound"), "is_not_found"),
            (flat(409, "Conflict"), "is_conflict"),
            (flat(429, "Throttled"), "is_throttled"),
        ] {
            assert_eq!(meaning(error), [kind]);
        }
    }

    #[test]
    fn a_body_that_cannot_be_read_does_not_hide_the_kind() {
        for body in ["", "<html>busy</html>", "{"] {
            assert_eq!(meaning(service(401, body)), ["is_unauthorized"]);
            assert_eq!(meaning(service(429, body)), ["is_throttled"]);
        }
    }

    #[test]
    fn a_soft_deleted_object_is_a_conflict_of_its_own() {
        for inner in [
            "ObjectIsBeingDeleted",
            "ObjectIsDeletedButRecoverable",
            "ObjectIsBeingRecovered",
        ] {
            assert_eq!(
                meaning(nested(409, "Conflict", inner)),
                ["is_conflict", "is_conflict_soft_deleted"]
            );
        }
    }

    #[test]
    fn the_inner_code_tells_what_forbids() {
        for (inner, reason) in [
            ("ForbiddenByRbac", "is_forbidden_by_rbac"),
            ("ForbiddenByPolicy", "is_forbidden_by_policy"),
            ("AccessDenied", "is_forbidden_by_policy"),
            ("ForbiddenByFirewall", "is_forbidden_by_firewall"),
            ("ForbiddenByConnection", "is_forbidden_by_firewall"),
            ("SecretDisabled", "is_disabled"),
            ("KeyDisabled", "is_disabled"),
        ] {
            assert_eq!(
                meaning(nested(403, "Forbidden", inner)),
                ["is_forbidden", reason]
            );
        }
    }

    #[test]
    fn an_inner_code_counts_at_any_depth() {
        let error = service(
            403,
            r#"{"error":{"code":"Forbidden","innererror":{"code":"Other","innererror":{"code":"SecretDisabled"}}}}"#,
        );
        assert_eq!(meaning(error), ["is_forbidden", "is_disabled"]);
    }

    #[test]
    fn an_inner_code_does_not_count_under_another_status() {
        assert_eq!(
            meaning(nested(404, "SecretNotFound", "SecretDisabled")),
            ["is_not_found"]
        );
        assert_eq!(
            meaning(nested(403, "Forbidden", "ObjectIsBeingDeleted")),
            ["is_forbidden"]
        );
        assert!(meaning(nested(400, "BadParameter", "AccessDenied")).is_empty());
    }

    #[test]
    fn other_failures_mean_none_of_these() {
        for status in [400, 405, 412, 500, 503, 504] {
            assert!(meaning(flat(status, "Other")).is_empty(), "{status}");
        }
    }

    #[test]
    fn an_error_that_is_not_of_the_service_means_none_of_these() {
        let error: Error =
            BuildError::of_parameter("GetKey", "key-name", BuildErrorKind::Missing).into();
        assert!(!PREDICATES.iter().any(|(_, _, of_any)| of_any(&error)));
    }
}
