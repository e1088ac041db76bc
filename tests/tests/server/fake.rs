//! What a fake of the service sees and says.

use keyvault_rest::keys::GetKey;
use keyvault_rest::management::server::Request as ManagementRequest;
use keyvault_rest::management::{managed_hsms, vaults};
use keyvault_rest::runtime::BuildErrorKind;
use keyvault_rest::runtime::http::{Request, StatusCode};
use keyvault_rest::secrets::models::{SecretBundle, SecretSetParameters};
use keyvault_rest::secrets::{GetSecret, PurgeDeletedSecret, SetSecret};
use keyvault_rest::server::{
    AnyRequest, ErrorReply, Request as VaultRequest, RequestErrorKind, ServedOperation,
};
use keyvault_rest::{Endpoint, Operation, backup, certificates, keys, rbac, secrets};

fn get(target: &str) -> Request<Vec<u8>> {
    Request::get(target).body(Vec::new()).unwrap()
}

#[test]
fn one_match_tells_all_services_of_a_host_apart() {
    let parse = |target| VaultRequest::parse(&get(target)).unwrap();
    let names = |target| match parse(target) {
        VaultRequest::Keys(keys::server::Request::GetKey(get)) => format!("key {get:?}"),
        VaultRequest::Secrets(secrets::server::Request::GetSecrets(_)) => "secrets".to_owned(),
        VaultRequest::Certificates(certificates::server::Request::GetCertificateContacts(_)) => {
            "contacts".to_owned()
        }
        VaultRequest::Rbac(rbac::server::Request::RoleDefinitionsList(list)) => {
            format!("roles {list:?}")
        }
        VaultRequest::Backup(backup::server::Request::RestoreStatus(_)) => "restore".to_owned(),
        other => other.meta().id().to_owned(),
    };
    assert_eq!(
        names("/keys/k/?api-version=7.4"),
        format!("key {:?}", GetKey::new("k"))
    );
    assert_eq!(names("/SECRETS?maxresults=5"), "secrets");
    assert_eq!(names("/certificates/contacts"), "contacts");
    let list = rbac::role_definitions::List::new("/keys/k").filter("a b");
    assert_eq!(
        names("/keys/k/providers/Microsoft.Authorization/roleDefinitions?$filter=a+b"),
        format!("roles {list:?}")
    );
    assert_eq!(names("/restore/j/pending"), "restore");
    assert_eq!(names("/settings"), "GetSettings");
}

#[test]
fn the_management_plane_is_another_host() {
    let target = "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v1";
    let error = VaultRequest::parse(&get(target)).unwrap_err();
    assert_eq!(error.kind(), &RequestErrorKind::NoRoute);
    let parsed = ManagementRequest::parse(&get(&target.to_ascii_lowercase())).unwrap();
    let expected = vaults::Get::new("s", "g", "v1");
    assert_eq!(parsed, ManagementRequest::VaultsGet(expected));
}

#[test]
fn what_the_builder_refuses_the_server_refuses() {
    let built = GetKey::new("a_b").request(&Endpoint::new("https://v").unwrap());
    let kind = built.unwrap_err().kind().clone();
    assert!(matches!(kind, BuildErrorKind::Pattern { .. }));
    let parsed = VaultRequest::parse(&get("/keys/a_b")).unwrap_err();
    assert_eq!(parsed.kind(), &RequestErrorKind::Refused(kind));
    assert_eq!(
        (parsed.operation(), parsed.parameter()),
        (Some("GetKey"), Some("key-name"))
    );
}

#[test]
fn a_body_of_another_shape_is_refused_without_quoting_it() {
    let request = Request::put("/secrets/s").body(r#"{"value": ["hunter2"]}"#);
    let error = SetSecret::parse(&request.unwrap()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "SetSecret: the body cannot be read: SecretSetParameters.value: expected a string, found a list at line 1 column 11"
    );
}

#[test]
fn a_reply_has_the_declared_status() {
    let bundle = SecretBundle::default();
    let statuses = [
        GetSecret::new("s").reply(&bundle).unwrap(),
        PurgeDeletedSecret::new("s").reply(&()).unwrap(),
        managed_hsms::Get::new("s", "g", "h").reply(&None).unwrap(),
        managed_hsms::PurgeDeleted::new("s", "l", "h")
            .reply(&())
            .unwrap(),
    ]
    .map(|reply| reply.status().as_u16());
    assert_eq!(statuses, [200, 204, 204, 202]);
}

#[test]
fn the_caller_reads_what_the_fake_replied() {
    let set = SetSecret::new("s", SecretSetParameters::new("hunter2"));
    let mut bundle = SecretBundle::default();
    bundle.value = Some("hunter2".into());
    let reply = set.reply(&bundle).unwrap();
    assert_eq!(set.response(reply).unwrap().into_body(), bundle);

    let error = ErrorReply::new(StatusCode::CONFLICT, "Conflict", "It is deleted.")
        .inner_code("ObjectIsDeletedButRecoverable");
    let error = set.response(error.response()).unwrap_err();
    assert!(error.is_conflict_soft_deleted(), "{error}");
}
