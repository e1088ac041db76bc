//! The URLs by which the service names what is in a vault or a managed HSM.

mod collection;
mod error;
mod path;

pub use collection::Collection;
pub use error::ObjectIdError;

use crate::Endpoint;
use path::Parts;
use std::fmt;
use std::str::FromStr;

/// The identifier of something in a vault or a managed HSM: what the service sends as `kid`, `id`, `sid`,
/// `recoveryId` and `target`.
///
/// ```
/// use keyvault_runtime::key_vault::{Collection, ObjectId};
///
/// let kid = "https://myvault.vault.azure.net/keys/my-key/0123456789abcdef0123456789abcdef";
/// let id = ObjectId::parse(kid)?;
/// assert_eq!(id.endpoint().host(), "myvault.vault.azure.net");
/// assert_eq!(id.collection(), Collection::Keys);
/// assert_eq!(id.name(), "my-key");
/// assert_eq!(id.version(), Some("0123456789abcdef0123456789abcdef"));
/// assert_eq!(id.to_string(), kid);
/// # Ok::<(), keyvault_runtime::key_vault::ObjectIdError>(())
/// ```
///
/// The host may be any. Where an identifier comes from somebody else, compare its [`endpoint`](Self::endpoint) with
/// your own before a request with a token goes there.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ObjectId {
    endpoint: Endpoint,
    path: String,
    collection: Collection,
    deleted: bool,
    account: Option<String>,
    name: String,
    version: Option<String>,
}

impl ObjectId {
    /// Reads an identifier. The port 443 and one slash at the end may be given, and are dropped.
    ///
    /// # Errors
    /// If the URL is no https origin followed by the path of an object, or has an escape, a query or a fragment.
    pub fn parse(url: &str) -> Result<Self, ObjectIdError> {
        refuse_other_parts(url)?;
        let (origin, path) = split(url);
        let endpoint = Endpoint::new(origin)?;
        let path = path.strip_suffix('/').unwrap_or(path);
        let parts = Parts::read(path)?;
        Ok(Self {
            endpoint,
            path: path.to_owned(),
            collection: parts.collection,
            deleted: parts.deleted,
            account: parts.account.map(str::to_owned),
            name: parts.name.to_owned(),
            version: parts.version.map(str::to_owned),
        })
    }

    /// The vault or managed HSM that the object is in.
    #[must_use]
    pub fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// What the object is.
    #[must_use]
    pub fn collection(&self) -> Collection {
        self.collection
    }

    /// Whether the identifier is that of a deleted object, under which it can be recovered or purged.
    #[must_use]
    pub fn is_deleted(&self) -> bool {
        self.deleted
    }

    /// The storage account that a SAS definition belongs to.
    #[must_use]
    pub fn account(&self) -> Option<&str> {
        self.account.as_deref()
    }

    /// The name: of the key, for its rotation policy; of the certificate, for its policy and its creation. That of the
    /// contacts is `contacts`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The version of a key, a secret or a certificate, if the identifier is not that of the newest.
    #[must_use]
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }
}

/// Refuses what no identifier has. Neither may a token in a query get into a name, and so into a log.
fn refuse_other_parts(url: &str) -> Result<(), ObjectIdError> {
    let part = |mark| match mark {
        '?' => Some(ObjectIdError::Query),
        '#' => Some(ObjectIdError::Fragment),
        '%' => Some(ObjectIdError::Escape),
        _ => None,
    };
    url.chars().find_map(part).map_or(Ok(()), Err)
}

/// Origin and path, the slash between them dropped.
fn split(url: &str) -> (&str, &str) {
    let authority = url.find("://").map_or(0, |scheme| scheme + "://".len());
    let end = url[authority..].find('/').map(|slash| authority + slash);
    end.map_or((url, ""), |end| (&url[..end], &url[end + 1..]))
}

impl FromStr for ObjectId {
    type Err = ObjectIdError;

    fn from_str(url: &str) -> Result<Self, ObjectIdError> {
        Self::parse(url)
    }
}

/// The URL, as the service writes it.
impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.endpoint.origin(), self.path)
    }
}

