//! Vaults and Managed HSMs as resources.

use super::{SUBSCRIPTION, arm, empty, managed};
use crate::{answer, vault, written};
use keyvault_rest::Operation;
use keyvault_rest::management;
use keyvault_rest::management::models::{
    AccessPolicyEntry, AccessPolicyUpdateKind, ManagedHsmSku, Permissions, ProvisioningState,
    VaultAccessPolicyParameters, VaultAccessPolicyProperties,
};
use keyvault_rest::management::{managed_hsms, private_endpoint_connections, vaults};
use keyvault_rest::secrets::GetSecret;
use serde_json::json;

#[test]
fn the_list_of_resources_has_its_own_version_and_filter() {
    let expected = format!(
        "GET https://management.azure.com/subscriptions/{SUBSCRIPTION}/resources\
         ?$top=1&$filter=resourceType%20eq%20%27Microsoft.KeyVault%2Fvaults%27\
         &api-version=2015-11-01\n\
         accept: application/json\n"
    );
    let list = vaults::List::new(SUBSCRIPTION).top(1);
    for endpoint in [arm(), arm().with_api_version("2023-07-01")] {
        assert_eq!(written(&list.request(&endpoint).unwrap()), expected);
    }
}

#[test]
fn an_endpoint_may_ask_for_another_version() {
    let older = vault().with_api_version("7.5");
    let get = GetSecret::new("s").request(&older).unwrap();
    assert_eq!(get.uri().query(), Some("api-version=7.5"));
    let older = arm().with_api_version("2023-07-01");
    let get = vaults::Get::new(SUBSCRIPTION, "group", "sample-vault");
    let get = get.request(&older).unwrap();
    assert_eq!(get.uri().query(), Some("api-version=2023-07-01"));
    let get = vaults::Get::new(SUBSCRIPTION, "group", "sample-vault");
    assert_eq!(
        managed(&get),
        format!(
            "GET https://management.azure.com/subscriptions/{SUBSCRIPTION}/resourceGroups/group/\
             providers/Microsoft.KeyVault/vaults/sample-vault?api-version=described\n\
             accept: application/json\n"
        )
    );
}

#[test]
fn nothing_there_is_none() {
    let get = managed_hsms::Get::new(SUBSCRIPTION, "hsm-group", "hsm1");
    assert_eq!(get.response(empty(204)).unwrap().into_body(), None);
    let get = private_endpoint_connections::Get::new(SUBSCRIPTION, "group", "vault", "pec");
    assert_eq!(get.response(empty(204)).unwrap().into_body(), None);
    let delete = private_endpoint_connections::Delete::new(SUBSCRIPTION, "group", "vault", "pec");
    for status in [202, 204] {
        assert_eq!(delete.response(empty(status)).unwrap().into_body(), None);
    }
}

#[test]
fn a_managed_hsm_that_is_being_made_is_none() {
    let hsm = management::models::ManagedHsm::default();
    let create = managed_hsms::CreateOrUpdate::new(SUBSCRIPTION, "hsm-group", "hsm1", hsm);
    assert_eq!(create.response(empty(202)).unwrap().into_body(), None);
}

#[test]
fn a_managed_hsm_is_that_of_the_reference() {
    let sample = json!({
        "id": format!(
            "/subscriptions/{SUBSCRIPTION}/resourceGroups/hsm-group/providers/\
             Microsoft.KeyVault/managedHSMs/hsm1"
        ),
        "name": "hsm1",
        "type": "Microsoft.KeyVault/managedHSMs",
        "location": "westus",
        "tags": {"Dept": "hsm", "Environment": "dogfood"},
        "sku": {"family": "B", "name": "Standard_B1"},
        "properties": {
            "tenantId": SUBSCRIPTION,
            "initialAdminObjectIds": [SUBSCRIPTION],
            "enableSoftDelete": true,
            "softDeleteRetentionInDays": 90,
            "enablePurgeProtection": false,
            "hsmUri": "https://westus.hsm1.managedhsm.azure.net",
            "provisioningState": "Succeeded",
            "statusMessage": "ManagedHsm is functional."
        }
    });
    let get = managed_hsms::Get::new(SUBSCRIPTION, "hsm-group", "hsm1");
    let hsm = get.response(answer(200, &sample)).unwrap().into_body();
    let hsm = hsm.unwrap();
    assert_eq!(serde_json::to_value(&hsm).unwrap(), sample);
    assert_eq!(hsm.sku, Some(ManagedHsmSku::new("b", "standard_b1")));
    let properties = hsm.properties.as_ref().unwrap();
    let state = properties.provisioning_state.as_ref();
    assert_eq!(state, Some(&ProvisioningState::Succeeded));

    // What the service sets is read, but not sent back.
    let update = managed_hsms::Update::new(SUBSCRIPTION, "hsm-group", "hsm1", hsm);
    let body = update.request(&arm()).unwrap().into_body();
    let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(body["id"], json!(null));
    assert_eq!(body["properties"]["provisioningState"], json!(null));
    assert_eq!(
        body["properties"]["tenantId"],
        sample["properties"]["tenantId"]
    );
    assert_eq!(body["tags"], sample["tags"]);
}

#[test]
fn what_to_do_with_access_policies_stands_in_the_path() {
    let update = |kind: AccessPolicyUpdateKind| {
        let permissions = Permissions::default()
            .keys(["encrypt"])
            .secrets(["get"])
            .certificates(["get"]);
        let entry = AccessPolicyEntry::new(SUBSCRIPTION, SUBSCRIPTION, permissions);
        let parameters =
            VaultAccessPolicyParameters::new(VaultAccessPolicyProperties::new([entry]));
        vaults::UpdateAccessPolicy::new(SUBSCRIPTION, "g", "sample-vault", kind, parameters)
    };
    assert_eq!(
        managed(&update(AccessPolicyUpdateKind::Add)),
        format!(
            "PUT https://management.azure.com/subscriptions/{SUBSCRIPTION}/resourceGroups/g/\
             providers/Microsoft.KeyVault/vaults/sample-vault/accessPolicies/add\
             ?api-version=described\n\
             accept: application/json\n\
             content-type: application/json\n\
             {{\"properties\":{{\"accessPolicies\":[{{\"tenantId\":\"{SUBSCRIPTION}\",\
             \"objectId\":\"{SUBSCRIPTION}\",\"permissions\":{{\"keys\":[\"encrypt\"],\
             \"secrets\":[\"get\"],\"certificates\":[\"get\"]}}}}]}}}}"
        )
    );
    for (kind, segment) in [
        ("REPLACE", "/accessPolicies/replace"),
        ("remove", "/accessPolicies/remove"),
        ("merge", "/accessPolicies/merge"),
        ("../x", "/accessPolicies/..%2Fx"),
    ] {
        let request = update(kind.into()).request(&arm()).unwrap();
        assert!(request.uri().path().ends_with(segment), "{kind}");
    }
}
