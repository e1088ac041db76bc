//! No secret is shown: every model and every request of the crate is filled with canaries, one in each text and in each
//! bytes, and shown in every way that there is. Those in secret places must not be found, and all others must.
#![forbid(unsafe_code)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test reports by panicking"
)]

mod capture;
mod client;
mod made;
mod models;
mod requests;

use keyvault_codegen::Api;
use keyvault_codegen::api::{Shape, TypeRef};
use std::collections::BTreeSet;

/// The description that the crate was made of.
fn api() -> Api {
    let text = include_str!("../../../generated/api.json");
    serde_json::from_str(text).unwrap()
}

/// The models of the description.
fn models_of(api: &Api) -> BTreeSet<TypeRef> {
    let services = api.services.iter();
    let types = services.flat_map(|service| service.types.iter().map(move |def| (service, def)));
    types
        .filter(|(_, def)| matches!(def.shape, Shape::Model(_)))
        .map(|(service, def)| TypeRef {
            service: service.name.clone(),
            name: def.name.clone(),
        })
        .collect()
}
