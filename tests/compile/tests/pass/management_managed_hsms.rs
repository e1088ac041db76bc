//! Creates, finds, changes, deletes and purges Managed HSMs, and what hangs on them.

use keyvault_rest::management::models::{
    ActivationStatus, CheckMhsmNameAvailabilityParameters, DeletedManagedHsm,
    MHSMGeoReplicatedRegion, MHSMIPRule, MHSMNetworkRuleSet, MHSMPrivateEndpointConnection,
    MHSMPrivateEndpointConnectionProperties, MHSMPrivateLinkResourceListResult,
    MHSMPrivateLinkServiceConnectionState, MHSMServiceTagRule, MHSMVirtualNetworkRule, ManagedHsm,
    ManagedHsmProperties, ManagedHsmSku, ManagedHsmSkuFamily, ManagedHsmSkuName,
    ManagedServiceIdentity, ManagedServiceIdentityType, ProvisioningState, PublicNetworkAccess,
    UserAssignedIdentity,
};
use keyvault_rest::management::{
    managed_hsms, mhsm_private_endpoint_connections, mhsm_private_link_resources, mhsm_regions,
};
use keyvault_rest::runtime::http::{Request, Response};
use keyvault_rest::{Endpoint, Error, Operation, Rfc3339};

const SUBSCRIPTION: &str = "00000000-0000-0000-0000-000000000000";
const GROUP: &str = "hsm-group";
const NAME: &str = "hsm1";
const IDENTITY: &str = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/ids/\
                        providers/Microsoft.ManagedIdentity/userAssignedIdentities/backup";

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

fn hsm(tenant: &str, admins: &[&str]) -> ManagedHsm {
    let rules = MHSMNetworkRuleSet::default()
        .bypass("AzureServices")
        .default_action("Deny")
        .ip_rules([MHSMIPRule::new("203.0.113.0/24")])
        .service_tags([MHSMServiceTagRule::new("AzureDevOps")])
        .virtual_network_rules(Vec::<MHSMVirtualNetworkRule>::new());
    let properties = ManagedHsmProperties::default()
        .tenant_id(tenant)
        .initial_admin_object_ids(admins.iter().copied())
        .enable_purge_protection(true)
        .soft_delete_retention_in_days(90)
        .public_network_access(PublicNetworkAccess::Enabled)
        .network_acls(rules)
        .regions([MHSMGeoReplicatedRegion::default().name("eastus")]);
    let sku = ManagedHsmSku::new(ManagedHsmSkuFamily::B, ManagedHsmSkuName::StandardB1);
    let identity = ManagedServiceIdentity::new(ManagedServiceIdentityType::UserAssigned)
        .user_assigned_identities([(IDENTITY.to_owned(), UserAssignedIdentity::default())]);
    ManagedHsm::default()
        .location("westus")
        .sku(sku)
        .identity(identity)
        .properties(properties)
        .tags([("Dept", "hsm"), ("Environment", "dogfood")])
}

fn create(client: &Client) -> Result<Option<ProvisioningState>, Error> {
    let parameters = CheckMhsmNameAvailabilityParameters::new(NAME);
    let check = managed_hsms::CheckMhsmNameAvailability::new(SUBSCRIPTION, parameters);
    if client.call(&check)?.name_available == Some(false) {
        return Ok(None);
    }
    let hsm = hsm("tenant", &["admin-1", "admin-2"]);
    let create = managed_hsms::CreateOrUpdate::new(SUBSCRIPTION, GROUP, NAME, hsm);
    let started: Option<ManagedHsm> = client.call(&create)?;
    Ok(started.and_then(|hsm| hsm.properties?.provisioning_state))
}

/// Where there is no such Managed HSM, the service may answer 204, which reads as `None`.
fn is_active(client: &Client) -> Result<Option<bool>, Error> {
    let get = managed_hsms::Get::new(SUBSCRIPTION, GROUP, NAME);
    let found: Option<ManagedHsm> = client.call(&get)?;
    let domain = found.and_then(|hsm| hsm.properties?.security_domain_properties);
    let status = domain.and_then(|domain| domain.activation_status);
    Ok(status.map(|status| status == ActivationStatus::Active))
}

