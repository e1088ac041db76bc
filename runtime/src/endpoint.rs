use crate::{Cloud, EndpointError};
use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// What requests go to, such as a vault or the management plane: an origin, and nothing more.
///
/// The host is lower-cased and the default port dropped, so that an origin has one form.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Endpoint {
    origin: String,
    host: String,
    port: u16,
    api_version: Option<String>,
}

impl Endpoint {
    /// An origin with https, such as `https://myvault.vault.azure.net`.
    ///
    /// # Errors
    /// If the URL has another scheme, or anything besides a host and a port. A lone `/` at the end is fine.
    pub fn new(url: &str) -> Result<Self, EndpointError> {
        let authority = after_scheme(url, "https://").ok_or(EndpointError::NotHttps)?;
        Self::from_authority("https", 443, authority)
    }

    /// An origin with plain http on this very machine, such as `http://127.0.0.1:8080`: for emulators and tests.
    ///
    /// # Errors
    /// As for [`new`](Self::new), and if the host is not in 127.0.0.0/8, `[::1]` or `localhost`.
    pub fn loopback(url: &str) -> Result<Self, EndpointError> {
        let authority = after_scheme(url, "http://").ok_or(EndpointError::NotHttp)?;
        let endpoint = Self::from_authority("http", 80, authority)?;
        if is_loopback(&endpoint.host) {
            Ok(endpoint)
        } else {
            Err(EndpointError::NotLoopback)
        }
    }

    /// The management plane of a cloud, such as `https://management.azure.com`.
    #[must_use]
    pub fn management(cloud: Cloud) -> Self {
        let host = cloud.management_host();
        Self {
            origin: format!("https://{host}"),
            host: host.to_owned(),
            port: 443,
            api_version: None,
        }
    }

    /// Asks for another API version than the one the operations were generated from.
    ///
    /// Operations that are bound to one version, or take none, stay as they are.
    #[must_use]
    pub fn with_api_version(mut self, api_version: impl Into<String>) -> Self {
        self.api_version = Some(api_version.into());
        self
    }

    /// Scheme, host, and the port unless it is the default: `https://myvault.vault.azure.net`.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The host in lower case; an IPv6 address in brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port, whether it was given or is the default.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The API version that replaces that of the operations, if any.
    #[must_use]
    pub fn api_version(&self) -> Option<&str> {
        self.api_version.as_deref()
    }

    /// An origin of a scheme and an authority, of either of the two schemes.
    pub(crate) fn of_parts(scheme: &str, authority: &str) -> Result<Self, EndpointError> {
        if scheme.eq_ignore_ascii_case("https") {
            Self::from_authority("https", 443, authority)
        } else if scheme.eq_ignore_ascii_case("http") {
            Self::from_authority("http", 80, authority)
        } else {
            Err(EndpointError::NotHttps)
        }
    }

    fn from_authority(
        scheme: &str,
        default_port: u16,
        authority: &str,
    ) -> Result<Self, EndpointError> {
        let authority = authority.strip_suffix('/').unwrap_or(authority);
        refuse_other_parts(authority)?;
        let (host, port) = split(authority);
        let host = host_of(host)?;
        let port = port.map_or(Ok(default_port), port_of)?;
        let origin = if port == default_port {
            format!("{scheme}://{host}")
        } else {
            format!("{scheme}://{host}:{port}")
        };
        Ok(Self {
            origin,
            host,
            port,
            api_version: None,
        })
    }
}

fn after_scheme<'a>(url: &'a str, scheme: &str) -> Option<&'a str> {
    let (start, rest) = url.split_at_checked(scheme.len())?;
    start.eq_ignore_ascii_case(scheme).then_some(rest)
}

/// Names the part of a URL that an endpoint must not have. The backslash is a slash to some parsers.
fn refuse_other_parts(authority: &str) -> Result<(), EndpointError> {
    let part = |mark| match mark {
        '@' => Some(EndpointError::UserInfo),
        '?' => Some(EndpointError::Query),
        '#' => Some(EndpointError::Fragment),
        '/' | '\\' => Some(EndpointError::Path),
        _ => None,
    };
    authority.chars().find_map(part).map_or(Ok(()), Err)
}

