//! Creates, merges, imports, reads, updates, deletes, backs up and restores certificates.

use keyvault_rest::certificates::models::{
    Action, CertificateAttributes, CertificateBundle, CertificateCreateParameters,
    CertificateImportParameters, CertificateItem, CertificateMergeParameters, CertificateOperation,
    CertificateOperationUpdateParameter, CertificatePolicy, CertificatePolicyAction,
    CertificateRestoreParameters, CertificateUpdateParameters, DeletedCertificateBundle,
    IssuerParameters, JsonWebKeyCurveName, KeyProperties, KeyUsageType, LifetimeAction,
    SecretProperties, SubjectAlternativeNames, Trigger, X509CertificateProperties,
};
use keyvault_rest::certificates::{
    BackupCertificate, CreateCertificate, DeleteCertificate, DeleteCertificateOperation,
    GetCertificate, GetCertificateOperation, GetCertificatePolicy, GetCertificateVersions,
    GetCertificates, GetDeletedCertificate, GetDeletedCertificates, ImportCertificate,
    MergeCertificate, PurgeDeletedCertificate, RecoverDeletedCertificate, RestoreCertificate,
    UpdateCertificate, UpdateCertificateOperation, UpdateCertificatePolicy,
};
use keyvault_rest::runtime::http::{Request, Response};
use keyvault_rest::runtime::{Outcome, Poll};
use keyvault_rest::{Base64, Base64Url, Endpoint, Error, Operation, Secret};

struct Client {
    vault: Endpoint,
    send: fn(Request<Vec<u8>>) -> Response<Vec<u8>>,
}

impl Client {
    fn call<O: Operation>(&self, operation: &O) -> Result<O::Output, Error> {
        let request = operation.request(&self.vault)?;
        let response = operation.response((self.send)(request))?;
        Ok(response.into_body())
    }
}

fn policy() -> CertificatePolicy {
    let key = KeyProperties::default()
        .key_type("EC")
        .curve(JsonWebKeyCurveName::P384)
        .exportable(true)
        .reuse_key(false);
    let names = SubjectAlternativeNames::default()
        .dns_names(["contoso.com", "www.contoso.com"])
        .ip_addresses(["203.0.113.7"]);
    let certificate = X509CertificateProperties::default()
        .subject("CN=contoso.com")
        .subject_alternative_names(names)
        .ekus(["1.3.6.1.5.5.7.3.1"])
        .key_usage([KeyUsageType::DigitalSignature, "keyAgreement".into()])
        .validity_in_months(12);
    let renew = LifetimeAction::default()
        .trigger(Trigger::default().lifetime_percentage(80))
        .action(Action::default().action_type(CertificatePolicyAction::AutoRenew));
    CertificatePolicy::default()
        .key_properties(key)
        .secret_properties(SecretProperties::default().content_type("application/x-pkcs12"))
        .x509_certificate_properties(certificate)
        .lifetime_actions([renew])
        .issuer_parameters(IssuerParameters::default().name("Self"))
}

fn create(client: &Client) -> Result<Option<String>, Error> {
    let parameters = CertificateCreateParameters::default()
        .certificate_policy(policy())
        .preserve_cert_order(true)
        .tags([("team", "payments")]);
    let started: CertificateOperation =
        client.call(&CreateCertificate::new("contoso", parameters))?;
    let pending = client.call(&GetCertificateOperation::new("contoso"))?;
    let reason = pending.error.and_then(|error| error.message);
    Ok(started.target.or(reason))
}

/// A certificate of an authority that the vault does not know: request out, certificate in.
fn sign_elsewhere(client: &Client, sign: fn(&[u8]) -> Vec<u8>) -> Result<(), Error> {
    let pending = client.call(&GetCertificateOperation::new("contoso"))?;
    let request: Base64 = pending.csr.unwrap_or_default();
    let parameters = CertificateMergeParameters::new([sign(&request)])
        .certificate_attributes(CertificateAttributes::default().enabled(true));
    let merged: CertificateBundle = client.call(&MergeCertificate::new("contoso", parameters))?;
    let _: Option<Base64> = merged.cer;
    let _: Option<Base64Url> = merged.x509_thumbprint;
    Ok(())
}

fn cancel(client: &Client) -> Result<bool, Error> {
    let parameters = CertificateOperationUpdateParameter::new(true);
    let asked = client.call(&UpdateCertificateOperation::new("contoso", parameters))?;
    let over: CertificateOperation = client.call(&DeleteCertificateOperation::new("contoso"))?;
    Ok(asked.cancellation_requested == Some(true) || over.status.as_deref() == Some("cancelled"))
}

fn import(client: &Client, pfx: &[u8]) -> Result<Option<String>, Error> {
    let parameters = CertificateImportParameters::new(Base64::from(pfx).encode())
        .password("only for the way")
        .certificate_policy(policy());
    let imported = client.call(&ImportCertificate::new("contoso", parameters))?;
    Ok(imported.sid.or(imported.kid))
}

fn read(client: &Client, version: &str) -> Result<Option<Base64>, Error> {
    let one = GetCertificate::new("contoso").certificate_version(version);
    let one: CertificateBundle = client.call(&one)?;
    let policy: CertificatePolicy = client.call(&GetCertificatePolicy::new("contoso"))?;
    let shorter = X509CertificateProperties::default().validity_in_months(6);
    let policy = policy.x509_certificate_properties(shorter);
    let _ = client.call(&UpdateCertificatePolicy::new("contoso", policy))?;
    let parameters = CertificateUpdateParameters::default().tags([("checked", "yes")]);
    let _ =
        client.call(&UpdateCertificate::new("contoso", parameters).certificate_version(version))?;
    Ok(one.cer)
}

fn thumbprints(client: &Client) -> Result<Vec<String>, Error> {
    let all = GetCertificates::new().maxresults(25).include_pending(true);
    let mut items: Vec<CertificateItem> = client.call(&all)?.value.unwrap_or_default();
    let versions = client.call(&GetCertificateVersions::new("contoso").maxresults(3))?;
    items.extend(versions.value.into_iter().flatten());
    let thumbprints = items.into_iter().filter_map(|item| item.x509_thumbprint);
    Ok(thumbprints.map(|digest| digest.encode()).collect())
}

fn delete(client: &Client) -> Result<CertificateBundle, Error> {
    let blob: Option<Secret<Base64Url>> = client.call(&BackupCertificate::new("contoso"))?.value;
    let deleted: DeletedCertificateBundle = client.call(&DeleteCertificate::new("contoso"))?;
    let _: Option<String> = deleted.recovery_id;
    let all = GetDeletedCertificates::new().include_pending(false);
    let _ = client.call(&all.maxresults(25))?.next_link;
    let _ = client
        .call(&GetDeletedCertificate::new("contoso"))?
        .deleted_date;
    let Some(blob) = blob else {
        return client.call(&RecoverDeletedCertificate::new("contoso"));
    };
    let () = client.call(&PurgeDeletedCertificate::new("contoso"))?;
    client.call(&RestoreCertificate::new(CertificateRestoreParameters::new(
        blob,
    )))
}

fn main() {
    let _ = (create, sign_elsewhere, cancel, import);
    let _ = (read, thumbprints, delete);
    let protocol = CreateCertificate::META.protocol().unwrap();
    assert_eq!(protocol.poll, Poll::Location);
    assert_eq!(protocol.outcome, Outcome::Linked("target"));
}
