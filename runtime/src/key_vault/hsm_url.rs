use super::named_host::NamedHost;
use crate::{Cloud, Endpoint, EndpointError};
use std::fmt;
use std::str::FromStr;

/// What other hosts are told.
const FOREIGN: EndpointError =
    EndpointError::NotOf("a managed HSM, such as `myhsm.managedhsm.azure.net`");

/// The URL of a managed HSM: its name, and the cloud it is in.
///
/// For any other host, such as an emulator or a private DNS name, use [`Endpoint::new`].
///
/// ```
/// use keyvault_runtime::key_vault::HsmUrl;
/// use keyvault_runtime::{Cloud, Endpoint};
///
/// let url = HsmUrl::of("myhsm", Cloud::Public)?;
/// assert_eq!(url.to_string(), "https://myhsm.managedhsm.azure.net");
/// assert_eq!(HsmUrl::parse("https://myhsm.managedhsm.azure.net/")?, url);
///
/// let endpoint = Endpoint::from(url).with_api_version("7.4");
/// # Ok::<(), keyvault_runtime::EndpointError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct HsmUrl(NamedHost);

impl HsmUrl {
    /// The managed HSM of a name. Case does not matter.
    ///
    /// # Errors
    /// If the name is not 3 to 24 letters, digits and hyphens, does not start with a letter, or has a hyphen at the
    /// end or two in a row.
    pub fn of(name: &str, cloud: Cloud) -> Result<Self, EndpointError> {
        NamedHost::of(name, cloud, Cloud::hsm_suffix).map(Self)
    }

    /// The managed HSM that a URL leads to. Port 443 and a slash at the end may be given.
    ///
    /// # Errors
    /// As for [`Endpoint::new`] and [`of`](Self::of), and if the host is not a name followed by the suffix of a cloud.
    pub fn parse(url: &str) -> Result<Self, EndpointError> {
        NamedHost::parse(url, Cloud::hsm_suffix, FOREIGN).map(Self)
    }

    /// The name, in lower case: `myhsm`.
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

impl From<HsmUrl> for Endpoint {
    fn from(url: HsmUrl) -> Self {
        url.0.endpoint
    }
}

impl FromStr for HsmUrl {
    type Err = EndpointError;

    fn from_str(url: &str) -> Result<Self, EndpointError> {
        Self::parse(url)
    }
}

impl fmt::Display for HsmUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_endpoint(), f)
    }
}

impl fmt::Debug for HsmUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HsmUrl({self})")
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
            (Cloud::Public, "https://myhsm.managedhsm.azure.net"),
            (Cloud::China, "https://myhsm.managedhsm.azure.cn"),
            (
                Cloud::UsGovernment,
                "https://myhsm.managedhsm.usgovcloudapi.net",
            ),
        ] {
            let of = HsmUrl::of("Myhsm", cloud).unwrap();
            assert_eq!((of.name(), of.cloud()), ("myhsm", cloud));
            assert_eq!(Endpoint::from(of.clone()).origin(), url);
            assert_eq!(HsmUrl::parse(url), Ok(of));
        }
    }

    #[test]
    fn a_url_is_normalised() {
        let url: HsmUrl = "HTTPS://Myhsm.managedhsm.azure.net:443/".parse().unwrap();
        assert_eq!(
            format!("{url:?}"),
            "HsmUrl(https://myhsm.managedhsm.azure.net)"
        );
    }

    #[test]
    fn a_name_against_the_rule_is_refused() {
        let refusal = |name| HsmUrl::of(name, Cloud::Public).unwrap_err();
        for name in ["ab", "evil.com/", "a--b", "my_name"] {
            assert_eq!(refusal(name), E::Name(NAME_RULE), "{name}");
        }
        let url = "https://a_b.managedhsm.azure.net";
        assert_eq!(HsmUrl::parse(url), Err(E::Name(NAME_RULE)));
    }

    #[test]
    fn a_host_that_is_none_of_the_service_is_refused() {
        for host in [
            "localhost",
            "managedhsm.azure.net",
            "a.b.managedhsm.azure.net",
            "myname.managedhsm.azure.net.evil.com",
            "evilmanagedhsm.azure.net",
            "myname.vault.azure.net",
            "myname.managedhsm.azure.net:8443",
            "10.0.0.1",
            "[::1]",
        ] {
            let refusal = HsmUrl::parse(&format!("https://{host}")).unwrap_err();
            assert_eq!(refusal, FOREIGN, "{host}");
            assert!(refusal.to_string().contains("Endpoint::new"));
        }
    }

    #[test]
    fn a_url_that_is_no_endpoint_is_refused_as_one() {
        for (url, error) in [
            ("http://myhsm.managedhsm.azure.net", E::NotHttps),
            ("https://user@myhsm.managedhsm.azure.net", E::UserInfo),
            ("https://myhsm.managedhsm.azure.net/keys", E::Path),
            ("https://myhsm.managedhsm.azure.net?a=b", E::Query),
        ] {
            assert_eq!(HsmUrl::parse(url), Err(error), "{url}");
        }
    }
}
