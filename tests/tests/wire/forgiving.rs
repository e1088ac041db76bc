//! What the service does beside its description must be read; what would be wrong data must not.

use keyvault_rest::keys::models::{JsonWebKeyType, KeyRotationPolicyAction};
use keyvault_rest::keys::{GetKey, GetKeyRotationPolicy, GetKeys, GetRandomBytes, PurgeDeletedKey};
use keyvault_rest::runtime::http::Response;
use keyvault_rest::{Error, Operation};
use serde_json::json;

use super::answer;

#[test]
fn unknown_members_and_values_are_kept_apart_from_known_ones() {
    let body = json!({"key": {"kty": "ML-DSA", "new": 1}, "new": {"a": []}});
    let bundle = GetKey::new("k").response(answer(200, &body)).unwrap();
    let kty = bundle.body().key.as_ref().unwrap().kty.clone().unwrap();
    assert!(matches!(kty, JsonWebKeyType::UnknownValue(_)));
    assert_eq!(kty.as_str(), "ML-DSA");
}

#[test]
fn letter_case_of_values_does_not_matter() {
    let body = json!({"lifetimeActions": [{"action": {"type": "rotate"}}]});
    let policy = GetKeyRotationPolicy::new("k").response(answer(200, &body));
    let actions = policy.unwrap().into_body().lifetime_actions.unwrap();
    let action = actions[0].action.as_ref().unwrap();
    assert_eq!(action.r#type, Some(KeyRotationPolicyAction::Rotate));
}

#[test]
fn null_and_absent_are_the_same() {
    for body in [json!({"value": null, "nextLink": null}), json!({})] {
        let page = GetKeys::new().response(answer(200, &body)).unwrap();
        assert_eq!((&page.body().value, &page.body().next_link), (&None, &None));
    }
}

#[test]
fn numbers_may_come_as_texts() {
    let body = json!({"attributes": {"created": "1493942451", "recoverableDays": "90"}});
    let bundle = GetKey::new("k").response(answer(200, &body)).unwrap();
    let attributes = bundle.into_body().attributes.unwrap();
    assert_eq!(attributes.created.unwrap().seconds(), 1_493_942_451);
    assert_eq!(attributes.recoverable_days, Some(90));
}

#[test]
fn a_purge_answers_without_a_body() {
    let response = Response::builder().status(204).body(Vec::new()).unwrap();
    PurgeDeletedKey::new("k").response(response).unwrap();
}

#[test]
fn a_missing_required_member_is_an_error_that_names_it() {
    let error = GetRandomBytes::new(keyvault_rest::keys::models::GetRandomBytesRequest::new(8))
        .response(answer(200, &json!({})))
        .unwrap_err();
    let message = error.to_string();
    assert!(
        message.contains("RandomBytes") && message.contains("`value`"),
        "{message}"
    );
}

#[test]
fn a_wrong_type_is_an_error_that_names_its_place_and_shows_no_value() {
    let body = json!({"key": {"n": "not base64url!"}});
    let error = GetKey::new("k").response(answer(200, &body)).unwrap_err();
    let message = error.to_string();
    assert!(message.contains("KeyBundle.key: JsonWebKey.n"), "{message}");
    assert!(!message.contains("not base64url!"), "{message}");
}

#[test]
fn an_error_of_the_service_keeps_all_that_it_said() {
    let body = json!({"error": {
        "code": "Conflict",
        "message": "Key k is being deleted.",
        "innererror": {"code": "ObjectIsBeingDeleted", "innererror": {"code": "Deep"}}
    }});
    let mut answer = answer(409, &body);
    let id = "6e5fd1b7".parse().unwrap();
    answer.headers_mut().insert("x-ms-request-id", id);
    let error = GetKey::new("k").response(answer).unwrap_err();
    let Error::Service(error) = &error else {
        panic!("{error}");
    };
    assert_eq!(error.status(), 409);
    assert_eq!(error.code(), Some("Conflict"));
    assert_eq!(error.message(), Some("Key k is being deleted."));
    assert_eq!(error.inner_codes(), ["ObjectIsBeingDeleted", "Deep"]);
    assert_eq!(error.request_id(), Some("6e5fd1b7"));
    assert_eq!(error.raw(), body.to_string().as_bytes());
}

#[test]
fn an_error_page_is_an_error_too() {
    let page = Response::builder()
        .status(502)
        .body("<html>Bad gateway</html>");
    let error = GetKey::new("k").response(page.unwrap()).unwrap_err();
    let service = error.service().unwrap();
    assert_eq!((service.code(), service.status().as_u16()), (None, 502));
}
