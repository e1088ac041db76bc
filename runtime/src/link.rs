//! URLs that the service hands over, which a token is going to follow.

use crate::{Endpoint, RefusedError};
use http::Uri;
use std::fmt;

/// Where a URL of the service stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LinkKind {
    /// The member of a page that leads to the next one.
    NextPage,
    /// A header that says where the state of an operation can be asked for.
    Status,
    /// The member that says where the result of an operation is.
    Result,
    /// The URL of a request that is sent by hand.
    Given,
}

impl fmt::Display for LinkKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NextPage => "the link to the next page",
            Self::Status => "the link to the state of the operation",
            Self::Result => "the link to the result",
            Self::Given => "the URL of the request",
        })
    }
}

/// A URL as it may be shown: without query and fragment, which can hold a token.
///
/// ```
/// # use keyvault_runtime::ShownUrl;
/// let link = "https://myvault.vault.azure.net/keys?$skiptoken=eyJOZXh0";
/// assert_eq!(ShownUrl(link).to_string(), "https://myvault.vault.azure.net/keys?***");
/// ```
#[derive(Clone, Copy)]
pub struct ShownUrl<'a>(pub &'a str);

impl fmt::Display for ShownUrl<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.find(['?', '#']) {
            Some(end) => write!(f, "{}?***", self.0.get(..end).unwrap_or_default()),
            None => f.write_str(self.0),
        }
    }
}

/// In quotation marks, as a text is.
impl fmt::Debug for ShownUrl<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.to_string(), f)
    }
}

/// The URL to send to, if the link leads to the origin of the endpoint. An explicit default port is no difference, and
/// path and query stay as they were given.
pub(crate) fn follow(endpoint: &Endpoint, link: &str, kind: LinkKind) -> Result<Uri, RefusedError> {
    let link = link.trim_ascii();
    if !link.is_ascii() {
        return Err(RefusedError::MalformedLink { kind });
    }
    let target = match is_path(link) {
        true => link,
        false => target_at(endpoint, link, kind)?,
    };
    let target = target.split('#').next().unwrap_or_default();
    let slash = if target.starts_with('/') { "" } else { "/" };
    let url = format!("{}{slash}{target}", endpoint.origin());
    Uri::try_from(url).map_err(|_| RefusedError::MalformedLink { kind })
}

/// A path without an authority, which some services send in `Location`.
fn is_path(link: &str) -> bool {
    link.starts_with('/') && !link.starts_with("//") && !link.starts_with("/\\")
}

/// Path and query of a URL, after a look at everything before them.
fn target_at<'a>(
    endpoint: &Endpoint,
    link: &'a str,
    kind: LinkKind,
) -> Result<&'a str, RefusedError> {
    let malformed = RefusedError::MalformedLink { kind };
    let (scheme, rest) = link.split_once("://").ok_or(malformed)?;
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let (authority, target) = rest.split_at(end);
    let foreign = |origin| RefusedError::ForeignLink { kind, origin };
    let origin = Endpoint::of_parts(scheme, authority).map_err(|_| foreign(None))?;
    match origin.origin() == endpoint.origin() {
        true => Ok(target),
        false => Err(foreign(Some(origin.origin().to_owned()))),
    }
}

/// Adds the `api-version` to a URL that has none: the service leaves it out of some of its own links, and then asks
/// for it.
pub(crate) fn with_api_version(uri: Uri, version: Option<&str>) -> Uri {
    let Some(version) = version.filter(|_| !has_api_version(&uri)) else {
        return uri;
    };
    let mark = if uri.query().is_some() { '&' } else { '?' };
    let url = format!(
        "{uri}{mark}api-version={}",
        crate::request::encode_value(version)
    );
    Uri::try_from(url).unwrap_or(uri)
}

fn has_api_version(uri: &Uri) -> bool {
    let query = uri.query().unwrap_or_default();
    query.split('&').any(|pair| {
        let name = pair.split('=').next().unwrap_or_default();
        name.eq_ignore_ascii_case("api-version")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vault() -> Endpoint {
        Endpoint::new("https://myvault.vault.azure.net").unwrap()
    }

    fn followed(link: &str) -> Result<String, RefusedError> {
        follow(&vault(), link, LinkKind::NextPage).map(|uri| uri.to_string())
    }

    #[test]
    fn a_url_is_shown_without_query_and_fragment() {
        for (url, shown) in [
            ("https://h/keys", "https://h/keys"),
            ("https://h/keys?a=1?b#c", "https://h/keys?***"),
            ("https://h/é#token", "https://h/é?***"),
            ("?", "?***"),
            ("", ""),
        ] {
            assert_eq!(ShownUrl(url).to_string(), shown);
            assert_eq!(
                format!("{:?}", Some(ShownUrl(url))),
                format!("Some({shown:?})")
            );
        }
    }

    #[test]
    fn a_link_of_the_same_origin_is_followed_as_it_is() {
        let target = "/keys?api-version=7.0&$skiptoken=eyJOZXh0&maxresults=2";
        for origin in [
            "https://myvault.vault.azure.net",
            "https://myvault.vault.azure.net:443",
            "HTTPS://MyVault.Vault.Azure.Net:443",
            "",
        ] {
            let expected = format!("https://myvault.vault.azure.net{target}");
            assert_eq!(
                followed(&format!("{origin}{target}")),
                Ok(expected),
                "{origin}"
            );
        }
        assert_eq!(
            followed("https://myvault.vault.azure.net?a=%2F#x").unwrap(),
            "https://myvault.vault.azure.net/?a=%2F"
        );
    }

    #[test]
    fn a_link_to_another_origin_is_refused() {
        for link in [
            "https://evil.example/keys",
            "http://myvault.vault.azure.net/keys",
            "https://myvault.vault.azure.net:444/keys",
            "https://myvault.vault.azure.net.evil.example/keys",
            "https://evil.example\\@myvault.vault.azure.net/keys",
            "https://user@myvault.vault.azure.net/keys",
            "https://myvault.vault.azure.net@evil.example/keys",
            "ftp://myvault.vault.azure.net/",
        ] {
            let error = followed(link).unwrap_err();
            assert!(
                matches!(error, RefusedError::ForeignLink { .. }),
                "{link}: {error}"
            );
            assert!(!error.to_string().contains("keys"));
        }
    }

    #[test]
    fn what_is_no_url_is_refused() {
        for link in [
            "",
            "keys",
            "//evil.example/keys",
            "/\\evil.example",
            "https://myvault.vault.azure.net/a b",
            "/é",
        ] {
            assert!(followed(link).is_err(), "{link}");
        }
    }

    #[test]
    fn the_api_version_is_added_where_it_is_missing() {
        let with = |url: &str| with_api_version(url.parse().unwrap(), Some("7.5 x")).to_string();
        assert_eq!(
            with("https://h/backup/1/pending"),
            "https://h/backup/1/pending?api-version=7.5%20x"
        );
        assert_eq!(
            with("https://h/a?b=1"),
            "https://h/a?b=1&api-version=7.5%20x"
        );
        assert_eq!(
            with("https://h/a?API-Version=1"),
            "https://h/a?API-Version=1"
        );
        assert_eq!(
            with_api_version("https://h/a".parse().unwrap(), None).to_string(),
            "https://h/a"
        );
    }
}
