//! The intermediate representation: what a description says, free of OpenAPI and of Rust.
//!
//! Plain, ordered, serialisable values. `api.json` beside the generated code is an [`Api`]; its
//! diff shows what a new version of the description changes.

mod alias;
mod index;
mod operation;
mod page;
mod service;
mod types;

pub use self::index::{Circles, TypeIndex};
pub(crate) use self::operation::split_id;
pub use self::operation::{
    Body, Location, LongRunning, Method, Operation, Outcome, Paging, Parameter, PathTemplate,
    Pause, Payload, Poll, Presence, Segment, Success,
};
pub use self::page::{NoPage, Page};
pub use self::service::{Group, Service};
pub use self::types::{
    Access, Constraints, Enum, Field, Scalar, Shape, Type, TypeDef, TypeRef, Usage, Variant,
};

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
}

fn is_false(value: &bool) -> bool {
    !value
}
