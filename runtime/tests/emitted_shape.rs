//! A mini service in exactly the shape that the generator emits, used as its users do.
#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, clippy::panic)]

mod keys;

use keys::models::{self, JsonWebKey, JsonWebKeyType, KeyBundle, KeyRotationPolicyAction};
use keys::operations::{CreateKey, GetKey, UpdateKey};
use keyvault_runtime::{self as rt, Operation};

fn endpoint() -> rt::Endpoint {
    rt::Endpoint::new("https://MyVault.vault.azure.net/").unwrap()
}

fn get(name: &str, version: Option<&str>) -> GetKey {
    let get = GetKey::new(name);
    match version {
        Some(version) => get.key_version(version),
        None => get,
    }
}

fn create(scope: &str) -> CreateKey {
    let key = JsonWebKey::new("ec-hsm").k(b"hi");
    let mut bundle = KeyBundle::new(key, 256).actions([KeyRotationPolicyAction::Notify]);
    bundle.managed = Some(true);
    CreateKey::new(scope, "ec", "t", bundle).max_results(25)
}

fn ok<T: Operation>(operation: &T, body: &str) -> Result<T::Output, rt::Error> {
    operation
        .response(http::Response::new(body))
        .map(rt::Response::into_body)
}

#[test]
fn a_model_may_come_as_a_text_that_holds_it() {
    let read = |text: &str| rt::from_json::<keys::models::Error>(text);
    let plain = read(r#"{"code": "a"}"#).unwrap();
    assert_eq!(read(r#""{\"code\": \"a\"}""#).unwrap(), plain);
    for broken in [r#""{\"code\": 1}""#, r#""{}x""#, r#""code""#, r#""{""#] {
        let error = read(broken).unwrap_err().to_string();
        assert!(!error.contains("code"), "{error}");
    }
}

#[test]
fn a_request_without_a_body() {
    let request = get("my-key", Some("v1")).request(&endpoint()).unwrap();
    assert_eq!(request.method(), rt::Method::GET);
    assert_eq!(
        request.uri(),
        "https://myvault.vault.azure.net/keys/my-key/v1?api-version=2025-07-01"
    );
    assert_eq!(request.headers().len(), 1);
    assert_eq!(request.headers()["accept"], "application/json");
    assert!(request.body().is_empty());
}

#[test]
fn a_request_with_everything() {
    let request = create("/").request(&endpoint()).unwrap();
    assert_eq!(
        request.uri().path_and_query().unwrap(),
        "/keys/EC?maxresults=25&fixed=a%20b&api-version=2025-07-01"
    );
    assert_eq!(request.headers()["content-type"], "application/json");
    assert!(request.headers()["x-token"].is_sensitive());
    let body = r#"{"key":{"kty":"EC-HSM","k":"aGk"},"actions":["Notify"],"key_size":256}"#;
    assert_eq!(str::from_utf8(request.body()).unwrap(), body);
}

#[test]
fn a_body_that_may_be_left_out() {
    let empty = UpdateKey::new().request(&endpoint()).unwrap();
    assert!(empty.body().is_empty() && UpdateKey::default() == UpdateKey::new());
    let full = UpdateKey::new().parameters(KeyBundle::new(JsonWebKey::new("EC"), 1));
    let body = br#"{"key":{"kty":"EC"},"key_size":1}"#;
    assert_eq!(full.request(&endpoint()).unwrap().body(), body);
}

#[test]
fn requests_that_would_go_astray_are_refused() {
    let kind = |operation: GetKey| operation.request(&endpoint()).unwrap_err().kind().clone();
    assert!(matches!(
        kind(get("a/b", None)),
        rt::BuildErrorKind::Pattern { .. }
    ));
    assert!(matches!(
        kind(get("a", Some("Versions"))),
        rt::BuildErrorKind::Rival { .. }
    ));
    assert!(matches!(
        kind(get("a", Some(".."))),
        rt::BuildErrorKind::DotSegment
    ));
    let error = create("/keys/../secrets").request(&endpoint()).unwrap_err();
    assert_eq!(
        (error.operation(), error.parameter()),
        ("CreateKey", Some("scope"))
    );
}

#[test]
fn a_response_is_read_whole() {
    let json = r#"{"key":{"kty":"EC","n":"AQAB","k":"aGk=","kid":"https://x"},"actions":["rotate"],
        "created":"1490790000","updated":"2017-03-29 12:20:00Z","cer":"aGk=","tags":{"a":"b"},
        "key_size":"256","any":[1,null],"managed":"True","new":{"deep":[]}}"#;
    let bundle = ok(&get("a", None), json).unwrap();
    assert_eq!(bundle.key.key_type, JsonWebKeyType::Ec);
    assert_eq!(**bundle.key.k.as_ref().unwrap().expose(), *b"hi");
    assert_eq!(
        bundle.actions.as_deref(),
        Some(&[KeyRotationPolicyAction::Rotate][..])
    );
    assert_eq!(bundle.created.unwrap().seconds(), 1_490_790_000);
    assert_eq!(bundle.updated.unwrap(), *bundle.created.unwrap());
    assert_eq!(bundle.certificate.as_deref(), Some(&b"hi"[..]));
    assert_eq!((bundle.size, bundle.managed), (256, Some(true)));
    assert_eq!(bundle.tags.as_ref().unwrap()["a"], "b");
    assert_eq!(bundle.any, Some(serde_json::json!([1, null])));
    assert!(format!("{bundle:?}").contains("k: Some(Secret(***))"));
    let again: KeyBundle = rt::from_json(rt::to_json(&bundle).unwrap()).unwrap();
    assert_eq!(again, bundle);
}

#[test]
fn a_recursive_model_and_an_empty_body_are_read() {
    let error = ok(
        &create("/"),
        r#"{"code":"a","innererror":{"code":"b","innererror":null}}"#,
    );
    let error: models::Error = error.unwrap().unwrap();
    let inner = error.inner_error.unwrap();
    assert_eq!(
        (error.code.as_deref(), inner.code.as_deref()),
        (Some("a"), Some("b"))
    );
    assert_eq!(inner.inner_error, None);
    assert_eq!(ok(&create("/"), "").unwrap(), None);
}

#[test]
fn a_response_of_another_shape_is_told_with_path_and_place() {
    let reason = |json| match ok(&get("a", None), json) {
        Err(rt::Error::Decode(error)) => error.reason().to_owned(),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        reason("{\"key\":\n{\"kty\":1}}"),
        "KeyBundle.key: JsonWebKey.kty: expected a string, found a number at line 2 column 8"
    );
    assert_eq!(
        reason(r#"{"key":{"kty":"EC"}}"#),
        "KeyBundle: the member `key_size` is missing at line 1 column 20"
    );
    assert_eq!(
        reason(r#"{"actions":["Rotate","hunter2"]}"#),
        "KeyBundle.actions: [1]: expected KeyRotationPolicyAction, found other text at line 1 column 30"
    );
    assert_eq!(reason(""), "the response has no body");
}

#[test]
fn an_error_of_the_service_is_kept_whole() {
    let body = r#"{"error":{"code":"Conflict","message":"m","innererror":{"code":"ObjectIsBeingDeleted"}}}"#;
    let response = http::Response::builder()
        .status(409)
        .body(body.as_bytes())
        .unwrap();
    let error = create("/").response(response).unwrap_err();
    assert_eq!(error.to_string(), "409 Conflict: Conflict: m");
    assert_eq!(
        error.service().unwrap().inner_codes(),
        ["ObjectIsBeingDeleted"]
    );
    assert_eq!(error.service().unwrap().raw(), body.as_bytes());
}
