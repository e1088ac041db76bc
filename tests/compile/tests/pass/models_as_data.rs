//! Models are plain data: compared, cloned, stored, made in tests, shared between threads.

use std::collections::{BTreeMap, HashSet};

use keyvault_rest::keys::models::{
    DeletionRecoveryLevel, JsonWebKeyType, KeyAttestation, KeyBundle, KeyListResult, RandomBytes,
};

fn shared<T: Clone + PartialEq + std::fmt::Debug + Send + Sync + 'static>() {}

fn main() {
    shared::<KeyBundle>();
    shared::<KeyAttestation>();
    shared::<keyvault_rest::keys::GetKey>();
    shared::<keyvault_rest::backup::models::SelectiveKeyRestoreOperation>();

    let mut bundle = KeyBundle::default();
    bundle.managed = Some(true);
    bundle.tags = Some(BTreeMap::from([("a".to_owned(), "b".to_owned())]));
    assert_eq!(bundle.clone(), bundle);
    assert_ne!(bundle, KeyBundle::default());

    let mut page = KeyListResult::default();
    page.value = Some(Vec::new());
    assert_eq!(page.next_link, None);

    let types = HashSet::from([JsonWebKeyType::Rsa, JsonWebKeyType::from("rsa")]);
    assert_eq!(types.len(), 1);
    let level: DeletionRecoveryLevel = "CustomizedRecoverable+Purgeable".into();
    assert_eq!(level, DeletionRecoveryLevel::CustomizedRecoverablePurgeable);
    assert_eq!(level.to_string(), "CustomizedRecoverable+Purgeable");

    assert_eq!(RandomBytes::new([1]), RandomBytes::new(vec![1]));
}
