use keyvault_rest::Operation;
use keyvault_rest::keys::RecoverDeletedKey;
use keyvault_rest::keys::models::JsonWebKeyType;
use serde_json::json;

use super::{answer, sent, written};

#[test]
fn the_request_is_that_of_the_reference() {
    let recover = RecoverDeletedKey::new("CreateDeleteRecoverPurgeTest");
    assert_eq!(
        written(&sent(&recover)),
        "POST https://myvault.vault.azure.net/deletedkeys/CreateDeleteRecoverPurgeTest/recover\
         ?api-version=described\n\
         accept: application/json\n"
    );
}

#[test]
fn the_response_is_that_of_the_reference() {
    let sample = json!({
        "key": {
            "kid": "https://myvault.vault.azure.net/keys/CreateDeleteRecoverPurgeTest/6fc2be54c6be4a7ea7bbb8a2a99a1996",
            "kty": "RSA",
            "key_ops": ["encrypt", "decrypt", "sign", "verify", "wrapKey", "unwrapKey"],
            "n": "v-SWMCmPNKoK_rB_pNXUl6Iwh9Kqd3XzQlh6SXi_slBishqP7pyKEFjNbUvMSlyvPt21rJupLbJr-yhsK2Rq2V6O0doGuCsoadgNGih1aVAuUJAJls1-b-G1IJjD18ArM4RitnCvJmQFqyK2RVHa3EpEfaQW4gcRrsRAhiJDjc1L1S3skdt-E_rZfL7DIh1ZtqFyQAqIWSAG0BXDdbgfEx1kJKqH-HRokDKeMCIaJtKZof6e-DJr3e9Iy8aAR7V-BsZ7vY7JMjyeEukMzEji4MEsIyOESL67DgFllDEi4OM_3WKyxr6uXxzHDzmppWsk2ykLsYA_ALLnR3ZNZCuL9Q",
            "e": "AQAB"
        },
        "attributes": {
            "enabled": true,
            "created": 1493938342,
            "updated": 1493938342,
            "recoveryLevel": "Recoverable+Purgeable"
        },
        "tags": {"purpose": "unit test", "test name ": "CreateDeleteRecoverPurgeTest"}
    });
    let recover = RecoverDeletedKey::new("CreateDeleteRecoverPurgeTest");
    let bundle = recover.response(answer(200, &sample)).unwrap().into_body();
    assert_eq!(bundle.key.as_ref().unwrap().kty, Some(JsonWebKeyType::Rsa));
    assert_eq!(serde_json::to_value(&bundle).unwrap(), sample);
}
