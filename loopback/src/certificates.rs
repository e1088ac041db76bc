use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DistinguishedName, DnType,
    ExtendedKeyUsagePurpose, IsCa, KeyPair, KeyUsagePurpose,
};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use std::io;
use std::sync::Arc;
use time::{Duration, OffsetDateTime};

/// What a server with TLS shows its clients, and what they have to trust for it.
pub(crate) struct Certificates {
    pub(crate) authority: String,
    pub(crate) config: Arc<ServerConfig>,
}

impl Certificates {
    /// A new authority, and a certificate from it for these hosts and for the loopback address.
    ///
    /// The key of the authority is gone when this returns, so that it can never speak for another host.
    pub(crate) fn new(hosts: &[String]) -> io::Result<Self> {
        let authority = authority().map_err(io::Error::other)?;
        let key = KeyPair::generate().map_err(io::Error::other)?;
        let certificate = params_for(hosts)
            .and_then(|params| params.signed_by(&key, &authority))
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?
            .with_no_client_auth()
            .with_single_cert(vec![certificate.into()], private(&key))
            .map_err(io::Error::other)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self {
            authority: authority.pem(),
            config: Arc::new(config),
        })
    }
}

fn authority() -> Result<CertifiedIssuer<'static, KeyPair>, rcgen::Error> {
    let mut params = CertificateParams::default();
    name(&mut params, "keyvault-loopback authority");
    keep_short(&mut params);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    CertifiedIssuer::self_signed(params, KeyPair::generate()?)
}

fn params_for(hosts: &[String]) -> Result<CertificateParams, rcgen::Error> {
    let mut names = hosts.to_vec();
    names.extend(["localhost".to_owned(), "127.0.0.1".to_owned()]);
    let mut params = CertificateParams::new(names)?;
    name(&mut params, "keyvault-loopback");
    keep_short(&mut params);
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    Ok(params)
}

fn name(params: &mut CertificateParams, common_name: &str) {
    params.distinguished_name = DistinguishedName::new();
    params
        .distinguished_name
        .push(DnType::CommonName, common_name);
}

/// Some verifiers refuse certificates that are valid for years.
fn keep_short(params: &mut CertificateParams) {
    let now = OffsetDateTime::now_utc();
    params.not_before = now - Duration::days(1);
    params.not_after = now + Duration::days(30);
}

fn private(key: &KeyPair) -> PrivateKeyDer<'static> {
    PrivatePkcs8KeyDer::from(key.serialize_der()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_that_is_no_name_is_an_error() {
        let refused = Certificates::new(&["ümlaut.example".to_owned()]).map(|_| ());
        assert_eq!(refused.unwrap_err().kind(), io::ErrorKind::InvalidInput);
    }

    #[test]
    fn every_authority_is_its_own() {
        let one = Certificates::new(&[]).unwrap();
        let other = Certificates::new(&[]).unwrap();
        assert!(one.authority.starts_with("-----BEGIN CERTIFICATE-----"));
        assert_ne!(one.authority, other.authority);
    }
}
