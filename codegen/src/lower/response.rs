use openapiv3::{Response, StatusCode};
use serde_json::{Map, Value};

use super::{Context, schema};
use crate::api::{Payload, Success, Type, TypeRef};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::At;

/// What all responses of an operation say.
pub(super) struct Responses {
    pub(super) successes: Vec<Success>,
    pub(super) payload: Payload,
    pub(super) error: Option<TypeRef>,
}

pub(super) fn lower(cx: &mut Context<'_>, at: &At, node: &Value) -> Option<Responses> {
    let mut successes = Vec::new();
    let mut error = None;
    for key in node.as_object()?.keys() {
        let at = at.child(key);
        match status(key) {
            Some(status @ 200..=299) => successes.extend(success(cx, &at, status)),
            // A failure that is told apart is read as any other, but must be described soundly.
            Some(_) => check(cx, &at),
            None if key.starts_with("x-") => {}
            None if key == "default" => error = default(cx, &at),
            None => {
                let message = format!("`{key}` is not a status code");
                let help = "write the code in three digits and quotation marks, or `default`";
                cx.unsupported(&at, message, help);
            }
        }
    }
    let described = |key: &String| matches!(status(key), Some(200..=299));
    if !node.as_object()?.keys().any(described) {
        let help = "describe the response of a success, such as `'200': {description: …}`";
        cx.inconsistent(at, "no response of the operation is a success", help);
    }
    successes.sort_by_key(|success: &Success| success.status);
    Some(Responses {
        payload: payload(cx, at, &successes),
        successes,
        error,
    })
}

fn status(key: &str) -> Option<u16> {
    match serde_json::from_value(Value::from(key)) {
        Ok(StatusCode::Code(status)) => Some(status),
        _ => None,
    }
}

fn success(cx: &mut Context<'_>, at: &At, status: u16) -> Option<Success> {
    let (at, response) = read(cx, at)?;
    for name in response.headers.keys() {
        cx.resolve(&at.child("headers").child(name), "headers");
    }
    Some(Success {
        status,
        ty: body(cx, &at, &response),
        headers: response.headers.keys().cloned().collect(),
    })
}

/// Lowers a response for its diagnostics alone.
pub(super) fn check(cx: &mut Context<'_>, at: &At) {
    success(cx, at, 0);
}

fn default(cx: &mut Context<'_>, at: &At) -> Option<TypeRef> {
    let (at, response) = read(cx, at)?;
    match body(cx, &at, &response)? {
        Type::Named(named) => Some(named),
        _ => None,
    }
}

fn read(cx: &mut Context<'_>, at: &At) -> Option<(At, Response)> {
    let (at, node) = cx.resolve(at, "responses")?;
    let response = cx.typed(&at, node)?;
    Some((at, response))
}

fn body(cx: &mut Context<'_>, at: &At, response: &Response) -> Option<Type> {
    if response.content.is_empty() {
        return None;
    }
    json_content(cx, &at.child("content"))
}

/// The type of the `application/json` content at an address.
pub(super) fn json_content(cx: &mut Context<'_>, at: &At) -> Option<Type> {
    let content = cx.documents.get(at).and_then(Value::as_object)?;
    let Some(media_type) = json_media_type(content) else {
        let help = "describe the body as `application/json`; leave `content` out if there is none";
        cx.unsupported(at, "only a body of JSON is supported", help);
        return None;
    };
    let at = at.child(media_type).child("schema");
    let node = cx.documents.get(&at)?;
    let node: openapiv3::ReferenceOr<openapiv3::Schema> = cx.typed(&at, node)?;
    let used = schema::lower(cx, &at, &node)?;
    if used.password {
        let help = "make the body an object with the secret as a property";
        cx.unsupported(&at, "a body cannot be a bare secret", help);
        return None;
    }
    if used.nullable {
        let help = "remove `nullable`; a success without `content` has no body";
        cx.unsupported(&at.child("nullable"), "a body cannot be null", help);
    }
    Some(used.ty)
}

fn json_media_type(content: &Map<String, Value>) -> Option<&str> {
    let mut names = content.keys().map(String::as_str);
    names.find(|name| name.split(';').next().map(str::trim) == Some("application/json"))
}

fn payload(cx: &mut Context<'_>, at: &At, successes: &[Success]) -> Payload {
    let mut types = successes.iter().filter_map(|success| success.ty.as_ref());
    let Some(first) = types.next() else {
        return Payload::None;
    };
    if types.any(|ty| ty != first) {
        let message = "the successes have bodies of different types";
        let mut diagnostic = Diagnostic::new(Code::Unsupported, at.clone(), message);
        for success in successes.iter().filter(|success| success.ty.is_some()) {
            diagnostic = diagnostic.see(at.child(&success.status.to_string()), "one of them");
        }
        let help = "let the bodies of all successes have one type, or remove all but one";
        cx.push(diagnostic.help(help));
    }
    match successes.iter().all(|success| success.ty.is_some()) {
        true => Payload::Always(first.clone()),
        false => Payload::Maybe(first.clone()),
    }
}
