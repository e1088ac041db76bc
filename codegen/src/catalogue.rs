//! The operations of an `Api` as a table: what there is, how it is called, how it behaves.

use serde::Serialize;

use crate::api::{Api, Operation, Poll, Presence, Service};
use crate::emit::{SecretTypes, plain};
use crate::naming::{self, NoIdentifier};

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Name of the service.
    pub service: String,
    /// Path of the request builder inside the generated crate.
    pub builder: String,
    /// The service's id for the operation.
    pub id: String,
    /// The HTTP method.
    pub method: &'static str,
    /// The template of the path.
    pub path: String,
    /// The value of `api-version`, if it takes one.
    pub api_version: Option<String>,
    /// The permission that the caller needs, where it is known.
    pub permission: Option<String>,
    /// Whether sending it twice does what sending it once does.
    pub idempotent: bool,
    /// Whether the result comes in pages.
    pub paged: bool,
    /// Where the state is asked for, if the operation goes on after its answer.
    pub long_running: Option<Poll>,
    /// Whether its request carries a secret.
    pub sends_secrets: bool,
    /// Whether its response carries a secret.
    pub receives_secrets: bool,
    /// What it does, in a line.
    pub summary: String,
}

/// All operations: services by name, groups by name, operations in the order of the description.
pub fn operations(api: &Api) -> Result<Vec<Entry>, NoIdentifier> {
    let secrets = SecretTypes::find(api);
    let mut entries = Vec::new();
    for service in &api.services {
        for group in &service.groups {
            let module = match group.name {
                Some(_) => format!("{}::{}", naming::service(service)?, naming::group(group)?),
                None => naming::service(service)?.to_string(),
            };
            for operation in &group.operations {
                entries.push(entry(&secrets, service, &module, operation)?);
            }
        }
    }
    Ok(entries)
}

fn entry(
    secrets: &SecretTypes,
    service: &Service,
    module: &str,
    operation: &Operation,
) -> Result<Entry, NoIdentifier> {
    let secrets = secrets.of(operation);
    let summary = operation.doc.split("\n\n").next().unwrap_or_default();
    Ok(Entry {
        service: service.name.clone(),
        builder: format!("{module}::{}", naming::operation(operation)?),
        id: operation.id.clone(),
        method: operation.method.as_str(),
        path: operation.path.to_string(),
        api_version: api_version(service, operation),
        permission: operation.permission.clone(),
        idempotent: operation.idempotent,
        paged: operation.paging.is_some(),
        long_running: operation
            .long_running
            .as_ref()
            .map(|protocol| protocol.poll),
        sends_secrets: secrets.sent,
        receives_secrets: secrets.received,
        summary: plain(summary).into_owned(),
    })
}

/// That of the service, unless the operation is bound to another one.
fn api_version(service: &Service, operation: &Operation) -> Option<String> {
    let bound = operation
        .parameters
        .iter()
        .find(|p| p.wire == "api-version");
    match bound.map(|parameter| &parameter.presence) {
        Some(Presence::Constant(version)) => Some(version.clone()),
        _ => operation
            .takes_api_version
            .then(|| service.api_version.clone()),
    }
}
