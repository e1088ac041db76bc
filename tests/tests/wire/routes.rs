//! No argument can turn a request into another one.

use keyvault_rest::keys::models::{
    JsonWebKeyEncryptionAlgorithm, KeyOperationsParameters, KeyUpdateParameters,
};
use keyvault_rest::keys::{
    Decrypt, GetDeletedKeys, GetKey, GetKeyAttestation, GetKeys, Release, UpdateKey, WrapKey,
};
use keyvault_rest::{Endpoint, Operation};

use super::{sent, target, vault};

fn parameters() -> KeyOperationsParameters {
    KeyOperationsParameters::new(JsonWebKeyEncryptionAlgorithm::RsaOaep256, [1, 2, 3])
}

#[test]
fn a_name_that_is_none_is_refused() {
    for name in [
        "", ".", "..", "a/b", "a%2Fb", "a?b", "a#b", "a b", "ä", "a\\b", "a\0", "{x}",
    ] {
        let error = GetKey::new(name).request(&vault()).unwrap_err();
        let message = error.to_string();
        assert!(message.contains("key-name"), "{message}");
    }
}

#[test]
fn a_version_that_spells_another_operation_is_refused() {
    for version in ["versions", "rotationpolicy", "attestation", "Versions"] {
        let request = GetKey::new("k").key_version(version);
        assert!(request.request(&vault()).is_err(), "{version}");
    }
    assert!(
        GetKey::new("k")
            .key_version("backup")
            .request(&vault())
            .is_ok()
    );
}

#[test]
fn a_version_cannot_leave_its_segment() {
    let request = GetKey::new("k").key_version("../../secrets?x=1#y");
    assert_eq!(
        sent(&request).uri().path(),
        "/keys/k/..%2F..%2Fsecrets%3Fx%3D1%23y"
    );
}

#[test]
fn the_version_in_the_middle_may_be_left_out() {
    let update = UpdateKey::new("k", KeyUpdateParameters::default());
    assert_eq!(sent(&update).uri().path(), "/keys/k");
    assert_eq!(
        sent(&Decrypt::new("k", parameters())).uri().path(),
        "/keys/k/decrypt"
    );
    assert_eq!(
        sent(&WrapKey::new("k", parameters())).uri().path(),
        "/keys/k/wrapkey"
    );
    assert_eq!(
        sent(&Decrypt::new("k", parameters()).key_version("v"))
            .uri()
            .path(),
        "/keys/k/v/decrypt"
    );
    let attestation = GetKeyAttestation::new("k");
    assert_eq!(sent(&attestation).uri().path(), "/keys/k/attestation");
    let release = keyvault_rest::keys::models::KeyReleaseParameters::new("token");
    assert_eq!(
        sent(&Release::new("k", release)).uri().path(),
        "/keys/k/release"
    );
}

#[test]
fn limits_of_query_values_are_checked_before_anything_is_sent() {
    let uri = target(&sent(&GetKeys::new().maxresults(25)));
    assert!(
        uri.ends_with("/keys?maxresults=25&api-version=described"),
        "{uri}"
    );
    for maxresults in [0, 26, -1] {
        let request = GetDeletedKeys::new().maxresults(maxresults);
        assert!(request.request(&vault()).is_err(), "{maxresults}");
    }
}

#[test]
fn only_https_reaches_a_vault() {
    assert!(Endpoint::new("http://myvault.vault.azure.net").is_err());
    assert!(Endpoint::new("https://user@myvault.vault.azure.net").is_err());
    assert!(Endpoint::loopback("http://myvault.vault.azure.net").is_err());
    assert!(Endpoint::loopback("http://127.0.0.1:8080").is_ok());
}
