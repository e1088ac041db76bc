//! Creates, finds, changes and deletes vaults through Azure Resource Manager.

use keyvault_rest::management::models::{
    CheckNameAvailabilityResult, CreateMode, IPRule, NetworkRuleAction, NetworkRuleBypassOptions,
    NetworkRuleSet, PrivateEndpointConnectionItem, Reason, ResourceListResult, Sku, SkuName,
    TrackedResource, Vault, VaultCheckNameAvailabilityParameters, VaultCreateOrUpdateParameters,
    VaultListResult, VaultPatchParameters, VaultPatchProperties, VaultProperties,
    VaultProvisioningState, VirtualNetworkRule,
};
use keyvault_rest::management::vaults;
use keyvault_rest::runtime::Poll;
use keyvault_rest::runtime::http::{Request, Response};
use keyvault_rest::{Endpoint, Error, Operation};

const SUBSCRIPTION: &str = "00000000-0000-0000-0000-000000000000";
const TENANT: &str = "11111111-1111-1111-1111-111111111111";
const SUBNET: &str = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/net/\
                      providers/Microsoft.Network/virtualNetworks/vnet/subnets/apps";

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

fn is_taken(client: &Client, name: &str) -> Result<bool, Error> {
    let name = VaultCheckNameAvailabilityParameters::new(name, "Microsoft.KeyVault/vaults");
    let check = vaults::CheckNameAvailability::new(SUBSCRIPTION, name);
    let checked: CheckNameAvailabilityResult = client.call(&check)?;
    let taken = checked.reason == Some(Reason::AlreadyExists);
    Ok(checked.name_available == Some(false) && taken)
}

fn create(client: &Client) -> Result<bool, Error> {
    let rules = NetworkRuleSet::default()
        .bypass(NetworkRuleBypassOptions::AzureServices)
        .default_action(NetworkRuleAction::Deny)
        .ip_rules([IPRule::new("203.0.113.0/24")])
        .virtual_network_rules([VirtualNetworkRule::new(SUBNET)]);
    let properties = VaultProperties::new(TENANT, Sku::new("A", SkuName::Premium))
        .enable_rbac_authorization(true)
        .enable_purge_protection(true)
        .soft_delete_retention_in_days(90)
        .public_network_access("enabled")
        .network_acls(rules);
    let parameters = VaultCreateOrUpdateParameters::new("westus", properties)
        .tags([("team", "payments"), ("stage", "test")]);
    let create = vaults::CreateOrUpdate::new(SUBSCRIPTION, "payments", "payments-kv", parameters);
    let vault: Vault = client.call(&create)?;
    let state = vault.properties.provisioning_state;
    Ok(state == Some(VaultProvisioningState::Succeeded))
}

fn recover(client: &Client) -> Result<Vault, Error> {
    let properties = VaultProperties::new(TENANT, Sku::new("A", "standard"));
    let properties = properties.create_mode(CreateMode::Recover);
    let parameters = VaultCreateOrUpdateParameters::new("westus", properties);
    let recover = vaults::CreateOrUpdate::new(SUBSCRIPTION, "payments", "payments-kv", parameters);
    client.call(&recover)
}

fn data_plane(client: &Client) -> Result<Option<String>, Error> {
    let get = vaults::Get::new(SUBSCRIPTION, "payments", "payments-kv");
    let properties: VaultProperties = client.call(&get)?.properties;
    let connections: Option<Vec<PrivateEndpointConnectionItem>> =
        properties.private_endpoint_connections;
    assert_eq!(connections, None);
    Ok(properties.vault_uri)
}

fn close_to_the_public(client: &Client) -> Result<Option<String>, Error> {
    let properties = VaultPatchProperties::default().public_network_access("disabled");
    let parameters = VaultPatchParameters::default()
        .properties(properties)
        .tags([("public", "no")]);
    let update = vaults::Update::new(SUBSCRIPTION, "payments", "payments-kv", parameters);
    Ok(client.call(&update)?.id)
}

fn names(client: &Client) -> Result<Vec<String>, Error> {
    let list = vaults::ListBySubscription::new(SUBSCRIPTION).top(100);
    let page: VaultListResult = client.call(&list)?;
    let _: Option<String> = page.next_link;
    let list = vaults::ListByResourceGroup::new(SUBSCRIPTION, "payments").top(10);
    let vaults: Vec<Vault> = [page.value, client.call(&list)?.value].concat();
    Ok(vaults.into_iter().filter_map(|vault| vault.name).collect())
}

fn regions(client: &Client) -> Result<Vec<String>, Error> {
    let page: ResourceListResult = client.call(&vaults::List::new(SUBSCRIPTION).top(1))?;
    let resources: Vec<TrackedResource> = page.value;
    Ok(resources.into_iter().map(|vault| vault.location).collect())
}

fn delete(client: &Client) -> Result<(), Error> {
    client.call(&vaults::Delete::new(
        SUBSCRIPTION,
        "payments",
        "payments-kv",
    ))
}

fn main() {
    let _ = (is_taken, create, recover, data_plane);
    let _ = (close_to_the_public, names, regions, delete);
    let protocol = vaults::CreateOrUpdate::META.protocol().unwrap();
    assert_eq!(protocol.poll, Poll::OriginalUri);
    assert_eq!(protocol.status, Some("properties.provisioningState"));
}
