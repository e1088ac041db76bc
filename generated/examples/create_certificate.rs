//! Creates a certificate that the vault signs itself, and goes with it to its end.
//!
//! ```sh
//! cargo run -p keyvault-rest --features client --example create_certificate -- \
//!     myvault my-certificate CN=example.org
//! ```
#![forbid(unsafe_code)]

use keyvault_rest::certificates::CreateCertificate;
use keyvault_rest::certificates::models::{
    CertificateBundle, CertificateCreateParameters, CertificatePolicy, IssuerParameters,
    X509CertificateProperties,
};
use keyvault_rest::runtime::LongRunningErrorKind;
use keyvault_rest::{Client, Cloud, Error, VaultUrl};
use std::process::ExitCode;

#[path = "shared/arguments.rs"]
mod arguments;
#[path = "shared/credential.rs"]
mod credential;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let [vault, name, subject] =
        arguments::arguments("create_certificate VAULT CERTIFICATE SUBJECT")?;
    let url = VaultUrl::of(&vault, Cloud::Public)?;
    let client = Client::builder(url, credential::credential()?).build()?;

    let parameters = CertificateCreateParameters::default().certificate_policy(policy(&subject));
    let mut creation = client
        .poller(CreateCertificate::new(&name, parameters))
        .await?;
    while let Some(progress) = creation.next().await {
        println!("{}", progress?.state().unwrap_or("no state yet"));
    }
    // Waiting alone is enough; it is over at once if all progress has been seen.
    match creation.wait().await {
        Ok(certificate) => show(certificate.body()),
        Err(Error::LongRunning(error)) if error.kind() == LongRunningErrorKind::Paused => {
            println!("it waits for the certificate of its issuer: merge it");
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

fn policy(subject: &str) -> CertificatePolicy {
    let certificate = X509CertificateProperties::default()
        .subject(subject)
        .validity_in_months(12);
    CertificatePolicy::default()
        .x509_certificate_properties(certificate)
        .issuer_parameters(IssuerParameters::default().name("Self"))
}

fn show(certificate: &CertificateBundle) {
    println!("id:     {}", certificate.id.as_deref().unwrap_or("-"));
    println!("key:    {}", certificate.kid.as_deref().unwrap_or("-"));
    println!("secret: {}", certificate.sid.as_deref().unwrap_or("-"));
}
