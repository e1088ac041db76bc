//! All operations of the described version: id, method and path, as upstream has them.

use keyvault_rest::{Operation, OperationMeta, backup, keys};

macro_rules! metas {
    ($($operation:ty),* $(,)?) => {
        [$(<$operation as Operation>::META),*]
    };
}

fn rows(metas: &[&OperationMeta]) -> Vec<String> {
    let row = |meta: &&OperationMeta| format!("{} {} {}", meta.id(), meta.method(), meta.path());
    let mut rows: Vec<_> = metas.iter().map(row).collect();
    rows.sort();
    rows
}

#[test]
fn keys_has_its_25_operations() {
    let metas = metas![
        keys::BackupKey,
        keys::CreateKey,
        keys::Decrypt,
        keys::DeleteKey,
        keys::Encrypt,
        keys::GetDeletedKey,
        keys::GetDeletedKeys,
        keys::GetKey,
        keys::GetKeyAttestation,
        keys::GetKeyRotationPolicy,
        keys::GetKeyVersions,
        keys::GetKeys,
        keys::GetRandomBytes,
        keys::ImportKey,
        keys::PurgeDeletedKey,
        keys::RecoverDeletedKey,
        keys::Release,
        keys::RestoreKey,
        keys::RotateKey,
        keys::Sign,
        keys::UnwrapKey,
        keys::UpdateKey,
        keys::UpdateKeyRotationPolicy,
        keys::Verify,
        keys::WrapKey,
    ];
    assert_eq!(
        rows(&metas),
        [
            "BackupKey POST /keys/{key-name}/backup",
            "CreateKey POST /keys/{key-name}/create",
            "DeleteKey DELETE /keys/{key-name}",
            "GetDeletedKey GET /deletedkeys/{key-name}",
            "GetDeletedKeys GET /deletedkeys",
            "GetKey GET /keys/{key-name}/{key-version}",
            "GetKeyAttestation GET /keys/{key-name}/{key-version}/attestation",
            "GetKeyRotationPolicy GET /keys/{key-name}/rotationpolicy",
            "GetKeyVersions GET /keys/{key-name}/versions",
            "GetKeys GET /keys",
            "GetRandomBytes POST /rng",
            "ImportKey PUT /keys/{key-name}",
            "PurgeDeletedKey DELETE /deletedkeys/{key-name}",
            "RecoverDeletedKey POST /deletedkeys/{key-name}/recover",
            "RestoreKey POST /keys/restore",
            "RotateKey POST /keys/{key-name}/rotate",
            "UpdateKey PATCH /keys/{key-name}/{key-version}",
            "UpdateKeyRotationPolicy PUT /keys/{key-name}/rotationpolicy",
            "decrypt POST /keys/{key-name}/{key-version}/decrypt",
            "encrypt POST /keys/{key-name}/{key-version}/encrypt",
            "release POST /keys/{key-name}/{key-version}/release",
            "sign POST /keys/{key-name}/{key-version}/sign",
            "unwrapKey POST /keys/{key-name}/{key-version}/unwrapkey",
            "verify POST /keys/{key-name}/{key-version}/verify",
            "wrapKey POST /keys/{key-name}/{key-version}/wrapkey",
        ]
    );
    assert!(
        metas
            .iter()
            .all(|meta| meta.api_version() == Some("2025-07-01"))
    );
    let paged = metas.iter().filter(|meta| meta.pages().is_some()).count();
    assert_eq!(paged, 3);
}

#[test]
fn ten_operations_take_an_optional_version() {
    let metas = metas![
        keys::Decrypt,
        keys::Encrypt,
        keys::GetKey,
        keys::GetKeyAttestation,
        keys::Release,
        keys::Sign,
        keys::UnwrapKey,
        keys::UpdateKey,
        keys::Verify,
        keys::WrapKey,
    ];
    for meta in metas {
        let version = meta
            .declared_parameters()
            .iter()
            .find(|p| p.name() == "key-version");
        assert!(version.is_some_and(|p| p.is_optional()), "{}", meta.id());
    }
}

#[test]
fn backup_has_its_8_operations() {
    let metas = metas![
        backup::FullBackup,
        backup::FullBackupStatus,
        backup::FullRestoreOperation,
        backup::PreFullBackup,
        backup::PreFullRestoreOperation,
        backup::RestoreStatus,
        backup::SelectiveKeyRestore,
        backup::SelectiveKeyRestoreStatus,
    ];
    assert_eq!(
        rows(&metas),
        [
            "FullBackup POST /backup",
            "FullBackupStatus GET /backup/{jobId}/pending",
            "FullRestoreOperation PUT /restore",
            "PreFullBackup POST /prebackup",
            "PreFullRestoreOperation PUT /prerestore",
            "RestoreStatus GET /restore/{jobId}/pending",
            "SelectiveKeyRestoreOperation PUT /keys/{keyName}/restore",
            "SelectiveKeyRestoreStatus GET /restore/{jobId}/pending",
        ]
    );
    let long_running = metas.iter().filter(|meta| meta.final_state().is_some());
    assert_eq!(long_running.count(), 5);
}
