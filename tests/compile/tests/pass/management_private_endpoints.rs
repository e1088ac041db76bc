//! Approves, reads and deletes private endpoint connections of a vault.

use keyvault_rest::management::models::{
    ActionsRequired, PrivateEndpointConnection, PrivateEndpointConnectionListResult,
    PrivateEndpointConnectionProperties, PrivateEndpointServiceConnectionStatus,
    PrivateLinkResource, PrivateLinkResourceListResult, PrivateLinkServiceConnectionState,
};
use keyvault_rest::management::private_endpoint_connections::{Delete, Get, ListByResource, Put};
use keyvault_rest::management::private_link_resources::ListByVault;
use keyvault_rest::runtime::http::{Request, Response};
use keyvault_rest::{Endpoint, Error, Operation};

const SUBSCRIPTION: &str = "00000000-0000-0000-0000-000000000000";

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

fn approve(client: &Client, name: &str) -> Result<bool, Error> {
    let state = PrivateLinkServiceConnectionState::default()
        .status(PrivateEndpointServiceConnectionStatus::Approved)
        .description("Asked for in ticket 7.")
        .actions_required(ActionsRequired::None);
    let properties = PrivateEndpointConnectionProperties::default();
    let connection = PrivateEndpointConnection::default()
        .properties(properties.private_link_service_connection_state(state))
        .etag("W/\"1\"");
    let put = Put::new(SUBSCRIPTION, "payments", "payments-kv", name, connection);
    Ok(is_approved(&client.call(&put)?))
}

fn is_approved(connection: &PrivateEndpointConnection) -> bool {
    let properties = connection.properties.as_ref();
    let state = properties.and_then(|p| p.private_link_service_connection_state.as_ref());
    let status = state.and_then(|state| state.status.as_ref());
    status == Some(&PrivateEndpointServiceConnectionStatus::Approved)
}

fn waiting(client: &Client) -> Result<Vec<String>, Error> {
    let list = ListByResource::new(SUBSCRIPTION, "payments", "payments-kv");
    let page: PrivateEndpointConnectionListResult = client.call(&list)?;
    let _: Option<String> = page.next_link;
    let connections = page.value.into_iter();
    let waiting = connections.filter(|connection| !is_approved(connection));
    Ok(waiting.filter_map(|connection| connection.name).collect())
}

fn endpoint(client: &Client, name: &str) -> Result<Option<String>, Error> {
    let get = Get::new(SUBSCRIPTION, "payments", "payments-kv", name);
    let Some(connection): Option<PrivateEndpointConnection> = client.call(&get)? else {
        return Ok(None);
    };
    let endpoint = connection.properties.and_then(|p| p.private_endpoint);
    Ok(endpoint.and_then(|endpoint| endpoint.id))
}

fn delete(client: &Client, name: &str) -> Result<(), Error> {
    let delete = Delete::new(SUBSCRIPTION, "payments", "payments-kv", name);
    let _: Option<PrivateEndpointConnection> = client.call(&delete)?;
    Ok(())
}

fn zones(client: &Client) -> Result<Vec<String>, Error> {
    let list = ListByVault::new(SUBSCRIPTION, "payments", "payments-kv");
    let resources: PrivateLinkResourceListResult = client.call(&list)?;
    let resources: Vec<PrivateLinkResource> = resources.value.unwrap_or_default();
    let properties = resources.into_iter().filter_map(|r| r.properties);
    let zones = properties.filter_map(|p| p.required_zone_names);
    Ok(zones.flatten().collect())
}

fn main() {
    let _ = (approve, waiting, endpoint, delete, zones);
}
