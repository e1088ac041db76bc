//! Certificates: policies, imports, what is under way.

use crate::{answer, sent, target, vault, written};
use keyvault_rest::Operation;
use keyvault_rest::certificates::models::{
    CertificateCreateParameters, CertificateImportParameters, CertificatePolicy, IssuerParameters,
    KeyProperties, SecretProperties, SubjectAlternativeNames, X509CertificateProperties,
};
use keyvault_rest::certificates::{
    CreateCertificate, DeleteCertificate, DeleteCertificateOperation, GetCertificate,
    GetCertificatePolicy, GetCertificates, ImportCertificate,
};
use serde_json::json;

fn policy() -> CertificatePolicy {
    let key = KeyProperties::default()
        .exportable(true)
        .key_type("RSA")
        .key_size(2048)
        .reuse_key(false);
    CertificatePolicy::default()
        .key_properties(key)
        .secret_properties(SecretProperties::default().content_type("application/x-pkcs12"))
}

#[test]
fn an_import_of_a_certificate_is_that_of_the_reference() {
    let parameters = CertificateImportParameters::new("MIIJ...")
        .password("123-canary")
        .certificate_policy(policy());
    let import = ImportCertificate::new("importCert01", parameters);
    assert_eq!(
        written(&sent(&import)),
        "POST https://myvault.vault.azure.net/certificates/importCert01/import\
         ?api-version=described\n\
         accept: application/json\n\
         content-type: application/json\n\
         {\"value\":\"MIIJ...\",\"pwd\":\"123-canary\",\"policy\":{\
         \"key_props\":{\"exportable\":true,\"kty\":\"RSA\",\"key_size\":2048,\
         \"reuse_key\":false},\
         \"secret_props\":{\"contentType\":\"application/x-pkcs12\"}}}"
    );
    let shown = format!("{import:?}");
    assert!(!shown.contains("MIIJ") && !shown.contains("123-canary"));
}

#[test]
fn a_creation_of_a_certificate_is_that_of_the_reference() {
    let names = SubjectAlternativeNames::default()
        .dns_names(["onedrive.microsoft.com", "xbox.microsoft.com"]);
    let certificate = X509CertificateProperties::default()
        .subject("CN=*.microsoft.com")
        .subject_alternative_names(names);
    let policy = policy()
        .x509_certificate_properties(certificate)
        .issuer_parameters(IssuerParameters::default().name("Self"));
    let parameters = CertificateCreateParameters::default().certificate_policy(policy);
    let create = CreateCertificate::new("selfSignedCert01", parameters);
    assert_eq!(
        written(&sent(&create)),
        "POST https://myvault.vault.azure.net/certificates/selfSignedCert01/create\
         ?api-version=described\n\
         accept: application/json\n\
         content-type: application/json\n\
         {\"policy\":{\
         \"key_props\":{\"exportable\":true,\"kty\":\"RSA\",\"key_size\":2048,\
         \"reuse_key\":false},\
         \"secret_props\":{\"contentType\":\"application/x-pkcs12\"},\
         \"x509_props\":{\"subject\":\"CN=*.microsoft.com\",\"sans\":{\
         \"dns_names\":[\"onedrive.microsoft.com\",\"xbox.microsoft.com\"]}},\
         \"issuer\":{\"name\":\"Self\"}}}"
    );
}

#[test]
fn a_certificate_under_way_tells_its_state() {
    let sample = json!({
        "id": "https://myvault.vault.azure.net/certificates/selfSignedCert01/pending",
        "issuer": {"name": "Self"},
        "csr": "MIIC4zCCAcs=",
        "cancellation_requested": false,
        "status": "inProgress",
        "request_id": "6faacd568ab049a2803861e8dd3ae21f"
    });
    let create = CreateCertificate::new("c", CertificateCreateParameters::default());
    let response = create.response(answer(202, &sample)).unwrap();
    let operation = response.into_body();
    assert_eq!(operation.status.as_deref(), Some("inProgress"));
    assert_eq!(
        operation.csr.as_deref(),
        Some(&b"0\x82\x02\xe30\x82\x01\xcb"[..])
    );
    assert_eq!(operation.target, None);
    assert_eq!(serde_json::to_value(&operation).unwrap(), sample);
}

#[test]
fn a_certificate_is_not_taken_for_contacts_or_issuers() {
    let vault = vault();
    assert!(DeleteCertificate::new("contacts").request(&vault).is_err());
    assert!(DeleteCertificate::new("issuers").request(&vault).is_ok());
    for name in ["contacts", "issuers", "Issuers"] {
        assert!(GetCertificate::new(name).request(&vault).is_err(), "{name}");
    }
    for version in ["versions", "policy", "pending"] {
        let get = GetCertificate::new("c").certificate_version(version);
        assert!(get.request(&vault).is_err(), "{version}");
    }
    let get = GetCertificate::new("issuers").certificate_version("v");
    assert!(get.request(&vault).is_err());
    assert!(
        GetCertificatePolicy::new("issuers")
            .request(&vault)
            .is_err()
    );
    let delete = DeleteCertificateOperation::new("issuers");
    assert!(delete.request(&vault).is_err());
}

#[test]
fn flags_go_into_the_query_as_words() {
    let list = GetCertificates::new().include_pending(true).maxresults(1);
    let uri = target(&sent(&list));
    assert!(
        uri.ends_with("/certificates?maxresults=1&includePending=true&api-version=described"),
        "{uri}"
    );
}
