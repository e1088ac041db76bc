//! A deletion and its recovery say which request finds what they bring about.

use keyvault_rest::secrets::{DeleteSecret, GetDeletedSecret, GetSecret, RecoverDeletedSecret};
use keyvault_rest::storage::{DeleteSasDefinition, GetDeletedSasDefinition};
use keyvault_rest::{Operation, SettlingOperation};

fn finds<O: SettlingOperation>(operation: &O) -> (&'static str, O::Probe) {
    (O::Probe::META.id(), operation.probe())
}

fn main() {
    let delete = DeleteSecret::new("db-password");
    let (id, probe) = finds(&delete);
    assert_eq!(id, "GetDeletedSecret");
    assert_eq!(probe, GetDeletedSecret::new("db-password"));

    let recover = RecoverDeletedSecret::new("db-password");
    assert_eq!(recover.probe(), GetSecret::new("db-password"));

    let delete = DeleteSasDefinition::new("store", "readers");
    assert_eq!(delete.probe(), GetDeletedSasDefinition::new("store", "readers"));
}
