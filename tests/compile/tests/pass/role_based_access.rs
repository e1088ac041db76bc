//! Defines a role, assigns it for one key, and takes both back.

use keyvault_rest::rbac::models::{
    DataAction, Permission, RoleAssignment, RoleAssignmentCreateParameters,
    RoleAssignmentProperties, RoleDefinition, RoleDefinitionCreateParameters,
    RoleDefinitionProperties, RoleScope, RoleType,
};
use keyvault_rest::rbac::{role_assignments, role_definitions};
use keyvault_rest::runtime::http::{Request, Response};
use keyvault_rest::{Endpoint, Error, Operation};

const SIGNER: &str = "7b127d3c-77bd-4e3e-bbe0-dbb8971fa7f8";
const ASSIGNMENT: &str = "d3d2ff5a-6c5e-4a8a-9c33-1f2e7d1f5d3b";

struct Client {
    hsm: Endpoint,
    send: fn(Request<Vec<u8>>) -> Response<Vec<u8>>,
}

impl Client {
    fn call<O: Operation>(&self, operation: &O) -> Result<O::Output, Error> {
        let request = operation.request(&self.hsm)?;
        let response = operation.response((self.send)(request))?;
        Ok(response.into_body())
    }
}

fn define(client: &Client) -> Result<Option<String>, Error> {
    let permission = Permission::default()
        .data_actions([DataAction::SignHsmKey, DataAction::VerifyHsmKey])
        .not_data_actions(["Microsoft.KeyVault/managedHsm/keys/delete"]);
    let properties = RoleDefinitionProperties::default()
        .role_name("Signer")
        .description("May sign.")
        .role_type(RoleType::CustomRole)
        .permissions([permission])
        .assignable_scopes([RoleScope::Global]);
    let parameters = RoleDefinitionCreateParameters::new(properties);
    let create = role_definitions::CreateOrUpdate::new("/", SIGNER, parameters);
    let role: RoleDefinition = client.call(&create)?;
    Ok(role.id)
}

fn assign(client: &Client, role: &str, principal: &str) -> Result<bool, Error> {
    let properties = RoleAssignmentProperties::new(role, principal);
    let create = role_assignments::Create::new(
        "/keys/my-key",
        ASSIGNMENT,
        RoleAssignmentCreateParameters::new(properties),
    );
    let assignment: RoleAssignment = client.call(&create)?;
    let scope = assignment
        .properties
        .and_then(|properties| properties.scope);
    Ok(scope == Some(RoleScope::from("/keys/my-key")))
}

fn of_principal(client: &Client, principal: &str) -> Result<Vec<String>, Error> {
    let list =
        role_assignments::ListForScope::new("/").filter(format!("principalId eq '{principal}'"));
    let page = client.call(&list)?;
    let assignments = page.value.into_iter().flatten();
    Ok(assignments
        .filter_map(|assignment| assignment.name)
        .collect())
}

fn custom_roles(client: &Client) -> Result<Vec<RoleDefinition>, Error> {
    let list = role_definitions::List::new("/").filter("type eq 'CustomRole'");
    let page = client.call(&list)?;
    Ok(page.value.unwrap_or_default())
}

fn may_sign(client: &Client) -> Result<bool, Error> {
    let role = client.call(&role_definitions::Get::new("/", SIGNER))?;
    let permissions = role.properties.and_then(|p| p.permissions);
    let actions = permissions
        .into_iter()
        .flatten()
        .filter_map(|p| p.data_actions);
    Ok(actions
        .flatten()
        .any(|action| action == DataAction::SignHsmKey))
}

fn take_back(client: &Client) -> Result<(), Error> {
    let found = client.call(&role_assignments::Get::new("/keys/my-key", ASSIGNMENT))?;
    let _: Option<String> = found
        .properties
        .and_then(|properties| properties.principal_id);
    let _ = client.call(&role_assignments::Delete::new("/keys/my-key", ASSIGNMENT))?;
    let _: RoleDefinition = client.call(&role_definitions::Delete::new("/", SIGNER))?;
    Ok(())
}

fn main() {
    let _ = (
        define,
        assign,
        of_principal,
        custom_roles,
        may_sign,
        take_back,
    );
    assert_eq!(RoleScope::Keys.as_str(), "/keys");
}
