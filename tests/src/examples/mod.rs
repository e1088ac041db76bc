//! Upstream's examples: each request built by the typed builders, each response read and written
//! again, and both compared with what the example says. Each request is then parsed as the service
//! does, into the same operation.

mod schema;
mod swagger;

use std::path::Path;

use keyvault_rest::Endpoint;
use keyvault_rest::runtime::http::{Request, Response};
use keyvault_rest::server::api_version;
use serde_json::Value;

use self::swagger::{Example, Expected};
use crate::compare;
use crate::described::entry;
use crate::given::{Call, Given};
use crate::percent::decoded;
use crate::served::Host;

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
    let entry = entry(&example.operation);
    let (service, _, make) = entry.ok_or_else(|| format!("no operation {}", example.operation))?;
    let expected = example.request();
    let call = make(&Given {
        parameters: example.parameters.clone(),
        body: expected.body.clone(),
    })?;
    let request = check_request(example, &expected, &call)?;
    check_route(Host::of_service(service), &example.operation, &request)?;
    for (status, response) in &example.responses {
        check_response(&call, *status, response)
            .map_err(|reason| format!("response {status}: {reason}"))?;
    }
    Ok(())
}

fn check_request(
    example: &Example,
    expected: &Expected,
    call: &Call,
) -> Result<Request<Vec<u8>>, String> {
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
    compare::json("body", &expected.body, &body)?;
    Ok(request)
}

/// The server must take the request for one of its own operation, and make the same of it.
fn check_route(host: Host, operation: &str, request: &Request<Vec<u8>>) -> Result<(), String> {
    let parsed = host
        .parse(request)
        .map_err(|error| format!("parsed: {error}"))?;
    let found = parsed.operation().meta();
    let served = host.served(operation);
    let shared = served.is_some_and(|served| served.shares_route_with(found));
    if found.id() != operation && !shared {
        return Err(format!("parsed as one of {}", found.id()));
    }
    let mut endpoint = Endpoint::new("https://example.net").map_err(|e| e.to_string())?;
    if let Some(version) = api_version(request) {
        endpoint = endpoint.with_api_version(version);
    }
    let again = parsed.operation().build(&endpoint);
    let again = again.map_err(|error| format!("built again: {error}"))?;
    compare::equal(
        "target built again",
        &request.uri().to_string(),
        &again.uri().to_string(),
    )?;
    match again.body() == request.body() {
        true => Ok(()),
        false => Err("the body built again differs".to_owned()),
    }
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
