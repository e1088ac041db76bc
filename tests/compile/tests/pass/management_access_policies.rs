//! Says who may do what in a vault, entry by entry.

use keyvault_rest::management::models::{
    AccessPolicyEntry, AccessPolicyUpdateKind, CertificatePermissions, KeyPermissions, Permissions,
    SecretPermissions, VaultAccessPolicyParameters, VaultAccessPolicyProperties,
};
use keyvault_rest::management::vaults::UpdateAccessPolicy;
use keyvault_rest::{BuildError, Endpoint, Operation};

const SUBSCRIPTION: &str = "00000000-0000-0000-0000-000000000000";
const TENANT: &str = "11111111-1111-1111-1111-111111111111";

fn policies(
    kind: impl Into<AccessPolicyUpdateKind>,
    entries: Vec<AccessPolicyEntry>,
) -> UpdateAccessPolicy {
    let parameters = VaultAccessPolicyParameters::new(VaultAccessPolicyProperties::new(entries));
    UpdateAccessPolicy::new(SUBSCRIPTION, "payments", "payments-kv", kind, parameters)
}

fn grant(user: &str, application: &str) -> UpdateAccessPolicy {
    let permissions = Permissions::default()
        .keys([KeyPermissions::WrapKey, KeyPermissions::UnwrapKey])
        .secrets(["get", "list"])
        .certificates([CertificatePermissions::Get, "getissuers".into()])
        .storage(["regeneratekey"]);
    let entry = AccessPolicyEntry::new(TENANT, user, permissions).application_id(application);
    policies(AccessPolicyUpdateKind::Add, vec![entry])
}

fn revoke(user: &str) -> UpdateAccessPolicy {
    let nothing = AccessPolicyEntry::new(TENANT, user, Permissions::default());
    policies("remove", vec![nothing])
}

fn readers(answer: VaultAccessPolicyParameters) -> Vec<String> {
    let may_read = |entry: &AccessPolicyEntry| {
        let permissions = entry.permissions.secrets.iter().flatten();
        let read = [SecretPermissions::Get, SecretPermissions::All];
        permissions
            .clone()
            .any(|permission| read.contains(permission))
    };
    let entries = answer.properties.access_policies.into_iter();
    let readers = entries.filter(may_read);
    readers.map(|entry| entry.object_id).collect()
}

fn main() -> Result<(), BuildError> {
    let arm = Endpoint::new("https://management.azure.com").unwrap();
    let path = |update: UpdateAccessPolicy| {
        let request = update.request(&arm)?;
        Ok::<_, BuildError>(request.uri().path().to_owned())
    };
    assert!(path(grant("user", "application"))?.ends_with("/accessPolicies/add"));
    assert!(path(revoke("user"))?.ends_with("/accessPolicies/remove"));
    let _ = readers;
    Ok(())
}
