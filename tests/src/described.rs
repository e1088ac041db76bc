//! The operations of the description beside the calls that go with them.

use crate::calls::CALLS;
use crate::given::{Entry, Make};
use keyvault_codegen::Api;
use keyvault_codegen::api::{Operation, Service};

/// An operation of the description.
#[derive(Clone, Copy)]
pub struct Described<'a> {
    /// The service that it belongs to.
    pub service: &'a Service,
    /// What is said of it.
    pub operation: &'a Operation,
    /// What makes a call of it.
    pub make: Make,
}

/// All operations of the description.
///
/// # Errors
/// If one of them has no call.
pub fn described(api: &Api) -> Result<Vec<Described<'_>>, String> {
    let services = api.services.iter();
    let pairs = services.flat_map(|service| service.operations().map(move |one| (service, one)));
    let described = pairs.map(|(service, operation)| {
        let make = make_of(&service.name, &operation.id);
        let make = make.ok_or_else(|| format!("{} {} has no call", service.name, operation.id))?;
        Ok(Described {
            service,
            operation,
            make,
        })
    });
    described.collect()
}

fn make_of(service: &str, id: &str) -> Option<Make> {
    let found = entries().find(|entry| (entry.0, entry.1) == (service, id));
    found.map(|(_, _, make)| make)
}

/// The operation of this id, of whichever service.
pub fn entry(id: &str) -> Option<Entry> {
    entries().find(|entry| entry.1 == id)
}

/// All operations that can be called.
pub fn entries() -> impl Iterator<Item = Entry> {
    CALLS.iter().copied().flatten().copied()
}
