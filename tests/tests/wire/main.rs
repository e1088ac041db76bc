//! Exact requests out, exact models in.
//!
//! The first four modules follow sample exchanges that the service's reference shows; the others
//! hold what samples do not show.
#![forbid(unsafe_code)]
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test reports by panicking"
)]

mod backup_key;
mod catalogue;
mod forgiving;
mod get_key;
mod recover_deleted_key;
mod routes;
mod secrets;
mod selective_key_restore;
mod surface;

use keyvault_rest::runtime::http::{Request, Response};
use keyvault_rest::{Endpoint, Operation, keys, management};
use serde_json::Value;

fn vault() -> Endpoint {
    Endpoint::new("https://myvault.vault.azure.net").unwrap()
}

/// What an operation sends to the vault of the samples.
fn sent(operation: &impl Operation) -> Request<Vec<u8>> {
    operation.request(&vault()).unwrap()
}

/// The URL of a request. The version that the operations are described in, which the next bump changes, is a word.
fn target(request: &Request<Vec<u8>>) -> String {
    let mut target = request.uri().to_string();
    for meta in [keys::GetKey::META, management::vaults::Get::META] {
        let version = meta.api_version().unwrap();
        target = target.replace(&format!("api-version={version}"), "api-version=described");
    }
    target
}

/// Method, URL, headers in the order of their names, and body of a request.
fn written(request: &Request<Vec<u8>>) -> String {
    let mut headers: Vec<_> = request
        .headers()
        .iter()
        .map(|(name, value)| format!("{name}: {}\n", value.to_str().unwrap()))
        .collect();
    headers.sort();
    format!(
        "{} {}\n{}{}",
        request.method(),
        target(request),
        headers.concat(),
        String::from_utf8(request.body().clone()).unwrap()
    )
}

/// A response of the service.
fn answer(status: u16, body: &Value) -> Response<Vec<u8>> {
    Response::builder()
        .status(status)
        .header("content-type", "application/json; charset=utf-8")
        .body(body.to_string().into_bytes())
        .unwrap()
}
