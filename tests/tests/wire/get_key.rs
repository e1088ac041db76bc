use keyvault_rest::keys::GetKey;
use keyvault_rest::keys::models::{DeletionRecoveryLevel, JsonWebKeyType};
use keyvault_rest::{Base64Url, Operation};
use serde_json::{Value, json};

use super::{answer, sent, written};

const NAME: &str = "CreateSoftKeyTest";
const VERSION: &str = "78deebed173b48e48f55abf87ed4cf71";
const MODULUS: &str = "2HJAE5fU3Cw2Rt9hEuq-F6XjINKGa-zskfISVqopqUy60GOs2eyhxbWbJBeUXNor_gf-tXtNeuqeBgitLeVa640UDvnEjYTKWjCniTxZRaU7ewY8BfTSk-7KxoDdLsPSpX_MX4rwlAx-_1UGk5t4sQgTbm9T6Fm2oqFd37dsz5-Gj27UP2GTAShfJPFD7MqU_zIgOI0pfqsbNL5xTQVM29K6rX4jSPtylZV3uWJtkoQIQnrIHhk1d0SC0KwlBV3V7R_LVYjiXLyIXsFzSNYgQ68ZjAwt8iL7I8Osa-ehQLM13DVvLASaf7Jnu3sC3CWl3Gyirgded6cfMmswJzY87w";

fn sample() -> Value {
    json!({
        "key": {
            "kid": format!("https://myvault.vault.azure.net/keys/{NAME}/{VERSION}"),
            "kty": "RSA",
            "key_ops": ["encrypt", "decrypt", "sign", "verify", "wrapKey", "unwrapKey"],
            "n": MODULUS,
            "e": "AQAB"
        },
        "attributes": {
            "enabled": true,
            "created": 1493942451,
            "updated": 1493942451,
            "recoveryLevel": "Recoverable+Purgeable"
        },
        "tags": {"purpose": "unit test", "test name ": "CreateGetDeleteKeyTest"}
    })
}

#[test]
fn the_request_is_that_of_the_reference() {
    assert_eq!(
        written(&sent(&GetKey::new(NAME).key_version(VERSION))),
        "GET https://myvault.vault.azure.net/keys/CreateSoftKeyTest/\
         78deebed173b48e48f55abf87ed4cf71?api-version=described\n\
         accept: application/json\n"
    );
}

#[test]
fn without_a_version_there_is_no_second_slash() {
    for request in [GetKey::new(NAME), GetKey::new(NAME).key_version("")] {
        assert_eq!(sent(&request).uri().path(), "/keys/CreateSoftKeyTest");
    }
}

#[test]
fn the_response_is_that_of_the_reference() {
    let response = GetKey::new(NAME).response(answer(200, &sample())).unwrap();
    assert_eq!(response.status(), 200);
    let bundle = response.into_body();

    let key = bundle.key.as_ref().unwrap();
    assert_eq!(key.kty, Some(JsonWebKeyType::Rsa));
    assert_eq!(key.n, Some(Base64Url::parse(MODULUS).unwrap()));
    assert_eq!(key.e.as_deref(), Some(&[1, 0, 1][..]));
    assert_eq!(key.key_ops.as_ref().unwrap().len(), 6);
    assert_eq!(key.d, None);

    let attributes = bundle.attributes.as_ref().unwrap();
    assert_eq!(attributes.enabled, Some(true));
    assert_eq!(attributes.created.unwrap().seconds(), 1_493_942_451);
    assert_eq!(
        attributes.recovery_level,
        Some(DeletionRecoveryLevel::RecoverablePurgeable)
    );
    assert_eq!(bundle.tags.as_ref().unwrap()["purpose"], "unit test");
    assert_eq!(bundle.release_policy, None);

    assert_eq!(serde_json::to_value(&bundle).unwrap(), sample());
}
