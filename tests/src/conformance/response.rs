//! The recorded response: read, written again, compared.

use std::collections::BTreeSet;

use keyvault_codegen::Api;
use keyvault_codegen::api::{Operation, Payload};
use keyvault_rest::runtime::http::Request;
use keyvault_rest::runtime::{Answer, Challenge};
use keyvault_rest::server::ErrorReply;
use keyvault_rest::{Error, ServiceError};
use serde_json::Value;

use super::compare::{Comparison, Way, shown};
use super::exchange::Exchange;

pub(super) fn check(
    api: &Api,
    operation: &Operation,
    exchange: &Exchange,
    exceptions: &mut BTreeSet<String>,
) -> Result<(), String> {
    if exchange.is_challenge() {
        check_challenge(exchange)?;
    }
    let served = exchange.host().served(&operation.id);
    let served = served.ok_or("no server of that host has the operation")?;
    match (served.read_and_reply)(exchange.response()?) {
        Ok(reply) => check_success(api, operation, exchange, reply.body(), exceptions),
        Err(Error::Service(error)) => check_error(exchange, &error, exceptions),
        Err(error) => check_other_type(exchange, &error, exceptions),
    }
}

/// It must say what token is wanted, and of whom.
fn check_challenge(exchange: &Exchange) -> Result<(), String> {
    let challenge = Challenge::of(&exchange.headers()).map_err(|error| error.to_string())?;
    let challenge = challenge.ok_or("no challenge was found")?;
    match (challenge.scope(), challenge.tenant()) {
        (Some(_), Some(_)) => Ok(()),
        _ => Err("the challenge lacks scope or tenant".to_owned()),
    }
}

fn check_success(
    api: &Api,
    operation: &Operation,
    exchange: &Exchange,
    written: &[u8],
    exceptions: &mut BTreeSet<String>,
) -> Result<(), String> {
    if !exchange.is_success() {
        return Err(format!("{} was read as a success", exchange.status));
    }
    let mut declared = operation.successes.iter();
    if !declared.any(|success| success.status == exchange.status) {
        exceptions
            .insert("a status of success that is not declared is one all the same".to_owned());
    }
    let recorded = &exchange.response_body;
    let written = json(written)?;
    match &operation.payload {
        _ if recorded.is_null() && written.is_null() => Ok(()),
        Payload::None => {
            exceptions
                .insert("a body of a response that is not declared is passed over".to_owned());
            match written.is_null() {
                true => Ok(()),
                false => Err("a body is new".to_owned()),
            }
        }
        Payload::Always(ty) | Payload::Maybe(ty) => {
            let way = Way::Response;
            let mut comparison = Comparison {
                api,
                way,
                exceptions,
            };
            comparison.compare(ty, "body", recorded, &written)
        }
    }
}

fn json(body: &[u8]) -> Result<Value, String> {
    match body {
        [] => Ok(Value::Null),
        body => serde_json::from_slice(body).map_err(|error| format!("the body: {error}")),
    }
}

/// A success that is no JSON by its own word, such as a bare signing request, can only be told what it is.
fn check_other_type(
    exchange: &Exchange,
    error: &Error,
    exceptions: &mut BTreeSet<String>,
) -> Result<(), String> {
    let stated = exchange.header("content-type").unwrap_or_default();
    let stated = stated.split(';').next().unwrap_or_default().trim();
    let told = matches!(error, Error::Decode(error) if error.reason().contains(stated));
    let is_text = exchange.response_body.is_string();
    match told && is_text && !stated.is_empty() && !stated.to_ascii_lowercase().contains("json") {
        true => {
            exceptions
                .insert("a success of another type than JSON is refused by its type".to_owned());
            Ok(())
        }
        false => Err(error.to_string()),
    }
}

/// Code, message and inner codes are read, and written again.
fn check_error(
    exchange: &Exchange,
    error: &ServiceError,
    exceptions: &mut BTreeSet<String>,
) -> Result<(), String> {
    if error.status().as_u16() != exchange.status {
        return Err(format!("the status became {}", error.status()));
    }
    let recorded = &exchange.response_body;
    let Some(recorded) = recorded.as_object().filter(|body| !body.is_empty()) else {
        if !recorded.is_null() {
            exceptions
                .insert("an error whose body is none of the service's is kept raw".to_owned());
        }
        return match (error.code(), error.message()) {
            (None, None) => Ok(()),
            _ => Err("the error has a code or message from nowhere".to_owned()),
        };
    };
    let written = json(ErrorReply::from(error).response().body())?;
    let (within, stands_alone) = match member(recorded, "error") {
        Some(Value::Object(error)) => (error, false),
        _ => (recorded, true),
    };
    if stands_alone {
        exceptions.insert("an error without the member `error` is written with it".to_owned());
    }
    check_levels(within, &written["error"], exceptions)
}

