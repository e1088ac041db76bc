//! Upstream's examples: each request built by the typed builders, each response read and written
//! again, and both compared with what the example says.

mod schema;
mod swagger;

use std::path::Path;

use keyvault_rest::Endpoint;
use keyvault_rest::runtime::http::{Request, Response};
use serde_json::Value;

use self::swagger::{Example, Expected};
use crate::calls::CALLS;
use crate::compare;
use crate::given::{Call, Given};
use crate::percent::decoded;

/// What became of an example.
#[derive(Debug)]
pub enum Outcome {
    /// Request and responses are as the example says.
    Passed,
    /// They are not.
    Failed(String),
    /// The example breaks the schema of its own document.
    Wrong(String),
}

/// Goes through all examples below a folder; calls `report` for each.
///
/// # Errors
/// If a file cannot be read.
pub fn run(root: &Path, report: &mut impl FnMut(&str, &Outcome)) -> Result<(), String> {
    for example in swagger::examples(root)? {
        let outcome = match check(&example) {
            Ok(()) => Outcome::Passed,
            Err(reason) => match example.fault() {
                Some(fault) => Outcome::Wrong(fault),
                None => Outcome::Failed(reason),
            },
        };
        report(&example.name, &outcome);
    }
    Ok(())
}

fn check(example: &Example) -> Result<(), String> {
    let mut calls = CALLS.iter().copied().flatten();
    let make = calls.find(|(_, id, _)| *id == example.operation);
    let (_, _, make) = make.ok_or_else(|| format!("no operation {}", example.operation))?;
    let expected = example.request();
    let call = make(&Given {
        parameters: example.parameters.clone(),
        body: expected.body.clone(),
    })?;
    check_request(example, &expected, &call)?;
    for (status, response) in &example.responses {
        check_response(&call, *status, response)
            .map_err(|reason| format!("response {status}: {reason}"))?;
    }
    Ok(())
}

fn check_request(example: &Example, expected: &Expected, call: &Call) -> Result<(), String> {
    let mut endpoint = Endpoint::new("https://example.net").map_err(|e| e.to_string())?;
    if let Some(version) = example.text("api-version") {
        endpoint = endpoint.with_api_version(version);
    }
    let request = (call.request)(&endpoint).map_err(|error| error.to_string())?;
    compare::equal("method", &expected.method, request.method().as_str())?;
    compare::equal("path", &expected.path, request.uri().path())?;
    compare::equal("query", &expected.query, &query(&request))?;
    let body = match request.body().as_slice() {
        [] => Value::Null,
        bytes => serde_json::from_slice(bytes).map_err(|error| error.to_string())?,
    };
    compare::json("body", &expected.body, &body)
}

/// The pairs of the query, decoded and sorted.
fn query(request: &Request<Vec<u8>>) -> String {
    let query = request.uri().query().unwrap_or_default();
    let mut pairs: Vec<_> = query.split('&').map(decoded).collect();
    pairs.sort();
    pairs.join("&")
}

fn check_response(call: &Call, status: u16, body: &Value) -> Result<(), String> {
    if !(200..300).contains(&status) {
        return Ok(());
    }
    let bytes = match body {
        Value::Null => Vec::new(),
        body => body.to_string().into_bytes(),
    };
    let response = Response::builder().status(status).body(bytes);
    let response = response.map_err(|error| error.to_string())?;
    let again = (call.reread)(response).map_err(|error| error.to_string())?;
    compare::json("body", body, &again)
}
