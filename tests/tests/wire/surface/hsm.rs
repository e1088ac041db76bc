//! Settings and the security domain of a Managed HSM.

use crate::{answer, sent, written};
use keyvault_rest::Operation;
use keyvault_rest::security_domain::hsm_security_domain as security_domain;
use keyvault_rest::security_domain::models::{CertificateInfoObject, SecurityDomainJsonWebKey};
use keyvault_rest::settings::models::{SettingTypeEnum, UpdateSettingRequest};
use keyvault_rest::settings::{GetSettings, UpdateSetting};
use serde_json::json;

#[test]
fn a_setting_is_patched() {
    let name = "AllowKeyManagementOperationsThroughARM";
    let update = UpdateSetting::new(name, UpdateSettingRequest::new("true"));
    assert_eq!(
        written(&sent(&update)),
        format!(
            "PATCH https://myvault.vault.azure.net/settings/{name}?api-version=described\n\
             accept: application/json\n\
             content-type: application/json\n\
             {{\"value\":\"true\"}}"
        )
    );
    let sample = json!({"name": name, "value": "true", "type": "boolean"});
    let setting = update.response(answer(200, &sample)).unwrap().into_body();
    assert_eq!(setting.r#type, Some(SettingTypeEnum::Boolean));
    let list = json!({"settings": [sample]});
    let list = GetSettings::new().response(answer(200, &list)).unwrap();
    assert_eq!(list.into_body().settings, Some(vec![setting]));
}

fn download() -> security_domain::Download {
    let key = |id: &str| {
        SecurityDomainJsonWebKey::new("RSA", ["encrypt"], "AQID", "AQAB", ["MIIE"], "BAUG")
            .kid(id)
            .alg("RSA-OAEP-256")
    };
    let keys = [key("id1"), key("id2"), key("id3")];
    security_domain::Download::new(CertificateInfoObject::new(keys).required(2))
}

#[test]
fn a_download_of_the_security_domain_sends_the_keys_of_its_owners() {
    let key = |id: &str| {
        format!(
            "{{\"kid\":\"{id}\",\"kty\":\"RSA\",\"key_ops\":[\"encrypt\"],\"n\":\"AQID\",\
             \"e\":\"AQAB\",\"x5c\":[\"MIIE\"],\"x5t#S256\":\"BAUG\",\"alg\":\"RSA-OAEP-256\"}}"
        )
    };
    let keys = [key("id1"), key("id2"), key("id3")].join(",");
    assert_eq!(
        written(&sent(&download())),
        format!(
            "POST https://myvault.vault.azure.net/securitydomain/download\
             ?api-version=described\n\
             accept: application/json\n\
             content-type: application/json\n\
             {{\"certificates\":[{keys}],\"required\":2}}"
        )
    );
}

#[test]
fn the_security_domain_comes_with_the_first_answer() {
    let response = download().response(answer(202, &json!({"value": "eyJFbmNEYXRhIjp7"})));
    let response = response.unwrap();
    assert!(!format!("{response:?}").contains("eyJ"));
    assert_eq!(response.into_body().value.expose(), "eyJFbmNEYXRhIjp7");
}

#[test]
fn a_transfer_key_may_come_as_text() {
    let key = json!({
        "kid": "not used", "kty": "RSA", "key_ops": ["encrypt"], "n": "AQID", "e": "AQAB",
        "x5c": ["MIIE"], "x5t#S256": "BAUG"
    });
    for key in [key.clone(), json!(key.to_string())] {
        let answer = answer(200, &json!({"key_format": "jwk", "transfer_key": key}));
        let read = security_domain::TransferKey::new()
            .response(answer)
            .unwrap();
        let key = read.into_body().transfer_key;
        assert_eq!((key.x5t_s256.as_str(), key.alg), ("BAUG", None));
    }
}
