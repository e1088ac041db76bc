//! The recorded request: parsed, built again, compared.

use std::collections::{BTreeMap, BTreeSet};

use keyvault_codegen::Api;
use keyvault_codegen::api::{Location, Operation, Segment};
use keyvault_rest::Endpoint;
use keyvault_rest::runtime::http::Request;
use keyvault_rest::server::{RequestError, RequestErrorKind};
use serde_json::Value;

use super::compare::{Comparison, Way};
use super::exchange::Exchange;
use crate::flows::pairs;
use crate::percent::decoded;
use crate::served::Parsed;

/// Checks the request, and says what the recording lacks of it, if anything.
pub(super) fn check(
    api: &Api,
    operation: &Operation,
    exchange: &Exchange,
    exceptions: &mut BTreeSet<String>,
) -> Result<Option<String>, String> {
    let request = exchange.request()?;
    let parsed = match exchange.host().parse(&request) {
        Ok(parsed) => parsed,
        Err(error) => return refused(operation, exchange, &error, exceptions),
    };
    check_operation(exchange, &parsed, exceptions)?;
    let again = parsed.operation().build(&endpoint(exchange)?);
    let again = again.map_err(|error| format!("it cannot be built again: {error}"))?;
    check_method_and_path(operation, &request, &again, exceptions)?;
    if !exchange.query_unrecorded {
        check_query(operation, exchange, &again, exceptions)?;
    }
    check_body(api, operation, exchange, &again, exceptions)?;
    Ok(lacking(exchange))
}

/// What is not recorded of a request.
fn lacking(exchange: &Exchange) -> Option<String> {
    let marks = [
        (exchange.query_unrecorded, "query_unrecorded"),
        (exchange.request_body_unrecorded, "request_body_unrecorded"),
    ];
    marks
        .into_iter()
        .find_map(|(lacks, mark)| lacks.then(|| mark.to_owned()))
}

/// A poll goes to a URL of the service that no operation has, or to that of the resource.
pub(super) fn check_poll(exchange: &Exchange) -> Result<(), String> {
    match exchange.host().parse(&exchange.request()?) {
        Ok(_) => Ok(()),
        Err(error) if *error.kind() == RequestErrorKind::NoRoute => Ok(()),
        Err(error) => Err(error.to_string()),
    }
}

/// A request that the bindings refuse must be one that the service refused as well, or one that the recording lacks a part
/// of.
fn refused(
    operation: &Operation,
    exchange: &Exchange,
    error: &RequestError,
    exceptions: &mut BTreeSet<String>,
) -> Result<Option<String>, String> {
    let reason = format!("it is refused: {error}");
    if is_refused_as_well(exchange, error) {
        exceptions.insert("what the service refuses is refused with a typed error".to_owned());
        return Ok(None);
    }
    if error.operation() != Some(operation.id.as_str()) {
        return Err(reason);
    }
    let is_body = matches!(error.kind(), RequestErrorKind::Body { .. });
    match &exchange.request_body {
        _ if exchange.query_unrecorded && !is_body => Ok(lacking(exchange)),
        _ if exchange.request_body_unrecorded && is_body => Ok(lacking(exchange)),
        Value::String(_) if is_body => Ok(Some("the recorded request body is no JSON".to_owned())),
        Value::Null if is_body && !exchange.is_success() => {
            exceptions.insert("a request without token has no body yet".to_owned());
            Ok(None)
        }
        _ => Err(reason),
    }
}

/// Whether the service found the same fault: a request that is none, or a method that does not go with the path.
fn is_refused_as_well(exchange: &Exchange, error: &RequestError) -> bool {
    match error.kind() {
        RequestErrorKind::Body { .. } if exchange.request_body.is_null() => false,
        RequestErrorKind::MethodNotAllowed { .. } => exchange.status == 405,
        _ => exchange.status == 400,
    }
}

fn check_operation(
    exchange: &Exchange,
    parsed: &Parsed,
    exceptions: &mut BTreeSet<String>,
) -> Result<(), String> {
    let found = parsed.operation().meta();
    if found.id() == exchange.operation {
        return Ok(());
    }
    let recorded = exchange.host().served(&exchange.operation);
    match recorded.is_some_and(|recorded| recorded.shares_route_with(found)) {
        true => {
            exceptions.insert("two operations share method and path".to_owned());
            Ok(())
        }
        false => Err(format!("it is taken for {}", found.id())),
    }
}

/// Any host, with the version of the recording.
fn endpoint(exchange: &Exchange) -> Result<Endpoint, String> {
    let endpoint = Endpoint::new("https://host").map_err(|error| error.to_string())?;
    Ok(match exchange.api_version() {
        Some(version) => endpoint.with_api_version(version),
        None => endpoint,
    })
}

