//! Where the other services differ from keys.

mod certificates;
mod facts;
mod hsm;
mod management;
mod rbac;
mod secrets;
mod storage;

use keyvault_rest::runtime::http::Response;
use keyvault_rest::{Endpoint, Operation};

use super::written;

const SUBSCRIPTION: &str = "00000000-0000-0000-0000-000000000000";
const SECRET_VERSION: &str = "4387e9f3d6e14c459867679a90fd0f79";

fn arm() -> Endpoint {
    Endpoint::new("https://management.azure.com").unwrap()
}

/// What an operation sends to Azure Resource Manager.
fn managed(operation: &impl Operation) -> String {
    written(&operation.request(&arm()).unwrap())
}

/// An answer of the service that has no body.
fn empty(status: u16) -> Response<Vec<u8>> {
    let answer = Response::builder().status(status);
    answer.body(Vec::new()).unwrap()
}