/// An error and the errors within it.
fn check_levels(
    recorded: &serde_json::Map<String, Value>,
    written: &Value,
    exceptions: &mut BTreeSet<String>,
) -> Result<(), String> {
    let (mut recorded, mut written) = (Some(recorded), written);
    while let Some(level) = recorded {
        for (name, value) in level {
            let known = ["code", "message"]
                .iter()
                .find(|known| name.eq_ignore_ascii_case(known));
            let own = known.map(|known| &written[known]);
            match own {
                Some(own) if own == value => {}
                Some(Value::Null) if !value.is_null() => note(exceptions),
                Some(_) if value.is_null() => {
                    exceptions.insert("an explicit null is as good as nothing".to_owned());
                }
                Some(own) => return Err(format!("error.{name} became {}", shown(own))),
                None if name.eq_ignore_ascii_case("innererror") => {}
                None => note(exceptions),
            }
        }
        recorded = member(level, "innererror").and_then(Value::as_object);
        written = &written["innererror"];
        if recorded.is_some_and(|level| member(level, "code").is_some()) && written.is_null() {
            return Err("the code of an error within is lost".to_owned());
        }
    }
    Ok(())
}

fn note(exceptions: &mut BTreeSet<String>) {
    exceptions.insert("of an error only code, message and inner codes are written".to_owned());
}

fn member<'a>(object: &'a serde_json::Map<String, Value>, name: &str) -> Option<&'a Value> {
    let mut members = object.iter();
    let found = members.find(|(own, _)| own.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value)
}

/// The answer to a poll: an error, a word for the state, nothing but the status, or the result.
pub(super) fn check_poll(
    api: &Api,
    exchange: &Exchange,
    exceptions: &mut BTreeSet<String>,
) -> Result<(), String> {
    let response = exchange.response()?;
    let body = response.body();
    if !exchange.is_success() {
        let error = ServiceError::new(response.status(), exchange.headers(), body.clone());
        return check_error(exchange, &error, exceptions);
    }
    let recorded = &exchange.response_body;
    let headers = exchange.headers();
    let answer = Answer::new(response.status(), &headers, body);
    let says_something = |word: &&str| !word.is_empty();
    let status = recorded["status"].as_str().filter(says_something);
    let provisioning = recorded["properties"]["provisioningState"].as_str();
    let word = status.or(provisioning.filter(says_something));
    if answer.state(None) != word {
        return Err(format!("the state became {:?}", answer.state(None)));
    }
    match recorded["id"].as_str() {
        Some(id) if status.is_none() => check_resource(api, exchange, id, exceptions),
        _ if recorded.is_null() => Ok(()),
        _ => {
            exceptions.insert("of the answer to a poll the state is read".to_owned());
            Ok(())
        }
    }
}

/// The result of an operation is the resource: what would be read at its own URL.
fn check_resource(
    api: &Api,
    exchange: &Exchange,
    id: &str,
    exceptions: &mut BTreeSet<String>,
) -> Result<(), String> {
    let request = Request::get(id).body(Vec::new());
    let request = request.map_err(|error| format!("the id of the resource: {error}"))?;
    let parsed = exchange.host().parse(&request);
    let parsed = parsed.map_err(|error| format!("the id of the resource: {error}"))?;
    let meta = parsed.operation().meta();
    let mut services = api.services.iter();
    let operation = services.find_map(|service| service.operation(meta.id()));
    let operation = operation.ok_or("the operation of the resource is not described")?;
    let served = exchange.host().served(meta.id());
    let served = served.ok_or("no server has the operation of the resource")?;
    let reply = (served.read_and_reply)(exchange.response()?);
    let reply = reply.map_err(|error| error.to_string())?;
    exceptions
        .insert("the result of a poll is read as the resource that its id leads to".to_owned());
    check_success(api, operation, exchange, reply.body(), exceptions)
}
