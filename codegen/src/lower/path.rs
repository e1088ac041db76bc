use super::Context;
use crate::api::{PathTemplate, Segment};
use crate::source::At;

/// What the key of a path item says.
pub(super) struct Path {
    pub(super) template: PathTemplate,
    /// Query values that are part of the key, as `x-ms-paths` allows.
    pub(super) constants: Vec<(String, String)>,
}

/// The query key that tells two operations of one path apart and is never sent.
const OVERLOAD: &str = "_overload";

pub(super) fn parse(cx: &mut Context<'_>, at: &At, key: &str) -> Option<Path> {
    let (path, query) = key.split_once('?').unwrap_or((key, ""));
    let Some(path) = path.strip_prefix('/') else {
        cx.inconsistent(at, "the path does not start with `/`", "put a `/` first");
        return None;
    };
    let path = path.strip_suffix('/').unwrap_or(path);
    let mut segments = Vec::new();
    if !path.is_empty() {
        for text in path.split('/') {
            let segment = segment(cx, at, text)?;
            if matches!(segment, Segment::Parameter(_)) && segments.contains(&segment) {
                let message = format!("the path names {text} twice");
                cx.inconsistent(at, message, "give each segment a parameter of its own");
            }
            segments.push(segment);
        }
    }
    Some(Path {
        template: PathTemplate(segments),
        constants: constants(cx, at, query),
    })
}

fn segment(cx: &mut Context<'_>, at: &At, text: &str) -> Option<Segment> {
    let inner = text.strip_prefix('{').and_then(|t| t.strip_suffix('}'));
    match inner {
        Some(name) if !name.is_empty() && !name.contains(['{', '}']) => {
            Some(Segment::Parameter(name.to_owned()))
        }
        None if is_literal(text) => Some(Segment::Literal(text.to_owned())),
        _ => {
            let message = match text {
                "" => "an empty segment has no Rust mapping".to_owned(),
                text => format!("the segment `{text}` has no Rust mapping"),
            };
            let help = "a segment is either one parameter, {name}, or letters, digits and -._~";
            cx.unsupported(at, message, help);
            None
        }
    }
}

/// Only what needs no percent-encoding.
fn is_literal(text: &str) -> bool {
    let unreserved = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
    !text.is_empty() && text != "." && text != ".." && text.chars().all(unreserved)
}

fn constants(cx: &mut Context<'_>, at: &At, query: &str) -> Vec<(String, String)> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~=&$".contains(c);
    if !query.chars().all(plain) {
        let help = "make it a required query parameter with a single `enum` value";
        cx.unsupported(at, "this query of a path has no Rust mapping", help);
    }
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .filter(|(key, _)| *key != OVERLOAD)
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect()
}
