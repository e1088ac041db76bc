//! The service's part: expects the recorded requests in their order, and gives the recorded answers.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use keyvault_loopback::{Answer, Received};
use serde_json::Value;

use super::recording::{Exchange, header_map, pairs, same_query};
use crate::compare;

/// The token that the client must send.
pub const TOKEN: &str = "replayed-token";

/// A run on its way.
#[derive(Clone)]
pub struct Script(Arc<Mutex<State>>);

struct State {
    exchanges: Arc<Vec<Exchange>>,
    next: usize,
    fault: Option<String>,
    differences: BTreeMap<&'static str, usize>,
}

impl Script {
    /// From the first exchange on.
    pub fn new(exchanges: Arc<Vec<Exchange>>) -> Self {
        Self(Arc::new(Mutex::new(State {
            exchanges,
            next: 0,
            fault: None,
            differences: BTreeMap::new(),
        })))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers a request if it is the recorded one.
    pub fn answer(&self, request: &Received) -> Answer {
        let mut state = self.state();
        let exchanges = Arc::clone(&state.exchanges);
        let Some(expected) = exchanges.get(state.next) else {
            return state.unexpected(request, "nothing more was recorded");
        };
        match compare(expected, request, &mut state.differences) {
            Ok(()) => {
                state.next += 1;
                recorded(expected)
            }
            Err(reason) => state.unexpected(request, &reason),
        }
    }

    /// The index of the exchange that is expected next.
    pub fn position(&self) -> usize {
        self.state().next
    }

    /// Passes over an exchange that the client rightly does not make.
    pub fn pass_over(&self, reason: &'static str) {
        let mut state = self.state();
        state.next += 1;
        *state.differences.entry(reason).or_default() += 1;
    }

    /// What went wrong, if something did.
    pub fn fault(&self) -> Option<String> {
        self.state().fault.clone()
    }

    /// How the requests differed from the recorded ones, and how often.
    pub fn differences(&self) -> BTreeMap<&'static str, usize> {
        self.state().differences.clone()
    }
}

impl State {
    /// Keeps the first fault, and answers with a status that no client takes for anything else.
    fn unexpected(&mut self, request: &Received, reason: &str) -> Answer {
        let message = format!(
            "exchange {}: {} {}: {reason}",
            self.next, request.method, request.target
        );
        self.fault.get_or_insert(message);
        Answer::new(418)
    }
}

fn recorded(exchange: &Exchange) -> Answer {
    let mut answer = Answer::new(exchange.status);
    for (name, value) in &header_map(exchange) {
        if let Ok(value) = value.to_str() {
            answer = answer.header(name.as_str(), value);
        }
    }
    match &exchange.response {
        Value::Null => answer,
        Value::String(text) => answer.body(text.as_bytes()),
        json => answer.body(json.to_string()),
    }
}

/// Whether a request is the recorded one. What may differ is counted.
fn compare(
    expected: &Exchange,
    found: &Received,
    differences: &mut BTreeMap<&'static str, usize>,
) -> Result<(), String> {
    let mut differ = |what| *differences.entry(what).or_default() += 1;
    if found.method != expected.method {
        return Err(format!(
            "{} {} was recorded",
            expected.method, expected.path
        ));
    }
    if found.host != expected.host {
        return Err(format!("the host {} was recorded", expected.host));
    }
    if !super::plan::same_path(&expected.path, found.path()) {
        return Err(format!("the path {} was recorded", expected.path));
    }
    if expected.path.ends_with('/') {
        differ("an empty version is left out with its slash");
    } else if expected.path != found.path() {
        differ("the path differs in letter case or encoding");
    }
    compare_query(expected, found, &mut differ)?;
    compare_token(expected, found)?;
    compare_body(expected, found, &mut differ)
}

fn compare_query(
    expected: &Exchange,
    found: &Received,
    differ: &mut impl FnMut(&'static str),
) -> Result<(), String> {
    let mut sent = pairs(found.query().unwrap_or_default());
    // What the header of the service says, although the recorded client went without.
    for (name, what) in [
        (
            "api-version",
            "a poll carries the api-version that its URL lacks",
        ),
        (
            "request_id",
            "a poll goes to the URL of the header, with its request_id",
        ),
        (
            "kv-operation",
            "a poll goes to the URL of the header, with its kv-operation",
        ),
    ] {
        if !expected.query.contains_key(name) && sent.remove(name).is_some() {
            differ(what);
        }
    }
    match same_query(&expected.query, &sent) {
        true if sent == expected.query => Ok(()),
        true => {
            differ("the recording hides a value of the query");
            Ok(())
        }
        false => Err(format!(
            "the query {:?} was recorded, not {sent:?}",
            expected.query
        )),
    }
}

fn compare_token(expected: &Exchange, found: &Received) -> Result<(), String> {
    let token = found
        .headers
        .get("authorization")
        .map(|value| value.as_bytes());
    let wanted = format!("Bearer {TOKEN}");
    let wanted = (!expected.is_challenge()).then_some(wanted.as_bytes());
    match token == wanted {
        true => Ok(()),
        false => Err("the token is missing, wrong or too much".to_owned()),
    }
}

fn compare_body(
    expected: &Exchange,
    found: &Received,
    differ: &mut impl FnMut(&'static str),
) -> Result<(), String> {
    if expected.is_challenge() {
        let described = found.headers.contains_key("content-type");
        return match found.body.is_empty() && !described {
            true => Ok(()),
            false => Err("the body was not withheld".to_owned()),
        };
    }
    if expected.request_unrecorded {
        differ("the recording lacks the body");
        return Ok(());
    }
    let sent = match found.body.as_slice() {
        [] => Value::Null,
        bytes => serde_json::from_slice(bytes).map_err(|error| error.to_string())?,
    };
    compare::json("body", &expected.request, &sent).or_else(|reason| {
        compare::known("body", &expected.request, &sent).map_err(|_| reason)?;
        differ("the body lacks members that only the service sets");
        Ok(())
    })
}