/// Host and port. The colons within brackets belong to the host.
fn split(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    }
}

fn port_of(port: &str) -> Result<u16, EndpointError> {
    let digits = port.len() <= 5 && port.bytes().all(|byte| byte.is_ascii_digit());
    let number = port.parse().ok().filter(|number| digits && *number != 0);
    number.ok_or(EndpointError::InvalidPort)
}

fn host_of(host: &str) -> Result<String, EndpointError> {
    if host.is_empty() {
        return Err(EndpointError::NoHost);
    }
    if let Some(address) = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
    {
        let address: Ipv6Addr = address.parse().map_err(|_| EndpointError::InvalidHost)?;
        return Ok(format!("[{address}]"));
    }
    let host = host.to_ascii_lowercase();
    if is_name(&host) || host.parse::<Ipv4Addr>().is_ok() {
        Ok(host)
    } else {
        Err(EndpointError::InvalidHost)
    }
}

/// A DNS name. One whose last label looks like a number is an address to some parsers, and which one is their choice.
fn is_name(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    let numeric = last.starts_with("0x") || last.bytes().all(|byte| byte.is_ascii_digit());
    host.len() <= 253 && !numeric && host.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (1..=63).contains(&label.len())
        && label.bytes().all(allowed)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host == "[::1]"
        || host
            .parse()
            .is_ok_and(|address: Ipv4Addr| address.is_loopback())
}

impl FromStr for Endpoint {
    type Err = EndpointError;

    fn from_str(url: &str) -> Result<Self, EndpointError> {
        Self::new(url)
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.origin)
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Endpoint({}", self.origin)?;
        if let Some(version) = &self.api_version {
            write!(f, ", api-version {version:?}")?;
        }
        f.write_str(")")
    }
}

#[cfg(test)]
mod tests {
    use super::EndpointError as E;
    use super::*;

    fn origin(url: &str) -> String {
        Endpoint::new(url).unwrap().to_string()
    }

    fn refusal(url: &str) -> E {
        Endpoint::new(url).unwrap_err()
    }

    #[test]
    fn an_origin_is_normalised() {
        assert_eq!(
            origin("https://myvault.vault.azure.net"),
            "https://myvault.vault.azure.net"
        );
        assert_eq!(
            origin("HTTPS://MyVault.Vault.Azure.NET:443/"),
            "https://myvault.vault.azure.net"
        );
        assert_eq!(origin("https://host:08443"), "https://host:8443");
        assert_eq!(origin("https://10.0.0.1:80"), "https://10.0.0.1:80");
        assert_eq!(origin("https://[0:0::1]:8443"), "https://[::1]:8443");
    }

    #[test]
    fn host_and_port_are_told() {
        let endpoint: Endpoint = "https://Host".parse().unwrap();
        assert_eq!((endpoint.host(), endpoint.port()), ("host", 443));
        let endpoint = Endpoint::new("https://[::1]:8443").unwrap();
        assert_eq!((endpoint.host(), endpoint.port()), ("[::1]", 8443));
    }

    #[test]
    fn the_api_version_can_be_replaced() {
        let endpoint = Endpoint::new("https://host")
            .unwrap()
            .with_api_version("7.4");
        assert_eq!(endpoint.api_version(), Some("7.4"));
        assert_eq!(
            format!("{endpoint:?}"),
            r#"Endpoint(https://host, api-version "7.4")"#
        );
    }

    #[test]
    fn the_management_plane_of_a_cloud_is_an_endpoint_like_any_other() {
        for (cloud, url) in [
            (Cloud::Public, "https://management.azure.com"),
            (Cloud::China, "https://management.chinacloudapi.cn"),
            (Cloud::UsGovernment, "https://management.usgovcloudapi.net"),
        ] {
            assert_eq!(Endpoint::management(cloud), Endpoint::new(url).unwrap());
        }
    }

