//! Lists what Azure RBAC can permit for Key Vault, page by page.

use keyvault_rest::Operation;
use keyvault_rest::management::models::{self, OperationListResult};
use keyvault_rest::management::operations::List;
use keyvault_rest::runtime::http::Response;

const PAGE: &str = r#"{
    "value": [{
        "name": "Microsoft.KeyVault/vaults/read",
        "display": {
            "provider": "Microsoft Key Vault",
            "resource": "Key Vault",
            "operation": "View Key Vault"
        },
        "isDataAction": false
    }, {
        "name": "Microsoft.KeyVault/vaults/secrets/getSecret/action",
        "isDataAction": true
    }],
    "nextLink": "https://management.azure.com/providers/Microsoft.KeyVault/operations?$skiptoken=2"
}"#;

fn data_actions(page: &OperationListResult) -> impl Iterator<Item = &str> {
    let operations = page.value.iter();
    let data = operations.filter(|operation| operation.is_data_action == Some(true));
    data.filter_map(|operation| operation.name.as_deref())
}

fn metrics(operation: &models::Operation) -> Option<usize> {
    let properties = operation.operation_properties.as_ref()?;
    let specification = properties.service_specification.as_ref()?;
    Some(specification.metric_specifications.as_ref()?.len())
}

fn main() {
    let page = List::new().response(Response::new(PAGE));
    let page: OperationListResult = page.unwrap().into_body();
    let data: Vec<_> = data_actions(&page).collect();
    assert_eq!(data, ["Microsoft.KeyVault/vaults/secrets/getSecret/action"]);
    let display = page.value[0].display.as_ref().unwrap();
    assert_eq!(display.operation.as_deref(), Some("View Key Vault"));
    assert_eq!(metrics(&page.value[0]), None);
    assert!(page.next_link.is_some_and(|link| link.ends_with("=2")));
    assert_eq!(List::META.pages().unwrap().next_link, Some("nextLink"));
}
