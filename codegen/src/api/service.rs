use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Api, Operation, TypeDef};

/// One service: one document of the description, one module of the generated crate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// The document's name without its ending.
    pub name: String,
    /// The document's file name.
    pub document: String,
    /// What people call it.
    pub title: String,
    /// The `api-version` that it describes.
    pub api_version: String,
    /// The template of the base URL; empty for a document without operations.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub endpoint: String,
    /// The OAuth 2.0 scopes that a token needs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scopes: Vec<String>,
    /// What users of its types need of the runtime besides the general things, as paths inside it:
    /// `client::Credential`. They stand at the root of the generated crate.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exports: Vec<String>,
    /// What it is for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub doc: String,
    /// Its operations by group, ordered by group name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
    /// Its types, in the order of the description.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<TypeDef>,
}

impl Api {
    /// What all services need of the runtime, each path once.
    pub fn exports(&self) -> BTreeSet<&str> {
        let exports = self.services.iter().flat_map(|service| &service.exports);
        exports.map(String::as_str).collect()
    }

    /// The services of each host that several share, in the order of the names of the first ones.
    pub fn hosts(&self) -> Vec<Vec<&Service>> {
        let mut hosts = BTreeMap::<_, Vec<_>>::new();
        for service in self.services.iter().filter(|s| !s.groups.is_empty()) {
            hosts.entry(&service.endpoint).or_default().push(service);
        }
        let mut hosts: Vec<_> = hosts.into_values().filter(|host| host.len() > 1).collect();
        hosts.sort_by(|a, b| a[0].name.cmp(&b[0].name));
        hosts
    }
}

impl Service {
    /// All operations, group by group.
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.groups.iter().flat_map(|group| &group.operations)
    }

    /// The operation of an id.
    pub fn operation(&self, id: &str) -> Option<&Operation> {
        self.operations().find(|operation| operation.id == id)
    }
}

/// Operations that belong together: `RoleDefinitions_List` is in group `RoleDefinitions`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// `None` for operations whose id names no group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// In the order of the description.
    pub operations: Vec<Operation>,
}
