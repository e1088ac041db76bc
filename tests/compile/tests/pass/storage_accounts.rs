//! Hands storage accounts to a vault, lets it regenerate their keys and define SAS tokens.

use keyvault_rest::runtime::http::{Request, Response};
use keyvault_rest::storage::models::{
    BackupStorageResult, DeletedSasDefinitionBundle, DeletedStorageBundle, SasDefinitionAttributes,
    SasDefinitionBundle, SasDefinitionCreateParameters, SasDefinitionListResult,
    SasDefinitionUpdateParameters, SasTokenType, StorageAccountAttributes,
    StorageAccountCreateParameters, StorageAccountItem, StorageAccountRegenerteKeyParameters,
    StorageAccountUpdateParameters, StorageBundle, StorageRestoreParameters,
};
use keyvault_rest::storage::{
    BackupStorageAccount, DeleteSasDefinition, DeleteStorageAccount, GetDeletedSasDefinition,
    GetDeletedSasDefinitions, GetDeletedStorageAccount, GetDeletedStorageAccounts,
    GetSasDefinition, GetSasDefinitions, GetStorageAccount, GetStorageAccounts,
    PurgeDeletedStorageAccount, RecoverDeletedSasDefinition, RecoverDeletedStorageAccount,
    RegenerateStorageAccountKey, RestoreStorageAccount, SetSasDefinition, SetStorageAccount,
    UpdateSasDefinition, UpdateStorageAccount,
};
use keyvault_rest::{Base64Url, Endpoint, Error, Operation, Secret, UnixTime};

const ACCOUNT: &str = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/\
                       payments/providers/Microsoft.Storage/storageAccounts/kvstorageacc";

struct Client {
    vault: Endpoint,
    send: fn(Request<Vec<u8>>) -> Response<Vec<u8>>,
}

impl Client {
    fn call<O: Operation>(&self, operation: &O) -> Result<O::Output, Error> {
        let request = operation.request(&self.vault)?;
        let response = operation.response((self.send)(request))?;
        Ok(response.into_body())
    }
}

fn manage(client: &Client) -> Result<Option<String>, Error> {
    let parameters = StorageAccountCreateParameters::new(ACCOUNT, "key2", true)
        .regeneration_period("P15D")
        .storage_account_attributes(StorageAccountAttributes::default().enabled(true))
        .tags([("tag1", "val1"), ("tag2", "val2")]);
    let managed: StorageBundle =
        client.call(&SetStorageAccount::new("kvstorageacc", parameters))?;
    let slower = StorageAccountUpdateParameters::default().regeneration_period("P30D");
    let _ = client.call(&UpdateStorageAccount::new("kvstorageacc", slower))?;
    let regenerate = StorageAccountRegenerteKeyParameters::new("key1");
    let _ = client.call(&RegenerateStorageAccountKey::new(
        "kvstorageacc",
        regenerate,
    ))?;
    Ok(managed.active_key_name)
}

fn define(client: &Client, template: Secret<String>) -> Result<Option<Secret<String>>, Error> {
    let parameters = SasDefinitionCreateParameters::new(template, SasTokenType::Service, "P15D")
        .sas_definition_attributes(SasDefinitionAttributes::default().enabled(true));
    let defined: SasDefinitionBundle =
        client.call(&SetSasDefinition::new("kvstorageacc", "reader", parameters))?;
    let longer = SasDefinitionUpdateParameters::default()
        .sas_type("account")
        .validity_period("P30D");
    let update = UpdateSasDefinition::new("kvstorageacc", "reader", longer);
    let updated = client.call(&update)?;
    assert_eq!(updated.sas_type, Some(SasTokenType::Account));
    Ok(defined.secret_id)
}

fn read(client: &Client) -> Result<Vec<StorageAccountItem>, Error> {
    let one: StorageBundle = client.call(&GetStorageAccount::new("kvstorageacc"))?;
    let _: Option<bool> = one.auto_regenerate_key;
    let sas = client.call(&GetSasDefinition::new("kvstorageacc", "reader"))?;
    let _: Option<Secret<String>> = sas.template_uri;
    let all = GetSasDefinitions::new("kvstorageacc").maxresults(25);
    let _: SasDefinitionListResult = client.call(&all)?;
    let page = client.call(&GetStorageAccounts::new().maxresults(25))?;
    Ok(page.value.unwrap_or_default())
}

fn delete(client: &Client) -> Result<Option<UnixTime>, Error> {
    let sas: DeletedSasDefinitionBundle =
        client.call(&DeleteSasDefinition::new("kvstorageacc", "reader"))?;
    let _: Option<String> = sas.recovery_id;
    let deleted: DeletedStorageBundle = client.call(&DeleteStorageAccount::new("kvstorageacc"))?;
    Ok(deleted.scheduled_purge_date)
}

fn recover(client: &Client) -> Result<(), Error> {
    let accounts = client.call(&GetDeletedStorageAccounts::new().maxresults(25))?;
    for account in accounts.value.into_iter().flatten() {
        let _: Option<String> = account.resource_id;
    }
    let _: DeletedStorageBundle = client.call(&GetDeletedStorageAccount::new("kvstorageacc"))?;
    let _: StorageBundle = client.call(&RecoverDeletedStorageAccount::new("kvstorageacc"))?;
    let definitions = client.call(&GetDeletedSasDefinitions::new("kvstorageacc").maxresults(1))?;
    let _: Option<String> = definitions.next_link;
    let _ = client.call(&GetDeletedSasDefinition::new("kvstorageacc", "reader"))?;
    let recover = RecoverDeletedSasDefinition::new("kvstorageacc", "reader");
    let _: SasDefinitionBundle = client.call(&recover)?;
    Ok(())
}

fn restore(client: &Client) -> Result<StorageBundle, Error> {
    let backup: BackupStorageResult = client.call(&BackupStorageAccount::new("kvstorageacc"))?;
    let blob: Secret<Base64Url> = backup.value.unwrap_or_default();
    let () = client.call(&PurgeDeletedStorageAccount::new("kvstorageacc"))?;
    client.call(&RestoreStorageAccount::new(StorageRestoreParameters::new(
        blob,
    )))
}

fn main() {
    let _ = (manage, define, read, delete, recover, restore);
}
