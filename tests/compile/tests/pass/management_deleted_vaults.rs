//! Finds deleted vaults and purges those that nothing protects.

use std::collections::BTreeMap;

use keyvault_rest::management::models::{
    DeletedVault, DeletedVaultListResult, DeletedVaultProperties,
};
use keyvault_rest::management::vaults::{GetDeleted, ListDeleted, PurgeDeleted};
use keyvault_rest::runtime::http::Response;
use keyvault_rest::runtime::time::OffsetDateTime;
use keyvault_rest::runtime::{Outcome, Poll};
use keyvault_rest::{Operation, Rfc3339};

const SUBSCRIPTION: &str = "00000000-0000-0000-0000-000000000000";

const PAGE: &str = r#"{"value": [{
    "id": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.KeyVault/locations/westus/deletedVaults/sample-vault",
    "name": "sample-vault",
    "type": "Microsoft.KeyVault/deletedVaults",
    "properties": {
        "location": "westus",
        "tags": {"team": "payments"},
        "deletionDate": "2017-01-01T00:00:59Z",
        "scheduledPurgeDate": "2017-04-01T00:00:59Z"
    }
}]}"#;

fn purge(vault: DeletedVault) -> Option<PurgeDeleted> {
    let properties: DeletedVaultProperties = vault.properties?;
    if properties.purge_protection_enabled == Some(true) {
        return None;
    }
    Some(PurgeDeleted::new(
        SUBSCRIPTION,
        properties.location?,
        vault.name?,
    ))
}

fn is_overdue(properties: &DeletedVaultProperties) -> bool {
    let date: Option<Rfc3339> = properties.scheduled_purge_date;
    date.is_some_and(|date| date < OffsetDateTime::now_utc())
}

fn team(properties: &DeletedVaultProperties) -> Option<&str> {
    let tags: &BTreeMap<String, String> = properties.tags.as_ref()?;
    tags.get("team").map(String::as_str)
}

fn main() {
    let page = ListDeleted::new(SUBSCRIPTION).response(Response::new(PAGE));
    let page: DeletedVaultListResult = page.unwrap().into_body();
    assert_eq!(page.next_link, None);
    let vault = page.value.into_iter().next().unwrap();
    let properties = vault.properties.as_ref().unwrap();
    assert!(is_overdue(properties));
    assert_eq!(team(properties), Some("payments"));
    let expected = PurgeDeleted::new(SUBSCRIPTION, "westus", "sample-vault");
    assert_eq!(purge(vault), Some(expected));

    let protocol = PurgeDeleted::META.protocol().unwrap();
    assert_eq!(protocol.poll, Poll::Location);
    assert_eq!(protocol.outcome, Outcome::Nothing);
    let _ = GetDeleted::new(SUBSCRIPTION, "westus", "sample-vault");
}
