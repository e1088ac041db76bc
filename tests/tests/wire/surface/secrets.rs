//! Secrets: read, set and exposed on demand.

use super::SECRET_VERSION;
use crate::{answer, sent, written};
use keyvault_rest::secrets::models::{
    ContentType, DeletionRecoveryLevel, SecretAttributes, SecretSetParameters,
};
use keyvault_rest::secrets::{GetSecret, SetSecret};
use keyvault_rest::{Operation, UnixTime};
use serde_json::json;

#[test]
fn a_secret_is_read_with_or_without_its_version_and_in_another_format() {
    let get = || GetSecret::new("mysecretname");
    let version = || get().secret_version(SECRET_VERSION);
    for (request, target) in [
        (get(), "?".to_owned()),
        (version(), format!("/{SECRET_VERSION}?")),
        (
            version().out_content_type(ContentType::Pem),
            format!("/{SECRET_VERSION}?outContentType=application%2Fx-pem-file&"),
        ),
        (
            get().out_content_type("application/x-pkcs12"),
            "?outContentType=application%2Fx-pkcs12&".to_owned(),
        ),
    ] {
        assert_eq!(
            written(&sent(&request)),
            format!(
                "GET https://myvault.vault.azure.net/secrets/mysecretname{target}\
                 api-version=described\naccept: application/json\n"
            )
        );
    }
}

#[test]
fn a_secret_that_was_read_is_exposed_on_demand_alone() {
    let sample = json!({
        "value": "mysecretvalue",
        "id": format!("https://myvault.vault.azure.net/secrets/mysecretname/{SECRET_VERSION}"),
        "attributes": {
            "enabled": true,
            "created": 1493938410,
            "updated": 1493938410,
            "recoveryLevel": "Recoverable+Purgeable"
        }
    });
    let get = GetSecret::new("mysecretname");
    let response = get.response(answer(200, &sample)).unwrap();
    assert!(!format!("{response:?}").contains("mysecretvalue"));
    let bundle = response.into_body();
    assert_eq!(serde_json::to_value(&bundle).unwrap(), sample);
    assert_eq!(bundle.value.unwrap().expose(), "mysecretvalue");
    let attributes = bundle.attributes.unwrap();
    assert_eq!(attributes.created.unwrap().seconds(), 1_493_938_410);
    assert_eq!(
        attributes.recovery_level,
        Some(DeletionRecoveryLevel::RecoverablePurgeable)
    );
}

#[test]
fn a_secret_that_is_set_goes_out_but_does_not_show() {
    let attributes = SecretAttributes::default()
        .enabled(true)
        .expires(UnixTime::from_seconds(1_893_456_000).unwrap());
    let parameters = SecretSetParameters::new("mysecretvalue")
        .tags([("team", "payments")])
        .content_type("password")
        .secret_attributes(attributes);
    let set = SetSecret::new("crpsecret", parameters);
    assert_eq!(
        written(&sent(&set)),
        "PUT https://myvault.vault.azure.net/secrets/crpsecret?api-version=described\n\
         accept: application/json\n\
         content-type: application/json\n\
         {\"value\":\"mysecretvalue\",\"tags\":{\"team\":\"payments\"},\
         \"contentType\":\"password\",\
         \"attributes\":{\"enabled\":true,\"exp\":1893456000}}"
    );
    let shown = format!("{set:?} {set:#?}");
    assert!(!shown.contains("mysecretvalue"), "{shown}");
    assert!(shown.contains("payments"), "{shown}");
}

#[test]
fn a_secret_may_be_an_empty_text() {
    let set = SetSecret::new("s", SecretSetParameters::new(""));
    assert_eq!(sent(&set).body(), br#"{"value":""}"#);
}
