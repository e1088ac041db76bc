//! With the feature `serde`, models implement serde's traits, so they go into and come out of any format.

use keyvault_rest::keys::models::{JsonWebKeyType, KeyBundle, KeyCreateParameters};

fn main() {
    let bundle: KeyBundle = serde_json::from_str(r#"{"key": {"kty": "EC-HSM"}}"#).unwrap();
    let kty = bundle.key.and_then(|key| key.kty);
    assert_eq!(kty, Some(JsonWebKeyType::EcHsm));
    let text = serde_json::to_string(&KeyCreateParameters::new("oct")).unwrap();
    assert_eq!(text, r#"{"kty":"oct"}"#);
    assert!(serde_json::from_str::<KeyCreateParameters>("{}").is_err());
}
