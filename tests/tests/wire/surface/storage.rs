//! Storage accounts and their SAS definitions.

use crate::{sent, vault, written};
use keyvault_rest::Operation;
use keyvault_rest::storage::models::{SasDefinitionCreateParameters, SasTokenType};
use keyvault_rest::storage::{GetStorageAccount, SetSasDefinition};

#[test]
fn names_of_storage_accounts_have_letters_and_digits_alone() {
    let get = GetStorageAccount::new("setStrg01");
    assert_eq!(sent(&get).uri().path(), "/storage/setStrg01");
    for name in ["set-strg", "set_strg", "set.strg", "sets/sas", "..", ""] {
        let error = GetStorageAccount::new(name).request(&vault()).unwrap_err();
        assert!(error.to_string().contains("storage-account-name"), "{name}");
    }
}

#[test]
fn a_definition_of_sas_tokens_is_that_of_the_reference() {
    let template = "se=2018-02-01T00%3A00Z&spr=https&sv=2017-04-17&sr=b&sig=REDACTED";
    let parameters = SasDefinitionCreateParameters::new(template, SasTokenType::Service, "P15D");
    let set = SetSasDefinition::new("setsas01", "setStrgSasDef01", parameters);
    assert_eq!(
        written(&sent(&set)),
        format!(
            "PUT https://myvault.vault.azure.net/storage/setsas01/sas/setStrgSasDef01\
             ?api-version=described\n\
             accept: application/json\n\
             content-type: application/json\n\
             {{\"templateUri\":\"{template}\",\"sasType\":\"service\",\"validityPeriod\":\"P15D\"}}"
        )
    );
    assert!(!format!("{set:?}").contains("REDACTED"));
}
