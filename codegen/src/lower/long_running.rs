//! How an operation goes on: what upstream states, and what `x-long-running` states beyond it.

use indexmap::IndexMap;
use serde_json::Value;

use super::{Context, extensions};
use crate::api::{LongRunning, Outcome, Pause, Payload, Poll};
use crate::source::At;

pub(super) fn lower(
    cx: &mut Context<'_>,
    at: &At,
    extensions: &IndexMap<String, Value>,
    payload: &Payload,
) -> Option<LongRunning> {
    match extensions.get("x-long-running") {
        Some(protocol) => Some(stated(cx, &at.child("x-long-running"), protocol, payload)),
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

fn stated(cx: &mut Context<'_>, at: &At, protocol: &Value, payload: &Payload) -> LongRunning {
    let usual = LongRunning::usual(poll(protocol.get("poll")));
    LongRunning {
        status: text(protocol, "status").or(usual.status),
        succeeded: texts(protocol, "succeeded").unwrap_or(usual.succeeded),
        failed: texts(protocol, "failed").unwrap_or(usual.failed),
        outcome: outcome(cx, at, protocol, payload).unwrap_or(usual.outcome),
        pauses: pauses(cx, at, protocol),
        poll: usual.poll,
    }
}

fn text(node: &Value, key: &str) -> Option<String> {
    node.get(key).and_then(Value::as_str).map(str::to_owned)
}

fn texts(node: &Value, key: &str) -> Option<Vec<String>> {
    let texts = node.get(key).and_then(Value::as_array)?;
    let texts = texts.iter().filter_map(Value::as_str).map(str::to_owned);
    Some(texts.collect())
}

/// Where the result is, if it is said; what is half said is reported.
fn outcome(cx: &mut Context<'_>, at: &At, protocol: &Value, payload: &Payload) -> Option<Outcome> {
    let word = text(protocol, "outcome");
    if word.as_deref() == Some("linked") {
        return linked(cx, at, protocol);
    }
    for key in ["link", "result"] {
        if protocol.get(key).is_some() {
            let message = format!("`{key}` means nothing without `outcome: linked`");
            let help = "remove it, or write `outcome: linked`, with both `link` and `result`";
            cx.inconsistent(&at.child(key), message, help);
        }
    }
    match word.as_deref()? {
        "first-body" => Some(Outcome::FirstBody),
        "last-body" => Some(Outcome::LastBody),
        "original-uri" => {
            check_original(cx, at, payload);
            Some(Outcome::OriginalUri)
        }
        "nothing" => Some(Outcome::Nothing),
        _ => None,
    }
}

fn linked(cx: &mut Context<'_>, at: &At, protocol: &Value) -> Option<Outcome> {
    let (member, reference) = (text(protocol, "link"), text(protocol, "result"));
    for (key, there) in [("link", member.is_some()), ("result", reference.is_some())] {
        if !there {
            let message = format!("`outcome: linked` needs `{key}`, which is missing");
            let help = match key {
                "link" => "add `link` with the name of the property that holds the URL",
                _ => "add `result` with the schema of the answer there, as `$ref` would name it",
            };
            cx.inconsistent_value(&at.child("outcome"), message, help);
        }
    }
    let result = cx.type_ref(&at.child("result"), &reference?)?;
    Some(Outcome::Linked {
        member: member?,
        result,
    })
}

/// What the URL of the request gives in the end must be known from the first answer.
fn check_original(cx: &mut Context<'_>, at: &At, payload: &Payload) {
    if *payload == Payload::None {
        let help = "describe the body of a success, or write `outcome: nothing`";
        let message = "`outcome: original-uri` needs a result, but no success has a body";
        cx.inconsistent_value(&at.child("outcome"), message, help);
    }
}

fn pauses(cx: &mut Context<'_>, at: &At, protocol: &Value) -> Option<Pause> {
    let node = protocol.get("pauses")?;
    let pause = Pause {
        member: text(node, "member")?,
        values: texts(node, "values")?,
    };
    if pause.values.is_empty() {
        let help = "list the values of the property, or remove `pauses`";
        let message = "`pauses` needs values: without any, nothing ever pauses";
        cx.inconsistent_value(&at.child("pauses").child("values"), message, help);
    }
    Some(pause)
}