impl fmt::Debug for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ObjectId({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::ObjectIdError as E;
    use super::*;
    use crate::EndpointError;

    fn id(url: &str) -> ObjectId {
        url.parse().unwrap()
    }

    fn refusal(url: &str) -> E {
        ObjectId::parse(url).unwrap_err()
    }

    #[test]
    fn every_part_is_told() {
        let key = id("https://myhsm.managedhsm.azure.net/keys/my-key/0af");
        assert_eq!(
            key.endpoint().origin(),
            "https://myhsm.managedhsm.azure.net"
        );
        assert_eq!(
            (key.collection(), key.is_deleted()),
            (Collection::Keys, false)
        );
        assert_eq!(
            (key.account(), key.name(), key.version()),
            (None, "my-key", Some("0af"))
        );
        let definition = id("https://host/deletedstorage/account/sas/definition");
        assert_eq!(
            (definition.collection(), definition.is_deleted()),
            (Collection::SasDefinitions, true)
        );
        assert_eq!(
            (
                definition.account(),
                definition.name(),
                definition.version()
            ),
            (Some("account"), "definition", None)
        );
    }

    #[test]
    fn the_url_is_given_back() {
        for path in [
            "keys/a/0af",
            "keys/a/rotationpolicy",
            "deletedkeys/a",
            "secrets/a",
            "certificates/a/pending",
            "certificates/a/policy",
            "certificates/contacts",
            "certificates/issuers/a",
            "storage/a/sas/b",
            "deletedstorage/a/sas/b",
        ] {
            let url = format!("https://myvault.vault.azure.net/{path}");
            assert_eq!(id(&url).to_string(), url);
        }
    }

    #[test]
    fn the_default_port_the_case_of_the_host_and_a_last_slash_do_not_matter() {
        let canonical = id("https://myvault.vault.azure.net/keys/Key");
        let other = id("HTTPS://MyVault.Vault.Azure.NET:443/keys/Key/");
        assert_eq!(canonical, other);
        assert_eq!(
            format!("{other:?}"),
            "ObjectId(https://myvault.vault.azure.net/keys/Key)"
        );
    }

    #[test]
    fn another_port_stays() {
        let url = "https://localhost:8443/secrets/a";
        assert_eq!(id(url).to_string(), url);
    }

    #[test]
    fn the_case_of_a_name_stays() {
        assert_ne!(id("https://host/keys/a"), id("https://host/keys/A"));
    }

    #[test]
    fn whatever_an_identifier_does_not_have_is_refused() {
        for (url, error) in [
            ("https://host/keys/a?api-version=7.4", E::Query),
            ("https://host/keys?sig=secret", E::Query),
            ("https://host/keys/a#b", E::Fragment),
            ("https://host/keys/a%2Fb", E::Escape),
            ("https://h%6fst/keys/a", E::Escape),
            ("https://host/keys/../secrets/a", E::Path),
            ("https://host/../keys/a", E::Collection),
            ("https://host/keys/..", E::Name),
            ("https://host/keys/a//", E::Path),
            ("https://host//keys/a", E::Collection),
            ("https://host", E::Collection),
            ("https://host/", E::Collection),
        ] {
            assert_eq!(refusal(url), error, "{url}");
        }
    }

    #[test]
    fn what_comes_before_the_path_must_be_an_endpoint() {
        for (url, error) in [
            ("", EndpointError::NotHttps),
            ("keys/a", EndpointError::NotHttps),
            ("http://127.0.0.1/keys/a", EndpointError::NotHttps),
            ("https:///keys/a", EndpointError::NoHost),
            ("https://user:password@host/keys/a", EndpointError::UserInfo),
            ("https://host:x/keys/a", EndpointError::InvalidPort),
            ("https://evil\\keys/a", EndpointError::Path),
            ("é://h/keys/a", EndpointError::NotHttps),
        ] {
            assert_eq!(refusal(url), E::Endpoint(error), "{url}");
        }
    }

    #[test]
    fn errors_do_not_quote_the_url() {
        for url in [
            "https://host/keys/a?sig=hunter2",
            "https://user:hunter2@host/keys/a",
            "https://host/hunter2",
            "https://host/keys/hunter_2",
        ] {
            let error = refusal(url);
            assert!(!format!("{error} {error:?}").contains("hunter"), "{error}");
        }
    }
}
