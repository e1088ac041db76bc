//! How an operation goes on: what upstream states, and what `x-long-running` states beyond it.

use indexmap::IndexMap;
use serde_json::Value;

use super::{Context, extensions};
use crate::api::{LongRunning, Outcome, Payload, Poll};
use crate::source::At;

pub(super) fn lower(
    cx: &mut Context<'_>,
    at: &At,
    extensions: &IndexMap<String, Value>,
    payload: &Payload,
) -> Option<LongRunning> {
    match extensions.get("x-long-running") {
        Some(protocol) => Some(stated(cx, &at.child("x-long-running"), protocol)),
        None => upstream(extensions, payload),
    }
}

/// `x-ms-long-running-operation` and its options.
fn upstream(extensions: &IndexMap<String, Value>, payload: &Payload) -> Option<LongRunning> {
    if !extensions::flag(extensions, "x-ms-long-running-operation") {
        return None;
    }
    let options = extensions.get("x-ms-long-running-operation-options");
    let via = options.and_then(|options| options.get("final-state-via"));
    let mut protocol = LongRunning::usual(poll(via));
    if *payload == Payload::None {
        protocol.outcome = Outcome::Nothing;
    }
    Some(protocol)
}

/// The document stage has checked the words.
fn poll(word: Option<&Value>) -> Poll {
    match word.and_then(Value::as_str) {
        Some("azure-async-operation") => Poll::AzureAsyncOperation,
        Some("operation-location") => Poll::OperationLocation,
        Some("location") => Poll::Location,
        Some("original-uri") => Poll::OriginalUri,
        _ => Poll::Unspecified,
    }
}

fn stated(cx: &mut Context<'_>, at: &At, protocol: &Value) -> LongRunning {
    let usual = LongRunning::usual(poll(protocol.get("poll")));
    let text = |key: &str| protocol.get(key).and_then(Value::as_str).map(str::to_owned);
    let words = |key: &str| {
        let words = protocol.get(key).and_then(Value::as_array)?;
        let words = words.iter().filter_map(Value::as_str).map(str::to_owned);
        Some(words.collect())
    };
    let link = text("link");
    let outcome = match text("outcome").as_deref() {
        Some("first-body") => Outcome::FirstBody,
        Some("original-uri") => Outcome::OriginalUri,
        Some("nothing") => Outcome::Nothing,
        Some("linked") => Outcome::Linked(link.clone().unwrap_or_default()),
        _ => Outcome::LastBody,
    };
    let needs_link = matches!(outcome, Outcome::Linked(_));
    if needs_link != link.is_some() {
        let help = "`outcome: linked` and `link`, the name of a member, go together";
        cx.inconsistent(at, "the link to the result is half described", help);
    }
    LongRunning {
        status: text("status").or(usual.status),
        succeeded: words("succeeded").unwrap_or(usual.succeeded),
        failed: words("failed").unwrap_or(usual.failed),
        outcome,
        poll: usual.poll,
    }
}
