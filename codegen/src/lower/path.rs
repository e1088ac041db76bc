use super::Context;
use crate::api::{PathTemplate, Segment};
use crate::diagnostic::{Code, Diagnostic};
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
        let help = format!("write `/{path}`");
        cx.inconsistent(at, "the path does not begin with `/`", &help);
        return None;
    };
    let path = path.strip_suffix('/').unwrap_or(path);
    let mut segments = Vec::new();
    if !path.is_empty() {
        for text in path.split('/') {
            let segment = segment(cx, at, text)?;
            if matches!(segment, Segment::Parameter(_)) && segments.contains(&segment) {
                let message = format!("the path names `{text}` twice");
                let diagnostic = Diagnostic::new(Code::Inconsistent, at.clone(), message);
                let help = "give each segment a parameter of its own";
                cx.push(diagnostic.word(text).help(help));
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
            let (message, help) = match text {
                "" => (
                    "the path has an empty segment".to_owned(),
                    "remove one of the two slashes in a row",
                ),
                text => (
                    format!("the segment `{text}` of the path is not supported"),
                    "write either one parameter, `{name}`, or letters, digits and `-._~` alone",
                ),
            };
            let word = if text.is_empty() { "//" } else { text };
            let diagnostic = Diagnostic::new(Code::Unsupported, at.clone(), message);
            cx.push(diagnostic.word(word).help(help));
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
        let message = "the query of this path is not supported";
        let diagnostic = Diagnostic::new(Code::Unsupported, at.clone(), message);
        cx.push(diagnostic.word(format!("?{query}")).help(help));
    }
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .filter(|(key, _)| *key != OVERLOAD)
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect()
}
