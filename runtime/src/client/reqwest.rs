use super::{BoxFuture, Limits, Transport};
use crate::{Error, TransportError, TransportErrorKind, WipedBody};
use ::reqwest::Url;
use ::reqwest::redirect::Policy;
use bytes::Bytes;
use rustls::ClientConfig;
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls_platform_verifier::Verifier;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

/// Sends over reqwest with rustls, and needs tokio. Certificates are checked as the platform does, and the proxy is the
/// one that the environment names (`HTTPS_PROXY`, `NO_PROXY`).
#[derive(Clone, Debug)]
pub struct ReqwestTransport(::reqwest::Client);

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
            .referer(false);
        if !addresses.is_empty() {
            builder = builder.no_proxy();
        }
        for (host, address) in addresses {
            builder = builder.resolve(host, *address);
        }
        let client = builder.build();
        client.map(Self).map_err(|error| unusable(error).into())
    }

    /// Sends over a client that you made: with a proxy, other certificates or other addresses.
    ///
    /// It must not follow redirects (`redirect(Policy::none())`): a response from another origin than that of the request
    /// is taken for a broken connection.
    #[must_use]
    pub fn from_client(client: ::reqwest::Client) -> Self {
        Self(client)
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
        Box::pin(send(&self.0, request, limits))
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(time))
    }
}

async fn send(
    client: &::reqwest::Client,
    request: &http::Request<Bytes>,
    limits: Limits,
) -> Result<http::Response<Vec<u8>>, TransportError> {
    let url = Url::parse(&request.uri().to_string());
    let url = url.map_err(|error| unusable(error.to_string()))?;
    let mut sent = ::reqwest::Request::new(request.method().clone(), url);
    *sent.headers_mut() = request.headers().clone();
    *sent.timeout_mut() = Some(limits.timeout);
    if !request.body().is_empty() {
        *sent.body_mut() = Some(request.body().clone().into());
    }
    let asked = sent.url().clone();
    let mut response = client.execute(sent).await.map_err(failure)?;
    if !is_same_origin(&asked, response.url()) {
        let error = TransportError::new(TransportErrorKind::Broken);
        return Err(error.with_source("the HTTP client followed a redirect to another origin"));
    }
    let body = read(&mut response, limits.max_bytes).await?;
    let mut answer = http::Response::new(body);
    *answer.status_mut() = response.status();
    *answer.headers_mut() = std::mem::take(response.headers_mut());
    Ok(answer)
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
        format!("{:?}", transport.0).contains("proxies")
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
}