fn endpoints(client: &Client) -> Result<Vec<String>, Error> {
    let all = managed_hsms::ListBySubscription::new(SUBSCRIPTION).top(10);
    let group = managed_hsms::ListByResourceGroup::new(SUBSCRIPTION, GROUP).top(10);
    let hsms: Vec<ManagedHsm> = [client.call(&all)?.value, client.call(&group)?.value].concat();
    let properties = hsms.into_iter().filter_map(|hsm| hsm.properties);
    Ok(properties.filter_map(|p| p.hsm_uri).collect())
}

fn tag(client: &Client) -> Result<bool, Error> {
    let patch = ManagedHsm::default().tags([("Environment", "production")]);
    let update = managed_hsms::Update::new(SUBSCRIPTION, GROUP, NAME, patch);
    let is_done: Option<ManagedHsm> = client.call(&update)?;
    Ok(is_done.is_some())
}

fn delete(client: &Client) -> Result<Option<Rfc3339>, Error> {
    let () = client.call(&managed_hsms::Delete::new(SUBSCRIPTION, GROUP, NAME))?;
    let all = client.call(&managed_hsms::ListDeleted::new(SUBSCRIPTION))?;
    let _: Vec<DeletedManagedHsm> = all.value;
    let get = managed_hsms::GetDeleted::new(SUBSCRIPTION, "westus", NAME);
    let deleted: Option<DeletedManagedHsm> = client.call(&get)?;
    let Some(properties) = deleted.and_then(|hsm| hsm.properties) else {
        return Ok(None);
    };
    if properties.purge_protection_enabled != Some(true) {
        let purge = managed_hsms::PurgeDeleted::new(SUBSCRIPTION, "westus", NAME);
        let () = client.call(&purge)?;
    }
    Ok(properties.scheduled_purge_date)
}

fn connections(client: &Client) -> Result<Vec<String>, Error> {
    use mhsm_private_endpoint_connections::{Delete, Get, ListByResource, Put};

    let state = MHSMPrivateLinkServiceConnectionState::default().status("Approved");
    let properties = MHSMPrivateEndpointConnectionProperties::default();
    let properties = properties.private_link_service_connection_state(state);
    let approved = MHSMPrivateEndpointConnection::default().properties(properties);
    let _ = client.call(&Put::new(SUBSCRIPTION, GROUP, NAME, "pec-1", approved))?;
    let found: Option<MHSMPrivateEndpointConnection> =
        client.call(&Get::new(SUBSCRIPTION, GROUP, NAME, "pec-1"))?;
    let deleted = client.call(&Delete::new(SUBSCRIPTION, GROUP, NAME, "pec-2"))?;
    let _: Option<String> = found.or(deleted).and_then(|one| one.etag);
    let page = client.call(&ListByResource::new(SUBSCRIPTION, GROUP, NAME))?;
    let names = page.value.into_iter().filter_map(|one| one.name);
    Ok(names.collect())
}

fn regions(client: &Client) -> Result<Option<String>, Error> {
    let list = mhsm_regions::ListByResource::new(SUBSCRIPTION, GROUP, NAME);
    let mut regions = client.call(&list)?.value.into_iter();
    let primary = regions.find(|region| region.is_primary == Some(true));
    Ok(primary.and_then(|region| region.name))
}

fn zones(client: &Client) -> Result<Vec<String>, Error> {
    let list = mhsm_private_link_resources::ListByMhsmResource::new(SUBSCRIPTION, GROUP, NAME);
    let resources: MHSMPrivateLinkResourceListResult = client.call(&list)?;
    let resources = resources.value.into_iter().flatten();
    let zones = resources.filter_map(|resource| resource.properties?.required_zone_names);
    Ok(zones.flatten().collect())
}

fn main() {
    let _ = (create, is_active, endpoints, tag, delete);
    let _ = (connections, regions, zones);
}
