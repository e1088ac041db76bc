//! All operations of the described versions: id, method and path, as upstream has them.

use std::collections::BTreeSet;

use keyvault_rest::{Operation, OperationMeta, backup, keys, management, rbac};
use keyvault_tests::calls::CALLS;

/// Service, id, method and path of every operation, from upstream's documents.
const OPERATIONS: &str = include_str!("../operations.txt");

/// The catalogue that the crate ships, which lists what the crate has.
const OVERVIEW: &str = include_str!("../../../generated/OPERATIONS.md");

#[test]
fn every_operation_of_upstream_has_a_builder_and_there_are_no_others() {
    let upstream: BTreeSet<_> = OPERATIONS
        .lines()
        .map(|line| line.split(' ').take(2).collect::<Vec<_>>())
        .map(|words| (words[0], words[1]))
        .collect();
    let ours: BTreeSet<_> = CALLS
        .iter()
        .copied()
        .flatten()
        .map(|(service, id, _)| (*service, *id))
        .collect();
    assert_eq!(ours, upstream);
    assert_eq!(ours.len(), 156);
}

#[test]
fn method_and_path_of_every_operation_are_upstreams() {
    for line in OPERATIONS.lines() {
        let route = line.splitn(3, ' ').last().unwrap();
        let cell = format!("| `{route}` |");
        assert!(OVERVIEW.contains(&cell), "{line}");
    }
    let rows = OVERVIEW.lines().filter(|line| line.starts_with("| `"));
    assert_eq!(rows.count(), 156);
}

#[test]
fn every_operation_of_a_service_has_its_version() {
    let metas: [&OperationMeta; 3] = [
        keys::GetKey::META,
        backup::FullBackup::META,
        rbac::role_assignments::Create::META,
    ];
    for meta in metas {
        assert_eq!(meta.api_version(), Some("2025-07-01"));
    }
    let list = management::vaults::ListBySubscription::META;
    assert_eq!(list.api_version(), Some("2025-05-01"));
    // This one is bound to a version of another service.
    let bound = management::vaults::List::META;
    assert_eq!(bound.api_version(), Some("2015-11-01"));
}

#[test]
fn ten_operations_on_keys_take_an_optional_version() {
    let metas = [
        keys::Decrypt::META,
        keys::Encrypt::META,
        keys::GetKey::META,
        keys::GetKeyAttestation::META,
        keys::Release::META,
        keys::Sign::META,
        keys::UnwrapKey::META,
        keys::UpdateKey::META,
        keys::Verify::META,
        keys::WrapKey::META,
    ];
    for meta in metas {
        let mut parameters = meta.declared_parameters().iter();
        let version = parameters.find(|p| p.name() == "key-version");
        assert!(version.is_some_and(|p| p.is_optional()), "{}", meta.id());
    }
}
