use super::named_host::NamedHost;
use crate::{Cloud, Endpoint, EndpointError};
use std::fmt;
use std::str::FromStr;

/// What other hosts are told.
const FOREIGN: EndpointError = EndpointError::NotOf("a vault, such as `myvault.vault.azure.net`");

/// The URL of a vault: its name, and the cloud it is in.
///
/// For any other host, such as an emulator or a private DNS name, use [`Endpoint::new`].
///
/// ```
/// use keyvault_runtime::key_vault::VaultUrl;
/// use keyvault_runtime::{Cloud, Endpoint};
///
/// let url = VaultUrl::of("myvault", Cloud::Public)?;
/// assert_eq!(url.to_string(), "https://myvault.vault.azure.net");
/// assert_eq!(VaultUrl::parse("https://myvault.vault.azure.net/")?, url);
///
/// let endpoint = Endpoint::from(url).with_api_version("7.4");
/// # Ok::<(), keyvault_runtime::EndpointError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct VaultUrl(NamedHost);

impl VaultUrl {
    /// The vault of a name. Case does not matter.
    ///
    /// # Errors
    /// If the name is not 3 to 24 letters, digits and hyphens, does not start with a letter, or has a hyphen at the
    /// end or two in a row.
    pub fn of(name: &str, cloud: Cloud) -> Result<Self, EndpointError> {
        NamedHost::of(name, cloud, Cloud::vault_suffix).map(Self)
    }

    /// The vault that a URL leads to. Port 443 and a slash at the end may be given.
    ///
    /// # Errors
    /// As for [`Endpoint::new`] and [`of`](Self::of), and if the host is not a name followed by the suffix of a cloud.
    pub fn parse(url: &str) -> Result<Self, EndpointError> {
        NamedHost::parse(url, Cloud::vault_suffix, FOREIGN).map(Self)
    }

    /// The name, in lower case: `myvault`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The cloud.
    #[must_use]
    pub fn cloud(&self) -> Cloud {
        self.0.cloud
    }

    /// What requests are made for.
    #[must_use]
    pub fn as_endpoint(&self) -> &Endpoint {
        &self.0.endpoint
    }
}

impl From<VaultUrl> for Endpoint {
    fn from(url: VaultUrl) -> Self {
        url.0.endpoint
    }
}

impl FromStr for VaultUrl {
    type Err = EndpointError;

    fn from_str(url: &str) -> Result<Self, EndpointError> {
        Self::parse(url)
    }
}

impl fmt::Display for VaultUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_endpoint(), f)
    }
}

impl fmt::Debug for VaultUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VaultUrl({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::EndpointError as E;
    use super::*;
    use crate::key_vault::named_host::NAME_RULE;

    #[test]
    fn name_and_cloud_give_the_url() {
        for (cloud, url) in [
            (Cloud::Public, "https://myvault.vault.azure.net"),
            (Cloud::China, "https://myvault.vault.azure.cn"),
            (
                Cloud::UsGovernment,
                "https://myvault.vault.usgovcloudapi.net",
            ),
        ] {
            let of = VaultUrl::of("Myvault", cloud).unwrap();
            assert_eq!((of.name(), of.cloud()), ("myvault", cloud));
            assert_eq!(Endpoint::from(of.clone()).origin(), url);
            assert_eq!(VaultUrl::parse(url), Ok(of));
        }
    }

    #[test]
    fn a_url_is_normalised() {
        let url: VaultUrl = "HTTPS://Myvault.vault.azure.net:443/".parse().unwrap();
        assert_eq!(
            format!("{url:?}"),
            "VaultUrl(https://myvault.vault.azure.net)"
        );
    }

    #[test]
    fn a_name_against_the_rule_is_refused() {
        let refusal = |name| VaultUrl::of(name, Cloud::Public).unwrap_err();
        for name in ["ab", "evil.com/", "a--b", "my_name"] {
            assert_eq!(refusal(name), E::Name(NAME_RULE), "{name}");
        }
        let url = "https://a_b.vault.azure.net";
        assert_eq!(VaultUrl::parse(url), Err(E::Name(NAME_RULE)));
    }

    #[test]
    fn a_host_that_is_none_of_the_service_is_refused() {
        for host in [
            "localhost",
            "vault.azure.net",
            "a.b.vault.azure.net",
            "myname.vault.azure.net.evil.com",
            "evilvault.azure.net",
            "myname.managedhsm.azure.net",
            "myname.vault.azure.net:8443",
            "10.0.0.1",
            "[::1]",
        ] {
            let refusal = VaultUrl::parse(&format!("https://{host}")).unwrap_err();
            assert_eq!(refusal, FOREIGN, "{host}");
            assert!(refusal.to_string().contains("Endpoint::new"));
        }
    }

    #[test]
    fn a_url_that_is_no_endpoint_is_refused_as_one() {
        for (url, error) in [
            ("http://myvault.vault.azure.net", E::NotHttps),
            ("https://user@myvault.vault.azure.net", E::UserInfo),
            ("https://myvault.vault.azure.net/keys", E::Path),
            ("https://myvault.vault.azure.net?a=b", E::Query),
        ] {
            assert_eq!(VaultUrl::parse(url), Err(error), "{url}");
        }
    }
}
