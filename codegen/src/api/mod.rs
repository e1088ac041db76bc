//! The intermediate representation: what a description says, free of OpenAPI and of Rust.
//!
//! Plain, ordered, serialisable values. `api.json` beside the generated code is an [`Api`]; its
//! diff shows what a new version of the description changes.

mod alias;
mod operation;
mod page;
mod service;
mod types;

pub use self::operation::{
    Body, Location, LongRunning, Method, Operation, Outcome, Paging, Parameter, PathTemplate,
    Pause, Payload, Poll, Presence, Segment, Success,
};
pub use self::page::{NoPage, Page};
pub use self::service::{Group, Service};
pub use self::types::{
    Access, Constraints, Enum, Field, Scalar, Shape, Type, TypeDef, TypeRef, Usage, Variant,
};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A whole API: one service per document of the description.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Api {
    /// In the order of their names.
    pub services: Vec<Service>,
}

impl Api {
    /// The service of a name.
    pub fn service(&self, name: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.name == name)
    }

    /// All types by name, to look references up in.
    pub fn index(&self) -> TypeIndex<'_> {
        let services = self.services.iter();
        let types = services.flat_map(|service| {
            let key = |def: &'_ TypeDef| (service.name.as_str(), def.name.clone());
            service.types.iter().map(move |def| (key(def), def))
        });
        TypeIndex(types.collect())
    }
}

/// The types of an `Api` by service and name.
pub struct TypeIndex<'a>(BTreeMap<(&'a str, String), &'a TypeDef>);

impl<'a> TypeIndex<'a> {
    /// The definition behind a reference.
    pub fn get(&self, reference: &TypeRef) -> Option<&'a TypeDef> {
        self.0
            .get(&(reference.service.as_str(), reference.name.clone()))
            .copied()
    }

    /// The names of the types of a service.
    pub fn names<'s>(&'s self, service: &'s str) -> impl Iterator<Item = &'s str> {
        let keys = self.0.keys();
        keys.filter(move |(owner, _)| *owner == service)
            .map(|(_, name)| name.as_str())
    }
}

fn is_false(value: &bool) -> bool {
    !value
}
