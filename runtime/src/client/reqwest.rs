use super::{BoxFuture, Limits, Transport};
use crate::{Error, TransportError, TransportErrorKind, WipedBody};
use ::reqwest::Url;
use ::reqwest::redirect::Policy;
use bytes::Bytes;
use http::Uri;
use http::uri::{Authority, Scheme};
use rustls::ClientConfig;
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls_platform_verifier::Verifier;
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// Sends over reqwest with rustls, and needs tokio. Certificates are checked as the platform does, and the proxy is the
/// one that the environment names (`HTTPS_PROXY`, `NO_PROXY`).
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: ::reqwest::Client,
    /// That of the first request. Few transports see another.
    origin: OnceLock<Origin>,
}

impl ReqwestTransport {
    /// A client of its own: no redirects, no cookies, and no proxy where it is told what to connect to, for a proxy would
    /// look up the name all the same.
    ///
    /// # Errors
    /// If a certificate cannot be read, or the platform has none to trust.
    pub(super) fn new(
        roots: &[Vec<u8>],
        addresses: &[(String, SocketAddr)],
    ) -> Result<Self, Error> {
        let mut builder = ::reqwest::Client::builder()
            .tls_backend_preconfigured(tls(roots)?)
            .redirect(Policy::none())
            .referer(false)
            // It would copy each request to have it for what only HTTP/2 asks for. What is sent again is up to the client.
            .retry(::reqwest::retry::never().max_retries_per_request(0));
        if !addresses.is_empty() {
            builder = builder.no_proxy();
        }
        for (host, address) in addresses {
            builder = builder.resolve(host, *address);
        }
        let client = builder.build();
        let client = client.map_err(unusable)?;
        Ok(Self::from_client(client))
    }

    /// Sends over a client that you made: with a proxy, other certificates or other addresses.
    ///
    /// It must not follow redirects (`redirect(Policy::none())`): a response from another origin than that of the request
    /// is taken for a broken connection.
    #[must_use]
    pub fn from_client(client: ::reqwest::Client) -> Self {
        Self {
            client,
            origin: OnceLock::new(),
        }
    }

    /// The URL of a request. Only path and query are parsed where the origin is known.
    fn url(&self, uri: &Uri) -> Result<Url, TransportError> {
        if let Some(url) = self.origin.get().and_then(|origin| origin.url(uri)) {
            return Ok(url);
        }
        let url = parsed(uri)?;
        if let Some(origin) = Origin::of(uri, &url) {
            self.origin.get_or_init(|| origin);
        }
        Ok(url)
    }

    async fn send_once(
        &self,
        request: &http::Request<Bytes>,
        max_bytes: u64,
    ) -> Result<http::Response<Vec<u8>>, TransportError> {
        let url = self.url(request.uri())?;
        let mut sent = ::reqwest::Request::new(request.method().clone(), url);
        *sent.headers_mut() = request.headers().clone();
        if !request.body().is_empty() {
            *sent.body_mut() = Some(request.body().clone().into());
        }
        let mut response = self.client.execute(sent).await.map_err(failure)?;
        if !is_answer_to(request.uri(), response.url())? {
            let error = TransportError::new(TransportErrorKind::Broken);
            return Err(error.with_source("the HTTP client followed a redirect to another origin"));
        }
        let body = read(&mut response, max_bytes).await?;
        let mut answer = http::Response::new(body);
        *answer.status_mut() = response.status();
        *answer.headers_mut() = std::mem::take(response.headers_mut());
        Ok(answer)
    }
}

/// The length of the path of an [`Origin`]: a copy has room for path and query of most requests then.
const ROOM: usize = 128;

/// An origin as requests write it, and as reqwest wants it.
#[derive(Clone, Debug)]
struct Origin {
    scheme: Scheme,
    authority: Authority,
    url: Url,
}

