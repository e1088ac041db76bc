use crate::Failure;
use crate::host::{Host, NAME};
use reqwest::ClientBuilder;
use reqwest::redirect::Policy;
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use std::sync::Arc;

/// reqwest for this server, as both other clients set it up. What is left to set are the timeouts.
pub(super) fn reqwest(host: &Host) -> Result<ClientBuilder, Failure> {
    Ok(reqwest::Client::builder()
        .tls_backend_preconfigured(config(&host.certificate)?)
        .redirect(Policy::none())
        .referer(false)
        .resolve(NAME, host.address))
}

fn config(authority: &str) -> Result<ClientConfig, Failure> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(authority.as_bytes()) {
        roots.add(certificate?)?;
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(config)
}
