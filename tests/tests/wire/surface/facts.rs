//! What operations say of themselves.

use crate::{sent, target};
use keyvault_rest::certificates::{CreateCertificate, GetCertificates, ImportCertificate};
use keyvault_rest::management::vaults;
use keyvault_rest::rbac::role_assignments;
use keyvault_rest::runtime::{LongRunning, Outcome, Paging, Poll};
use keyvault_rest::secrets::{
    GetSecret, GetSecrets, RecoverDeletedSecret, SetSecret, UpdateSecret,
};
use keyvault_rest::security_domain::hsm_security_domain as security_domain;
use keyvault_rest::settings::{GetSettings, UpdateSetting};
use keyvault_rest::storage::{DeleteSasDefinition, SetSasDefinition};
use keyvault_rest::{Operation, OperationMeta, SettlingOperation, backup, keys, management};

#[test]
fn long_operations_say_how_they_go_on() {
    let expected = LongRunning::new(Poll::Location)
        .status("status")
        .succeeded(&["completed"])
        .failed(&["cancelled"])
        .outcome(Outcome::Linked("target"))
        .pauses("issuer.name", &["Unknown"]);
    assert_eq!(CreateCertificate::META.protocol(), Some(expected));

    let download = security_domain::Download::META.protocol().unwrap();
    assert_eq!(download.poll, Poll::AzureAsyncOperation);
    assert_eq!(download.outcome, Outcome::FirstBody);
    assert_eq!(download.status, Some("status"));
    assert!(download.succeeded.contains(&"Success"));
    let upload = security_domain::Upload::META.protocol().unwrap();
    assert_eq!(upload.outcome, Outcome::Nothing);

    let create = LongRunning::new(Poll::OriginalUri).status("properties.provisioningState");
    assert_eq!(vaults::CreateOrUpdate::META.protocol(), Some(create));
    let purge = LongRunning::new(Poll::Location).outcome(Outcome::Nothing);
    assert_eq!(vaults::PurgeDeleted::META.protocol(), Some(purge));
    assert_eq!(vaults::Delete::META.protocol(), None);
    assert_eq!(SetSecret::META.protocol(), None);
}

#[test]
fn what_takes_effect_later_is_asked_for_by_the_same_names() {
    let delete = DeleteSasDefinition::new("store", "readers").probe();
    assert_eq!(
        target(&sent(&delete)),
        "https://myvault.vault.azure.net/deletedstorage/store/sas/readers?api-version=described"
    );
    let recover = RecoverDeletedSecret::new("db").probe();
    assert_eq!(
        target(&sent(&recover)),
        "https://myvault.vault.azure.net/secrets/db?api-version=described"
    );
}

#[test]
fn lists_say_how_their_pages_hang_together() {
    let pages = Paging {
        items: "value",
        next_link: Some("nextLink"),
    };
    let lists: [&OperationMeta; 5] = [
        GetSecrets::META,
        GetCertificates::META,
        role_assignments::ListForScope::META,
        vaults::List::META,
        management::operations::List::META,
    ];
    for list in lists {
        assert_eq!(list.pages(), Some(pages), "{}", list.id());
    }
    for single in [GetSettings::META, GetSecret::META] {
        assert_eq!(single.pages(), None, "{}", single.id());
    }
}

#[test]
fn operations_say_where_secrets_go() {
    let flags = |meta: &OperationMeta| (meta.sends_secrets(), meta.receives_secrets());
    assert_eq!(flags(SetSecret::META), (true, true));
    assert_eq!(flags(GetSecret::META), (false, true));
    assert_eq!(flags(GetSecrets::META), (false, false));
    assert_eq!(flags(ImportCertificate::META), (true, false));
    assert_eq!(flags(CreateCertificate::META), (false, false));
    assert_eq!(flags(security_domain::Download::META), (false, true));
    assert_eq!(flags(security_domain::Upload::META), (true, false));
    assert_eq!(flags(SetSasDefinition::META), (true, true));
    assert_eq!(
        flags(management::secrets::CreateOrUpdate::META),
        (true, true)
    );
    assert_eq!(flags(vaults::CreateOrUpdate::META), (false, false));
}

#[test]
fn what_makes_a_new_version_each_time_is_not_repeated() {
    for meta in [
        SetSecret::META,
        CreateCertificate::META,
        ImportCertificate::META,
        keys::CreateKey::META,
        management::secrets::CreateOrUpdate::META,
        backup::FullBackup::META,
    ] {
        assert!(!meta.is_idempotent(), "{}", meta.id());
    }
    for meta in [
        GetSecret::META,
        UpdateSecret::META,
        UpdateSetting::META,
        role_assignments::Create::META,
        vaults::CreateOrUpdate::META,
        vaults::UpdateAccessPolicy::META,
    ] {
        assert!(meta.is_idempotent(), "{}", meta.id());
    }
}

#[test]
fn each_service_says_what_tokens_are_for() {
    for (meta, name, scope) in [
        (
            GetSecret::META,
            "secrets",
            "https://vault.azure.net/.default",
        ),
        (
            role_assignments::Get::META,
            "rbac",
            "https://managedhsm.azure.net/.default",
        ),
        (
            vaults::Get::META,
            "management",
            "https://management.azure.com/.default",
        ),
    ] {
        assert_eq!(meta.service().name, name);
        assert!(meta.service().scopes.contains(&scope), "{name}");
    }
}