impl Origin {
    fn of(uri: &Uri, url: &Url) -> Option<Self> {
        let mut url = url.clone();
        url.set_query(None);
        url.set_path(&"-".repeat(ROOM));
        Some(Self {
            scheme: uri.scheme()?.clone(),
            authority: uri.authority()?.clone(),
            url,
        })
    }

    /// The URL of a request, if it is to this origin. Whatever stands in its path, the origin stays.
    fn url(&self, uri: &Uri) -> Option<Url> {
        let is_same =
            uri.scheme()? == &self.scheme && uri.authority()?.as_str() == self.authority.as_str();
        is_same.then(|| {
            let mut url = self.url.clone();
            url.set_path(uri.path());
            url.set_query(uri.query());
            url
        })
    }
}

fn unusable(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> TransportError {
    TransportError::new(TransportErrorKind::Unsendable).with_source(error)
}

/// TLS 1.2 and 1.3, by way of ring: builds without a C++ compiler, CMake or bindgen.
fn tls(roots: &[Vec<u8>]) -> Result<ClientConfig, TransportError> {
    let provider = Arc::new(ring::default_provider());
    let mut certificates = Vec::new();
    for pem in roots {
        for certificate in CertificateDer::pem_slice_iter(pem) {
            certificates.push(certificate.map_err(|error| unusable(error.to_string()))?);
        }
    }
    let verifier = match certificates.is_empty() {
        true => Verifier::new(Arc::clone(&provider)),
        false => Verifier::new_with_extra_roots(certificates, Arc::clone(&provider)),
    };
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(unusable)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier.map_err(unusable)?))
        .with_no_client_auth();
    Ok(config)
}

impl Transport for ReqwestTransport {
    fn send<'a>(
        &'a self,
        request: &'a http::Request<Bytes>,
        limits: Limits,
    ) -> BoxFuture<'a, Result<http::Response<Vec<u8>>, TransportError>> {
        Box::pin(async move {
            // A timer of our own: one that the request brings along is copied wherever reqwest copies the request.
            tokio::time::timeout(limits.timeout, self.send_once(request, limits.max_bytes))
                .await
                .map_err(|_| TransportError::new(TransportErrorKind::Timeout))?
        })
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(time))
    }
}

fn parsed(uri: &Uri) -> Result<Url, TransportError> {
    Url::parse(&uri.to_string()).map_err(|error| unusable(error.to_string()))
}

/// Whether the answer comes from the origin that was asked.
fn is_answer_to(asked: &Uri, answered: &Url) -> Result<bool, TransportError> {
    Ok(is_written_there(asked, answered) || is_same_origin(&parsed(asked)?, answered))
}

/// Whether both begin with the same origin, letter by letter.
fn is_written_there(asked: &Uri, answered: &Url) -> bool {
    let after_origin = || {
        let rest = answered.as_str().strip_prefix(asked.scheme_str()?)?;
        rest.strip_prefix("://")?
            .strip_prefix(asked.authority()?.as_str())
    };
    after_origin().is_some_and(|rest| rest.starts_with('/'))
}

/// What a comparison of their origins would say, which copies all parts of both.
fn is_same_origin(one: &Url, other: &Url) -> bool {
    one.scheme() == other.scheme()
        && one.host_str() == other.host_str()
        && one.port_or_known_default() == other.port_or_known_default()
}

/// The body, but no more than allowed: whatever length it claims to have.
async fn read(
    response: &mut ::reqwest::Response,
    max_bytes: u64,
) -> Result<Vec<u8>, TransportError> {
    let too_large = || TransportError::new(TransportErrorKind::TooLarge { limit: max_bytes });
    let claimed = response.content_length().unwrap_or_default();
    if claimed > max_bytes {
        return Err(too_large());
    }
    let mut body = WipedBody::with_capacity(usize::try_from(claimed).unwrap_or_default());
    while let Some(chunk) = response.chunk().await.map_err(failure)? {
        if (body.len() + chunk.len()) as u64 > max_bytes {
            return Err(too_large());
        }
        body.push(&chunk);
    }
    Ok(body.into_vec())
}

