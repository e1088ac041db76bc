//! Takes the security domain out of one Managed HSM and puts it into another.

use keyvault_rest::runtime::http::{Request, Response};
use keyvault_rest::security_domain::hsm_security_domain::{
    Download, DownloadPending, TransferKey, Upload, UploadPending,
};
use keyvault_rest::security_domain::models::{
    self, CertificateInfoObject, OperationStatus, SecurityDomainJsonWebKey, SecurityDomainObject,
    SecurityDomainOperationStatus,
};
use keyvault_rest::{Base64, Base64Url, Endpoint, Error, Operation, Secret};

struct Client {
    hsm: Endpoint,
    send: fn(Request<Vec<u8>>) -> Response<Vec<u8>>,
}

impl Client {
    fn call<O: Operation>(&self, operation: &O) -> Result<O::Output, Error> {
        let request = operation.request(&self.hsm)?;
        let response = operation.response((self.send)(request))?;
        Ok(response.into_body())
    }
}

struct Certificate {
    der: Vec<u8>,
    modulus: Vec<u8>,
    sha256: [u8; 32],
}

fn public_key(number: usize, certificate: &Certificate) -> SecurityDomainJsonWebKey {
    let modulus = Base64Url::from(certificate.modulus.as_slice());
    SecurityDomainJsonWebKey::new(
        "RSA",
        ["verify", "encrypt", "wrapKey"],
        modulus.encode(),
        "AQAB",
        [Base64::from(certificate.der.as_slice()).encode()],
        Base64Url::from(certificate.sha256).encode(),
    )
    .kid(format!("id{number}"))
    .alg("RSA-OAEP-256")
}

fn download(client: &Client, owners: &[Certificate; 3]) -> Result<Secret<String>, Error> {
    let keys = owners.iter().enumerate();
    let keys = keys.map(|(number, certificate)| public_key(number, certificate));
    let request = Download::new(CertificateInfoObject::new(keys).required(2));
    let domain: SecurityDomainObject = client.call(&request)?;
    let status: SecurityDomainOperationStatus = client.call(&DownloadPending::new())?;
    let _: Option<String> = status.status_details;
    Ok(domain.value)
}

/// What is sealed for the receiving HSM is made of the downloaded one by the caller.
fn upload(
    client: &Client,
    seal: impl Fn(&SecurityDomainJsonWebKey) -> Secret<String>,
) -> Result<bool, Error> {
    let receiver: models::TransferKey = client.call(&TransferKey::new())?;
    let _: Option<String> = receiver.key_format;
    let sealed = SecurityDomainObject::new(seal(&receiver.transfer_key));
    let started: Option<SecurityDomainOperationStatus> = client.call(&Upload::new(sealed))?;
    if started.is_none() {
        return Ok(true);
    }
    let status = client.call(&UploadPending::new())?;
    Ok(status.status == Some(OperationStatus::Success))
}

fn main() {
    let _ = download;
    let _ = |client: &Client| upload(client, |_| Secret::from("sealed"));
}
