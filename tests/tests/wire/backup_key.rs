use keyvault_rest::keys::models::KeyRestoreParameters;
use keyvault_rest::keys::{BackupKey, RestoreKey};
use keyvault_rest::{Base64Url, Operation};
use serde_json::json;

use super::{answer, sent, vault, written};

/// The start of the blob that the reference shows.
const BLOB: &str = "JkF6dXJlS2V5VmF1bHRLZXlCYWNrdXBWMS5taWNyb3NvZnQuY29t";

#[test]
fn the_request_is_that_of_the_reference() {
    // The page shows version 7.4 of the API.
    let vault = vault().with_api_version("7.4");
    let request = BackupKey::new("testkey").request(&vault).unwrap();
    assert_eq!(
        written(&request),
        "POST https://myvault.vault.azure.net/keys/testkey/backup?api-version=7.4\n\
         accept: application/json\n"
    );
}

#[test]
fn the_response_is_that_of_the_reference() {
    let response = answer(200, &json!({"value": BLOB}));
    let response = BackupKey::new("testkey").response(response).unwrap();
    let blob = response.into_body().value.unwrap();
    assert_eq!(blob.expose(), &Base64Url::parse(BLOB).unwrap());
    assert_eq!(
        std::str::from_utf8(blob.expose()).unwrap(),
        "&AzureKeyVaultKeyBackupV1.microsoft.com"
    );
    assert!(!format!("{blob:?}").contains("Azure"));
}

#[test]
fn what_a_backup_gave_is_what_a_restore_takes() {
    let restore = RestoreKey::new(KeyRestoreParameters::new(Base64Url::parse(BLOB).unwrap()));
    assert_eq!(
        written(&sent(&restore)),
        format!(
            "POST https://myvault.vault.azure.net/keys/restore?api-version=described\n\
             accept: application/json\n\
             content-type: application/json\n\
             {{\"value\":\"{BLOB}\"}}"
        )
    );
}