/// The URL goes: its query can hold a token.
fn failure(error: ::reqwest::Error) -> TransportError {
    let kind = if error.is_connect() {
        TransportErrorKind::Connect
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else if error.is_builder() {
        TransportErrorKind::Unsendable
    } else {
        TransportErrorKind::Broken
    };
    TransportError::new(kind).with_source(error.without_url())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A client shows the proxies that it asks, that of the environment among them.
    fn asks_for_a_proxy(addresses: &[(String, SocketAddr)]) -> bool {
        let transport = ReqwestTransport::new(&[], addresses).unwrap();
        format!("{:?}", transport.client).contains("proxies")
    }

    #[test]
    fn an_address_of_ones_own_is_not_left_to_a_proxy() {
        let address = (
            "myvault.vault.azure.net".to_owned(),
            ([127, 0, 0, 1], 443).into(),
        );
        assert!(asks_for_a_proxy(&[]));
        assert!(!asks_for_a_proxy(&[address]));
    }

    const FIRST: &str = "https://myvault.vault.azure.net/keys/k?api-version=7.6&$skiptoken=canary";

    /// Of a transport that has sent to [`FIRST`] before.
    fn url(uri: &str) -> String {
        let transport = ReqwestTransport::new(&[], &[]).unwrap();
        transport.url(&FIRST.parse().unwrap()).unwrap();
        transport.url(&uri.parse().unwrap()).unwrap().into()
    }

    #[test]
    fn a_url_of_the_known_origin_is_what_parsing_all_of_it_makes() {
        let long = format!("/{}?{}", "a".repeat(500), "b".repeat(500));
        for target in [
            "",
            "/",
            "?a=b",
            "/?",
            "/keys/k/7f?api-version=7.6",
            "/a/../b/./c",
            "/%2e%2e/%2F%41%C3%A9",
            "//evil.example/a",
            "/\\evil.example/a",
            "/@evil.example:1/a",
            "/a?b?c&d='e'",
            long.as_str(),
        ] {
            let uri = format!("https://myvault.vault.azure.net{target}");
            let parsed = Url::parse(&uri.parse::<Uri>().unwrap().to_string()).unwrap();
            assert_eq!(parsed.host_str(), Some("myvault.vault.azure.net"));
            assert_eq!(url(&uri), String::from(parsed), "{target}");
        }
    }

    #[test]
    fn a_url_of_another_origin_keeps_its_own() {
        for uri in [
            "http://myvault.vault.azure.net/",
            "https://myvault.vault.azure.net:444/",
            "https://myvault.vault.azure.net.evil.example/",
            "https://other.vault.azure.net/",
        ] {
            assert_eq!(url(uri), uri);
        }
    }

    #[test]
    fn an_answer_is_of_the_origin_that_was_asked_however_that_is_written() {
        let is_answer = |asked: &str, answered: &str| {
            is_answer_to(&asked.parse().unwrap(), &Url::parse(answered).unwrap()).unwrap()
        };
        for asked in [
            "https://h.example/a",
            "https://h.example:443/a",
            "https://H.example",
            "HTTPS://h.example?a",
        ] {
            assert!(is_answer(asked, "https://h.example/b?c"), "{asked}");
        }
        for answered in [
            "http://h.example/a",
            "https://h.example:444/a",
            "https://h.example.evil.example/a",
            "https://h.example@evil.example/a",
            "https://evil.example/https://h.example/",
        ] {
            assert!(!is_answer("https://h.example/a", answered), "{answered}");
        }
    }

    #[test]
    fn the_path_and_the_query_of_the_first_request_are_not_shown() {
        let transport = ReqwestTransport::new(&[], &[]).unwrap();
        transport.url(&FIRST.parse().unwrap()).unwrap();
        let shown = format!("{transport:?}");
        assert!(
            !shown.contains("canary") && !shown.contains("keys"),
            "{shown}"
        );
    }
}
