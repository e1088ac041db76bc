//! A server that plays its part of one flow.

use crate::TOKEN;
use crate::flow::{Exchange, Flow};
use keyvault_loopback::{Answer, Received, Server};
use serde_json::Value;
use std::collections::VecDeque;
use std::error::Error;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The server, and the part that is still to be played.
pub struct Stage {
    server: Server,
    part: Arc<Mutex<Part>>,
}

struct Part {
    exchanges: VecDeque<Exchange>,
    surprise: Option<String>,
}

impl Stage {
    /// A server that waits for the first request of the flow.
    pub fn set(flow: &Flow) -> io::Result<Self> {
        let part = Arc::new(Mutex::new(Part {
            exchanges: flow.exchanges.iter().cloned().collect(),
            surprise: None,
        }));
        let server = Server::start(&[&flow.host], {
            let part = Arc::clone(&part);
            move |request| lock(&part).answer(request)
        })?;
        Ok(Self { server, part })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// What makes its certificate one to trust.
    pub fn certificate(&self) -> &str {
        self.server.certificate()
    }

    /// Whether the flow went to its end, as written.
    pub fn check(&self) -> Result<(), Box<dyn Error>> {
        let part = lock(&self.part);
        if let Some(surprise) = &part.surprise {
            return Err(surprise.clone().into());
        }
        match part.exchanges.front() {
            Some(next) => Err(format!("{} {} did not come", next.method, next.path).into()),
            None => Ok(()),
        }
    }
}

fn lock(part: &Mutex<Part>) -> MutexGuard<'_, Part> {
    part.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Part {
    fn answer(&mut self, request: &Received) -> Answer {
        match self.next(request) {
            Ok(exchange) => {
                show(&exchange);
                answer(&exchange)
            }
            Err(difference) => {
                let surprise = format!("{} {}: {difference}", request.method, request.path());
                self.surprise.get_or_insert(surprise);
                Answer::new(400)
            }
        }
    }

    fn next(&mut self, request: &Received) -> Result<Exchange, &'static str> {
        let next = self.exchanges.pop_front();
        let next = next.ok_or("it is one more than there should be")?;
        match difference(&next, request) {
            Some(difference) => Err(difference),
            None => Ok(next),
        }
    }
}

/// How a request differs from that of the flow.
fn difference(exchange: &Exchange, request: &Received) -> Option<&'static str> {
    let authorization = request.headers.get("authorization");
    let token = format!("Bearer {TOKEN}");
    let has_token = authorization.is_some_and(|value| value == &token);
    // The request that is answered with a challenge is the one that has no token yet.
    let wants_token = exchange.status != 401;
    let differences = [
        (exchange.method != request.method, "it has another method"),
        (exchange.path != request.path(), "it has another path"),
        (!has_query(exchange, request), "it has another query"),
        (
            exchange.request_body != body(request),
            "it has another body",
        ),
        (wants_token && !has_token, "it has no token, or another one"),
        (
            !wants_token && authorization.is_some(),
            "it has a token too early",
        ),
    ];
    let difference = differences.into_iter().find(|(differs, _)| *differs);
    difference.map(|(_, text)| text)
}

/// Whether the parameters are those, in any order, and each is there once.
fn has_query(exchange: &Exchange, request: &Received) -> bool {
    let sent = request.query().unwrap_or_default().split('&');
    let mut sent: Vec<_> = sent.filter_map(|pair| pair.split_once('=')).collect();
    sent.sort_unstable();
    let wanted = exchange.query.iter();
    sent.into_iter()
        .eq(wanted.map(|(name, value)| (name.as_str(), value.as_str())))
}

/// The body as JSON; null if there is none, and a text if it is none.
fn body(request: &Received) -> Value {
    match request.body.is_empty() {
        true => Value::Null,
        false => serde_json::from_slice(&request.body)
            .unwrap_or_else(|_| String::from_utf8_lossy(&request.body).into()),
    }
}

fn answer(exchange: &Exchange) -> Answer {
    let mut answer = Answer::new(exchange.status);
    for (name, value) in &exchange.response_headers {
        answer = answer.header(name, value);
    }
    match &exchange.response_body {
        Value::Null => answer,
        Value::String(text) => answer.body(text.as_str()),
        json => answer.body(json.to_string()),
    }
}

fn show(exchange: &Exchange) {
    let Exchange { method, status, .. } = exchange;
    println!(
        "  {method:<6} {} -> {status} {}",
        place(&exchange.path),
        gist(exchange)
    );
}

/// The end of a path, for those of the management plane are long.
fn place(path: &str) -> String {
    const WIDTH: usize = 56;
    match path.len().checked_sub(WIDTH) {
        Some(over @ 1..) => format!("..{}", path.get(over + 2..).unwrap_or(path)),
        _ => format!("{path:<WIDTH$}"),
    }
}

/// What an answer says, in a few words.
fn gist(exchange: &Exchange) -> String {
    let body = &exchange.response_body;
    let text = |place| body.pointer(place).and_then(Value::as_str);
    let state = text("/status").or_else(|| text("/properties/provisioningState"));
    let code = text("/error/innererror/code").or_else(|| text("/error/code"));
    let items = body.get("value").and_then(Value::as_array);
    let seconds = exchange.response_headers.get("retry-after");
    let words = [
        state.map(str::to_owned),
        code.map(str::to_owned),
        items.map(|items| format!("{} items", items.len())),
        seconds.map(|seconds| format!("retry after {seconds} s")),
    ];
    let words: Vec<String> = words.into_iter().flatten().collect();
    words.join(", ")
}