fn check_method_and_path(
    operation: &Operation,
    recorded: &Request<Vec<u8>>,
    again: &Request<Vec<u8>>,
    exceptions: &mut BTreeSet<String>,
) -> Result<(), String> {
    if recorded.method() != again.method() {
        return Err(format!("the method became {}", again.method()));
    }
    let (before, after) = (recorded.uri().path(), again.uri().path());
    check_path(operation, before, after, exceptions)
        .ok_or_else(|| format!("the path became {after}"))
}

/// What can differ is the spelling alone: of literals, of the encoding, and of a segment that is left out.
fn check_path(
    operation: &Operation,
    before: &str,
    after: &str,
    exceptions: &mut BTreeSet<String>,
) -> Option<()> {
    let segments =
        |path: &'_ str| -> Vec<String> { path.split('/').skip(1).map(str::to_owned).collect() };
    let is_raw = operation.parameters.iter().any(|parameter| parameter.raw);
    let plain = before.replace("%2F", "/").replace("%2f", "/");
    if is_raw && plain != before {
        exceptions.insert("the path is percent-encoded in another spelling".to_owned());
        return check_path(operation, &plain, after, exceptions);
    }
    let (mut before, after) = (segments(before), segments(after));
    if before.len() != after.len() {
        before.retain(|segment| !segment.is_empty());
        exceptions.insert("an empty segment of the path is left out".to_owned());
    }
    let literals = &operation.path.0;
    let is_literal = |text: &String| literals.contains(&Segment::Literal(text.clone()));
    let pairs = before
        .iter()
        .zip(&after)
        .filter(|(before, after)| before != after);
    for (before, after) in pairs {
        if decoded(before) == decoded(after) {
            exceptions.insert("the path is percent-encoded in another spelling".to_owned());
        } else if is_literal(after) && decoded(before).eq_ignore_ascii_case(after) {
            exceptions.insert("the path has the letter case of the description".to_owned());
        } else {
            return None;
        }
    }
    (before.len() == after.len()).then_some(())
}

fn check_query(
    operation: &Operation,
    exchange: &Exchange,
    again: &Request<Vec<u8>>,
    exceptions: &mut BTreeSet<String>,
) -> Result<(), String> {
    let mut written = pairs(again.uri().query().unwrap_or_default());
    if exchange.api_version().is_none() && written.remove("api-version").is_some() {
        exceptions.insert("the api-version is there, which the recorded URL lacks".to_owned());
    }
    let recorded = exchange.query.iter().map(|(name, value)| {
        let value = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        (name.clone(), value)
    });
    let recorded: BTreeMap<_, _> = recorded.collect();
    for (name, value) in &recorded {
        match written.remove(name) {
            Some(own) if own == *value => {}
            Some(_) => return Err(format!("the query parameter `{name}` became another")),
            None if is_declared(operation, name) => {
                return Err(format!("the query parameter `{name}` is lost"));
            }
            None => {
                _ = exceptions.insert(format!(
                    "`{name}` in the query is of the service's own links"
                ))
            }
        }
    }
    match written.keys().next() {
        Some(name) => Err(format!("the query parameter `{name}` is new")),
        None => Ok(()),
    }
}

fn is_declared(operation: &Operation, name: &str) -> bool {
    let mut parameters = operation.parameters.iter();
    let declared =
        parameters.any(|parameter| parameter.location == Location::Query && parameter.wire == name);
    declared || name == "api-version"
}

fn check_body(
    api: &Api,
    operation: &Operation,
    exchange: &Exchange,
    again: &Request<Vec<u8>>,
    exceptions: &mut BTreeSet<String>,
) -> Result<(), String> {
    let written = match again.body().as_slice() {
        [] => Value::Null,
        body => serde_json::from_slice(body).map_err(|error| format!("the body: {error}"))?,
    };
    let recorded = &exchange.request_body;
    let Some(body) = &operation.body else {
        if !recorded.is_null() {
            exceptions.insert("a body that is not declared is passed over".to_owned());
        }
        return match written.is_null() {
            true => Ok(()),
            false => Err("a body is new".to_owned()),
        };
    };
    if recorded.is_null() {
        return match written.is_null() {
            true => Ok(()),
            false => Err("a body is new".to_owned()),
        };
    }
    let mut comparison = Comparison {
        api,
        way: Way::Request,
        exceptions,
    };
    comparison.compare(&body.ty, "body", recorded, &written)
}
