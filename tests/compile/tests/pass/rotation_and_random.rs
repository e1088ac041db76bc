//! Rotation policies, random bytes, attestation, import.

use keyvault_rest::keys::models::{
    GetRandomBytesRequest, JsonWebKey, JsonWebKeyType, KeyAttestation, KeyAttributes, KeyBundle,
    KeyImportParameters, KeyReleasePolicy, KeyRotationPolicy, KeyRotationPolicyAction,
    KeyRotationPolicyAttributes, LifetimeActions, LifetimeActionsTrigger, LifetimeActionsType,
    RandomBytes,
};
use keyvault_rest::keys::{
    GetKeyAttestation, GetKeyRotationPolicy, GetRandomBytes, ImportKey, UpdateKeyRotationPolicy,
};
use keyvault_rest::{Operation, UnixTime};

fn policy() -> UpdateKeyRotationPolicy {
    let rotate = LifetimeActions::default()
        .trigger(LifetimeActionsTrigger::default().time_after_create("P90D"))
        .action(LifetimeActionsType::default().r#type(KeyRotationPolicyAction::Rotate));
    let policy = KeyRotationPolicy::default()
        .lifetime_actions([rotate])
        .attributes(KeyRotationPolicyAttributes::default().expiry_time("P2Y"));
    UpdateKeyRotationPolicy::new("k", policy)
}

fn import(seconds: i64) -> Option<ImportKey> {
    let key = JsonWebKey::default()
        .kty(JsonWebKeyType::OctHsm)
        .k([0; 32])
        .key_ops(["wrapKey", "unwrapKey"]);
    let attributes = KeyAttributes::default().expires(UnixTime::from_seconds(seconds).ok()?);
    let parameters = KeyImportParameters::new(key)
        .hsm(true)
        .key_attributes(attributes)
        .release_policy(
            KeyReleasePolicy::default()
                .encoded_policy(*b"{}")
                .immutable(true),
        );
    Some(ImportKey::new("k", parameters))
}

fn attestation(bundle: KeyBundle) -> Option<KeyAttestation> {
    bundle.attributes?.attestation
}

fn random(bytes: &RandomBytes) -> &[u8] {
    bytes.value.expose()
}

fn main() {
    let _ = (policy, import, attestation, random);
    let _ = (GetKeyAttestation::new("k"), GetKeyRotationPolicy::new("k"));
    let _ = GetRandomBytes::new(GetRandomBytesRequest::new(32));
    assert_eq!(
        GetKeyRotationPolicy::META.required_permission(),
        Some("keys/get")
    );
}