    #[test]
    fn only_https_is_accepted() {
        for url in [
            "http://host",
            "host",
            "",
            "https:",
            "https:/host",
            " https://host",
            "ftp://host",
            "éhttps://h",
        ] {
            assert_eq!(refusal(url), E::NotHttps, "{url}");
        }
    }

    #[test]
    fn whatever_hides_another_host_is_refused() {
        for (url, error) in [
            ("https://good@evil", E::UserInfo),
            ("https://user:password@evil", E::UserInfo),
            ("https://@evil", E::UserInfo),
            ("https://evil#good", E::Fragment),
            ("https://evil?good", E::Query),
            ("https://evil/good", E::Path),
            ("https://host//", E::Path),
            ("https:///host", E::Path),
            ("https://evil\\good", E::Path),
            ("https://evil\\@good", E::Path),
            ("https://evil%2egood", E::InvalidHost),
            ("https://evil\tgood", E::InvalidHost),
            ("https://evil\r\nhost", E::InvalidHost),
            ("https://evil\0", E::InvalidHost),
            ("https://evil good", E::InvalidHost),
            ("https://évil", E::InvalidHost),
        ] {
            assert_eq!(refusal(url), error, "{url:?}");
        }
    }

    #[test]
    fn malformed_hosts_and_ports_are_refused() {
        assert_eq!(refusal("https://"), E::NoHost);
        assert_eq!(refusal("https:///"), E::NoHost);
        assert_eq!(refusal("https://:443"), E::NoHost);
        for host in [
            ".",
            "a.",
            ".a",
            "a..b",
            "-a",
            "a-",
            "127.1",
            "1.2.3.4.5",
            "0x7f.1",
            "a.0x7f",
            "256.1.1.1",
            "a:b",
        ] {
            assert_eq!(
                refusal(&format!("https://{host}:1")),
                E::InvalidHost,
                "{host}"
            );
        }
        for host in [
            "[::1",
            "::1",
            "[]",
            "[::1%25eth0]",
            "[127.0.0.1]",
            "[::1]x",
            "[::1]]",
        ] {
            assert_eq!(
                refusal(&format!("https://{host}:1")),
                E::InvalidHost,
                "{host}"
            );
        }
        assert_eq!(
            refusal(&format!("https://{}", "a".repeat(64))),
            E::InvalidHost
        );
        assert_eq!(
            refusal(&format!("https://{}a", "a.".repeat(127))),
            E::InvalidHost
        );
        for port in [
            "", "0", "+443", "-1", "65536", "000443", "4 4", "https", "４",
        ] {
            assert_eq!(
                refusal(&format!("https://host:{port}")),
                E::InvalidPort,
                "{port}"
            );
        }
    }

    #[test]
    fn plain_http_stays_on_this_machine() {
        for (url, origin) in [
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://127.8.9.1:80/", "http://127.8.9.1"),
            ("http://LOCALHOST:443", "http://localhost:443"),
            ("http://[::1]:8080", "http://[::1]:8080"),
        ] {
            assert_eq!(Endpoint::loopback(url).unwrap().origin(), origin);
        }
    }

    #[test]
    fn plain_http_to_any_other_machine_is_refused() {
        for (url, error) in [
            ("http://127.0.0.1.evil.com", E::NotLoopback),
            ("http://localhost.evil.com", E::NotLoopback),
            ("http://evil.localhost", E::NotLoopback),
            ("http://128.0.0.1", E::NotLoopback),
            ("http://[::ffff:127.0.0.1]", E::NotLoopback),
            ("http://[::]", E::NotLoopback),
            ("http://0.0.0.0", E::NotLoopback),
            ("http://127.1", E::InvalidHost),
            ("http://0177.0.0.1", E::InvalidHost),
            ("http://localhost.", E::InvalidHost),
            ("http://127.0.0.1@evil.com", E::UserInfo),
            ("http://evil.com#127.0.0.1", E::Fragment),
            ("https://127.0.0.1", E::NotHttp),
        ] {
            assert_eq!(Endpoint::loopback(url).unwrap_err(), error, "{url}");
        }
    }
}
