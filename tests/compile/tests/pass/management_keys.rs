//! Makes and reads keys through Azure Resource Manager, in a vault and in a Managed HSM.

use keyvault_rest::management::models::{
    Action, JsonWebKeyCurveName, JsonWebKeyOperation, JsonWebKeyType, Key, KeyAttributes,
    KeyCreateParameters, KeyListResult, KeyProperties, KeyReleasePolicy,
    KeyRotationPolicyActionType, KeyRotationPolicyAttributes, LifetimeAction, ManagedHsmAction,
    ManagedHsmKey, ManagedHsmKeyAttributes, ManagedHsmKeyCreateParameters, ManagedHsmKeyListResult,
    ManagedHsmKeyProperties, ManagedHsmLifetimeAction, ManagedHsmRotationPolicy, ManagedHsmTrigger,
    RotationPolicy, Trigger,
};
use keyvault_rest::management::{keys, managed_hsm_keys};
use keyvault_rest::runtime::http::{Request, Response};
use keyvault_rest::{Base64Url, Endpoint, Error, Operation, UnixTime};

const SUBSCRIPTION: &str = "00000000-0000-0000-0000-000000000000";
const GROUP: &str = "sample-group";
const VERSION: &str = "fd618d9519b74f9aae94ade66b876acc";

struct Client {
    arm: Endpoint,
    send: fn(Request<Vec<u8>>) -> Response<Vec<u8>>,
}

impl Client {
    fn call<O: Operation>(&self, operation: &O) -> Result<O::Output, Error> {
        let request = operation.request(&self.arm)?;
        let response = operation.response((self.send)(request))?;
        Ok(response.into_body())
    }
}

fn in_a_vault(client: &Client, expires: UnixTime) -> Result<Option<String>, Error> {
    let rotate = LifetimeAction::default()
        .trigger(Trigger::default().time_after_create("P90D"))
        .action(Action::default().r#type(KeyRotationPolicyActionType::Rotate));
    let rotation = RotationPolicy::default()
        .attributes(KeyRotationPolicyAttributes::default().expiry_time("P1Y"))
        .lifetime_actions([rotate]);
    let release = KeyReleasePolicy::default()
        .content_type("application/json; charset=utf-8")
        .data(*b"{}");
    let attributes = KeyAttributes::default().enabled(true).expires(expires);
    let properties = KeyProperties::default()
        .kty(JsonWebKeyType::RsaHsm)
        .key_size(3072)
        .key_ops([JsonWebKeyOperation::WrapKey, "unwrapKey".into()])
        .attributes(attributes.exportable(true))
        .rotation_policy(rotation)
        .release_policy(release);
    let parameters = KeyCreateParameters::new(properties).tags([("team", "payments")]);
    let create = keys::CreateIfNotExist::new(SUBSCRIPTION, GROUP, "kv", "disk", parameters);
    let key: Key = client.call(&create)?;
    Ok(key.properties.key_uri_with_version)
}

fn in_a_managed_hsm(client: &Client) -> Result<Option<String>, Error> {
    let notify = ManagedHsmLifetimeAction::default()
        .trigger(ManagedHsmTrigger::default().time_before_expiry("P30D"))
        .action(ManagedHsmAction::default().r#type("notify"));
    let properties = ManagedHsmKeyProperties::default()
        .kty(JsonWebKeyType::EcHsm)
        .curve_name(JsonWebKeyCurveName::P256K)
        .attributes(ManagedHsmKeyAttributes::default().enabled(true))
        .rotation_policy(ManagedHsmRotationPolicy::default().lifetime_actions([notify]));
    let parameters = ManagedHsmKeyCreateParameters::new(properties);
    let create =
        managed_hsm_keys::CreateIfNotExist::new(SUBSCRIPTION, GROUP, "hsm1", "disk", parameters);
    let key: ManagedHsmKey = client.call(&create)?;
    Ok(key.properties.key_uri)
}

fn from_a_vault(client: &Client) -> Result<Option<Base64Url>, Error> {
    let newest: Key = client.call(&keys::Get::new(SUBSCRIPTION, GROUP, "kv", "disk"))?;
    let one = keys::GetVersion::new(SUBSCRIPTION, GROUP, "kv", "disk", VERSION);
    let one: KeyProperties = client.call(&one)?.properties;
    let created: Option<UnixTime> = one.attributes.and_then(|attributes| attributes.created);
    assert!(created.is_some());
    let all: KeyListResult = client.call(&keys::List::new(SUBSCRIPTION, GROUP, "kv"))?;
    let versions = keys::ListVersions::new(SUBSCRIPTION, GROUP, "kv", "disk");
    let _: Vec<Key> = [all.value, client.call(&versions)?.value].concat();
    Ok(newest
        .properties
        .release_policy
        .and_then(|policy| policy.data))
}

fn from_a_managed_hsm(client: &Client) -> Result<Vec<String>, Error> {
    use managed_hsm_keys::{Get, GetVersion, List, ListVersions};

    let newest: ManagedHsmKey = client.call(&Get::new(SUBSCRIPTION, GROUP, "hsm1", "disk"))?;
    let one = GetVersion::new(SUBSCRIPTION, GROUP, "hsm1", "disk", VERSION);
    let all: ManagedHsmKeyListResult = client.call(&List::new(SUBSCRIPTION, GROUP, "hsm1"))?;
    let versions = client.call(&ListVersions::new(SUBSCRIPTION, GROUP, "hsm1", "disk"))?;
    let keys = all.value.into_iter().chain(versions.value);
    let keys = keys.chain([newest, client.call(&one)?]);
    Ok(keys.filter_map(|key| key.id).collect())
}

fn main() {
    let _ = (
        in_a_vault,
        in_a_managed_hsm,
        from_a_vault,
        from_a_managed_hsm,
    );
}
