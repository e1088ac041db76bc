//! What the path of an identifier says.

use super::{Collection, ObjectIdError};

/// The parts of a path, as they stand in it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parts<'a> {
    pub(super) collection: Collection,
    pub(super) deleted: bool,
    pub(super) account: Option<&'a str>,
    pub(super) name: &'a str,
    pub(super) version: Option<&'a str>,
}

impl<'a> Parts<'a> {
    fn of(collection: Collection, name: &'a str) -> Self {
        Self {
            collection,
            deleted: false,
            account: None,
            name,
            version: None,
        }
    }

    /// Reads the segments of a path, without the slashes around it.
    pub(super) fn read(path: &'a str) -> Result<Self, ObjectIdError> {
        let mut segments = path.split('/');
        let first = segments.next().unwrap_or_default();
        let rest: Vec<&str> = segments.collect();
        let parts = match first.strip_prefix("deleted") {
            Some(first) => Self::of_deleted(first, &rest),
            None => Self::of_live(first, &rest),
        }?;
        parts.check()?;
        Ok(parts)
    }

    /// The fixed words go first: they are no names, and no versions.
    fn of_live(first: &str, rest: &[&'a str]) -> Result<Self, ObjectIdError> {
        let collection = collection(first)?;
        let parts = match (collection, rest) {
            (_, []) | (Collection::Certificates, ["issuers"]) => return Err(ObjectIdError::NoName),
            (Collection::Certificates, ["contacts"]) => Self::of(Collection::Contacts, "contacts"),
            (Collection::Certificates, ["issuers", name]) => Self::of(Collection::Issuers, name),
            (Collection::Certificates, [name, "pending"]) => {
                Self::of(Collection::CertificateOperations, name)
            }
            (Collection::Certificates, [name, "policy"]) => {
                Self::of(Collection::CertificatePolicies, name)
            }
            (Collection::Keys, [name, "rotationpolicy"]) => {
                Self::of(Collection::RotationPolicies, name)
            }
            (Collection::StorageAccounts, rest) => Self::of_storage(rest)?,
            (_, [name]) => Self::of(collection, name),
            (_, [name, version]) => Self {
                version: Some(version),
                ..Self::of(collection, name)
            },
            _ => return Err(ObjectIdError::Path),
        };
        Ok(parts)
    }

    /// What is deleted has no version: it is deleted with all of them.
    fn of_deleted(first: &str, rest: &[&'a str]) -> Result<Self, ObjectIdError> {
        let collection = collection(first)?;
        let live = match (collection, rest) {
            (_, []) => return Err(ObjectIdError::NoName),
            (Collection::StorageAccounts, rest) => Self::of_storage(rest)?,
            (_, [name]) => Self::of(collection, name),
            _ => return Err(ObjectIdError::Path),
        };
        Ok(Self {
            deleted: true,
            ..live
        })
    }

    fn of_storage(rest: &[&'a str]) -> Result<Self, ObjectIdError> {
        match rest {
            [name] => Ok(Self::of(Collection::StorageAccounts, name)),
            [account, "sas", name] => Ok(Self {
                account: Some(account),
                ..Self::of(Collection::SasDefinitions, name)
            }),
            [_, "sas"] => Err(ObjectIdError::NoName),
            _ => Err(ObjectIdError::Path),
        }
    }

    fn check(&self) -> Result<(), ObjectIdError> {
        match self.collection {
            Collection::StorageAccounts | Collection::SasDefinitions => {
                std::iter::chain(self.account, [self.name]).try_for_each(check_storage_name)
            }
            _ => {
                check_name(self.name)?;
                self.version.map_or(Ok(()), check_version)
            }
        }
    }
}

fn collection(segment: &str) -> Result<Collection, ObjectIdError> {
    match segment {
        "keys" => Ok(Collection::Keys),
        "secrets" => Ok(Collection::Secrets),
        "certificates" => Ok(Collection::Certificates),
        "storage" => Ok(Collection::StorageAccounts),
        _ => Err(ObjectIdError::Collection),
    }
}

fn check_name(name: &str) -> Result<(), ObjectIdError> {
    match name {
        "" => Err(ObjectIdError::NoName),
        name if is_word(name) => Ok(()),
        _ => Err(ObjectIdError::Name),
    }
}

fn check_version(version: &str) -> Result<(), ObjectIdError> {
    match version {
        "" => Err(ObjectIdError::Path),
        version if is_word(version) => Ok(()),
        _ => Err(ObjectIdError::Version),
    }
}

fn check_storage_name(name: &str) -> Result<(), ObjectIdError> {
    match name {
        "" => Err(ObjectIdError::NoName),
        name if is_word(name) && !name.contains('-') => Ok(()),
        _ => Err(ObjectIdError::StorageName),
    }
}

fn is_word(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::ObjectIdError as E;
    use super::*;

    fn refusal(path: &str) -> E {
        Parts::read(path).unwrap_err()
    }

    #[test]
    fn what_has_versions_is_read_with_and_without() {
        for (path, collection) in [
            ("keys/a-1", Collection::Keys),
            ("secrets/a-1", Collection::Secrets),
            ("certificates/a-1", Collection::Certificates),
        ] {
            assert_eq!(Parts::read(path), Ok(Parts::of(collection, "a-1")));
            assert_eq!(
                Parts::read(&format!("{path}/0af")),
                Ok(Parts {
                    version: Some("0af"),
                    ..Parts::of(collection, "a-1")
                })
            );
        }
    }

    #[test]
    fn fixed_words_are_neither_names_nor_versions() {
        for (path, collection, name) in [
            ("certificates/contacts", Collection::Contacts, "contacts"),
            ("certificates/issuers/a", Collection::Issuers, "a"),
            (
                "certificates/a/pending",
                Collection::CertificateOperations,
                "a",
            ),
            (
                "certificates/a/policy",
                Collection::CertificatePolicies,
                "a",
            ),
            ("keys/a/rotationpolicy", Collection::RotationPolicies, "a"),
        ] {
            assert_eq!(Parts::read(path), Ok(Parts::of(collection, name)), "{path}");
        }
        assert_eq!(refusal("certificates/issuers"), E::NoName);
    }

    #[test]
    fn a_fixed_word_of_another_collection_is_a_name() {
        for (path, collection, name) in [
            ("keys/issuers", Collection::Keys, "issuers"),
            ("secrets/contacts", Collection::Secrets, "contacts"),
            ("certificates/pending", Collection::Certificates, "pending"),
        ] {
            assert_eq!(Parts::read(path), Ok(Parts::of(collection, name)), "{path}");
        }
    }

    #[test]
    fn storage_accounts_and_their_definitions_are_read() {
        assert_eq!(
            Parts::read("storage/a1"),
            Ok(Parts::of(Collection::StorageAccounts, "a1"))
        );
        let definition = |deleted| Parts {
            deleted,
            account: Some("a1"),
            ..Parts::of(Collection::SasDefinitions, "b2")
        };
        assert_eq!(Parts::read("storage/a1/sas/b2"), Ok(definition(false)));
        assert_eq!(
            Parts::read("deletedstorage/a1/sas/b2"),
            Ok(definition(true))
        );
    }

    #[test]
    fn what_is_deleted_is_told_and_has_no_version() {
        for (path, collection) in [
            ("deletedkeys/a", Collection::Keys),
            ("deletedsecrets/a", Collection::Secrets),
            ("deletedcertificates/a", Collection::Certificates),
            ("deletedstorage/a", Collection::StorageAccounts),
        ] {
            let deleted = true;
            assert_eq!(
                Parts::read(path),
                Ok(Parts {
                    deleted,
                    ..Parts::of(collection, "a")
                })
            );
            assert_eq!(refusal(&format!("{path}/0af")), E::Path);
        }
    }

    #[test]
    fn only_collections_with_identifiers_are_known() {
        for path in [
            "",
            "a",
            "Keys/a",
            "key/a",
            "deleted/a",
            "deletedissuers/a",
            "backup/a/pending",
            "/keys/a",
            "deleteddeletedkeys/a",
        ] {
            assert_eq!(refusal(path), E::Collection, "{path}");
        }
    }

    #[test]
    fn a_name_must_be_there() {
        for path in [
            "keys",
            "keys/",
            "keys//0af",
            "deletedkeys",
            "storage",
            "storage//sas/b",
            "storage/a/sas",
            "storage/a/sas/",
            "certificates/issuers/",
            "certificates//pending",
        ] {
            assert_eq!(refusal(path), E::NoName, "{path}");
        }
    }

    #[test]
    fn more_or_other_segments_are_refused() {
        for path in [
            "keys/a/",
            "keys/a//",
            "keys/a/0af/sign",
            "storage/a/b",
            "storage/a/keys/b",
            "storage/a/sas/b/c",
            "certificates/issuers/a/b",
            "certificates/a/pending/b",
        ] {
            assert_eq!(refusal(path), E::Path, "{path}");
        }
    }

    #[test]
    fn names_and_versions_are_words() {
        for word in [
            ".", "..", "a_b", "a.b", "é", "a b", "a\\b", "a\0", "a\n", "a:b", "a@b",
        ] {
            assert_eq!(refusal(&format!("keys/{word}")), E::Name, "{word:?}");
            assert_eq!(
                refusal(&format!("certificates/{word}/policy")),
                E::Name,
                "{word:?}"
            );
            assert_eq!(refusal(&format!("keys/a/{word}")), E::Version, "{word:?}");
            for path in [
                format!("storage/{word}"),
                format!("storage/{word}/sas/a"),
                format!("deletedstorage/a/sas/{word}"),
            ] {
                assert_eq!(refusal(&path), E::StorageName, "{path:?}");
            }
        }
        assert_eq!(refusal("storage/a-b"), E::StorageName);
    }
}
