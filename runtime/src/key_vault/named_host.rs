use crate::{Cloud, Endpoint, EndpointError};

/// A host that is a name and the suffix of a service: what vaults and managed HSMs have in common.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct NamedHost {
    pub(super) name: String,
    pub(super) cloud: Cloud,
    pub(super) endpoint: Endpoint,
}

/// The suffix that the hosts of a service have in a cloud.
pub(super) type Suffix = fn(Cloud) -> &'static str;

impl NamedHost {
    pub(super) fn of(name: &str, cloud: Cloud, suffix: Suffix) -> Result<Self, EndpointError> {
        if !is_resource_name(name) {
            return Err(EndpointError::Name(NAME_RULE));
        }
        let name = name.to_ascii_lowercase();
        let endpoint = Endpoint::new(&format!("https://{name}.{}", suffix(cloud)))?;
        Ok(Self {
            name,
            cloud,
            endpoint,
        })
    }

    /// Reads a URL; `foreign` is the error for a host that is none of the service's.
    pub(super) fn parse(
        url: &str,
        suffix: Suffix,
        foreign: EndpointError,
    ) -> Result<Self, EndpointError> {
        let endpoint = Endpoint::new(url)?;
        let (name, domain) = endpoint.host().split_once('.').ok_or(foreign)?;
        let cloud = Cloud::ALL
            .into_iter()
            .find(|cloud| suffix(*cloud) == domain);
        match cloud {
            Some(cloud) if endpoint.port() == 443 => Self::of(name, cloud, suffix),
            _ => Err(foreign),
        }
    }
}

/// What [`is_resource_name`] wants, in words.
pub(super) const NAME_RULE: &str = "the name of a vault or managed HSM has 3 to 24 letters, digits and hyphens, starts \
                                    with a letter, and has no hyphen at the end or beside another";

/// The rule of the service for the names of vaults and managed HSMs.
fn is_resource_name(name: &str) -> bool {
    (3..=24).contains(&name.len())
        && name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.split('-').all(is_word)
}

/// What stands between hyphens: being neither empty, no hyphen is doubled or last.
fn is_word(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_rule_of_the_service() {
        let longest = "a".repeat(24);
        for name in ["abc", "a-1", "A1-b2-C3", &longest] {
            assert!(is_resource_name(name), "{name}");
        }
        let too_long = "a".repeat(25);
        for name in [
            "", "ab", &too_long, "1abc", "-abc", "abc-", "a--b", "a_b", "a.b", "abcé", "a/b",
            "a@b", "a b", "abc\n",
        ] {
            assert!(!is_resource_name(name), "{name:?}");
        }
    }
}
