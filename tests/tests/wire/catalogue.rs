//! All operations of the described versions: id, method and path, as upstream has them.

use std::collections::BTreeSet;

use keyvault_rest::{Operation, OperationMeta, backup, keys, management, rbac};
use keyvault_tests::described::entries;

/// Versions and operations, from upstream's documents.
const UPSTREAM: &str = include_str!("../upstream.txt");

/// The catalogue that the crate ships, which lists what the crate has.
const OVERVIEW: &str = include_str!("../../../generated/OPERATIONS.md");

/// The description that the crate was made of.
const API: &str = include_str!("../../../generated/api.json");

/// The lines of upstream with so many words: service and version, or service, id, method and path.
fn lines(words: usize) -> impl Iterator<Item = Vec<&'static str>> {
    let lines = UPSTREAM.lines().filter(|line| !line.starts_with('#'));
    let lines = lines.map(|line| line.split(' ').collect::<Vec<_>>());
    lines.filter(move |line| line.len() == words)
}

#[test]
fn every_operation_of_upstream_has_a_builder_and_there_are_no_others() {
    let upstream: BTreeSet<_> = lines(4).map(|line| (line[0], line[1])).collect();
    let ours: BTreeSet<_> = entries().map(|(service, id, _)| (service, id)).collect();
    assert_eq!(ours, upstream);
    assert!(ours.len() > 100);
}

#[test]
fn method_and_path_of_every_operation_are_upstreams() {
    for line in lines(4) {
        let cell = format!("| `{} {}` |", line[2], line[3]);
        assert!(OVERVIEW.contains(&cell), "{line:?}");
    }
    let rows = OVERVIEW.lines().filter(|line| line.starts_with("| `"));
    assert_eq!(rows.count(), lines(4).count());
}

#[test]
fn every_service_has_the_version_of_upstream() {
    let api: serde_json::Value = serde_json::from_str(API).unwrap();
    let services = api["services"].as_array().unwrap().iter();
    let ours: BTreeSet<_> = services
        .filter(|service| service["groups"].is_array())
        .map(|service| ["name", "api_version"].map(|key| service[key].as_str().unwrap()))
        .collect();
    let upstream: BTreeSet<_> = lines(2).map(|line| [line[0], line[1]]).collect();
    assert_eq!(ours, upstream);
}

#[test]
fn an_operation_has_the_version_of_its_service() {
    let version = |wanted: &str| lines(2).find(|line| line[0] == wanted).unwrap()[1];
    let metas: [&OperationMeta; 4] = [
        keys::GetKey::META,
        backup::FullBackup::META,
        rbac::role_assignments::Create::META,
        management::vaults::ListBySubscription::META,
    ];
    for meta in metas {
        assert_eq!(meta.api_version(), Some(version(meta.service().name)));
    }
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
