//! Roles, and the scopes that they are given for.

use crate::{answer, sent, target, vault, written};
use keyvault_rest::Operation;
use keyvault_rest::rbac::models::{
    RoleAssignmentCreateParameters, RoleAssignmentProperties, RoleScope,
};
use keyvault_rest::rbac::{role_assignments, role_definitions};
use serde_json::json;

#[test]
fn the_slashes_of_a_scope_part_segments() {
    for (scope, start) in [
        ("/", ""),
        ("/keys", "/keys"),
        ("keys", "/keys"),
        ("/keys/my-key", "/keys/my-key"),
        (RoleScope::Keys.as_str(), "/keys"),
    ] {
        let origin = "https://myvault.vault.azure.net";
        let path = "providers/Microsoft.Authorization";
        assert_eq!(
            target(&sent(&role_assignments::Get::new(scope, "a"))),
            format!("{origin}{start}/{path}/roleAssignments/a?api-version=described")
        );
        let list = role_definitions::List::new(scope).filter("type eq 'CustomRole'");
        assert_eq!(
            target(&sent(&list)),
            format!(
                "{origin}{start}/{path}/roleDefinitions\
                 ?$filter=type%20eq%20%27CustomRole%27&api-version=described"
            )
        );
    }
}

#[test]
fn a_scope_leads_nowhere_else() {
    for scope in [
        "",
        "/..",
        "/keys/..",
        "/../secrets",
        "/keys/.",
        "/keys/",
        "//",
        "/keys//my-key",
    ] {
        let get = role_assignments::Get::new(scope, "a");
        let error = get.request(&vault()).unwrap_err();
        assert!(error.to_string().contains("scope"), "{scope}: {error}");
    }
    let odd = role_assignments::Get::new("/keys/%2e%2e/a?b#c", "../a");
    assert_eq!(
        sent(&odd).uri().path(),
        "/keys/%252e%252e/a%3Fb%23c/providers/Microsoft.Authorization/roleAssignments/..%2Fa"
    );
}

#[test]
fn a_role_assignment_is_that_of_the_reference() {
    let role = "/keys/providers/Microsoft.Authorization/roleDefinitions/roleDefinitionId";
    let properties = RoleAssignmentProperties::new(role, "principalId");
    let parameters = RoleAssignmentCreateParameters::new(properties);
    let create = role_assignments::Create::new("/keys", "roleAssignmentName", parameters);
    assert_eq!(
        written(&sent(&create)),
        format!(
            "PUT https://myvault.vault.azure.net/keys/providers/Microsoft.Authorization/\
             roleAssignments/roleAssignmentName?api-version=described\n\
             accept: application/json\n\
             content-type: application/json\n\
             {{\"properties\":{{\"roleDefinitionId\":\"{role}\",\
             \"principalId\":\"principalId\"}}}}"
        )
    );
    let sample = json!({
        "id": "/keys/providers/Microsoft.Authorization/roleAssignments/roleAssignmentId",
        "name": "roleAssignmentId",
        "type": "Microsoft.Authorization/roleAssignments",
        "properties": {"scope": "/keys/k", "roleDefinitionId": role, "principalId": "principalId"}
    });
    let assignment = create.response(answer(201, &sample)).unwrap().into_body();
    assert_eq!(serde_json::to_value(&assignment).unwrap(), sample);
    let scope = assignment.properties.unwrap().scope.unwrap();
    assert_eq!(scope.as_str(), "/keys/k");
}
