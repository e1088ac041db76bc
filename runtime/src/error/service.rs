use crate::WipedBody;
use crate::headers::Shown;
use crate::json::Tree;
use crate::response::request_id;
use http::{HeaderMap, StatusCode};
use std::fmt::{self, Write};

/// What the service answered instead of a result: everything it said is kept.
///
/// Code and message are there if the body is one of the service's own, `{"error": {"code", "message", "innererror"}}`.
/// It may also be empty, a page of HTML, or cut short.
#[derive(Clone)]
pub struct ServiceError {
    status: StatusCode,
    headers: HeaderMap,
    raw: WipedBody,
    code: Option<String>,
    message: Option<String>,
    inner_codes: Vec<String>,
}

impl ServiceError {
    /// The error that these parts of a response tell of. Any body will do.
    #[must_use]
    pub fn new(status: StatusCode, headers: HeaderMap, raw: impl Into<WipedBody>) -> Self {
        let raw = raw.into();
        let body = Tree::read(&raw);
        let error = object(&body, "error").unwrap_or(&body);
        let (code, message) = (text(error, "code"), text(error, "message"));
        let inner_codes = inner_codes(error);
        Self {
            status,
            headers,
            raw,
            code,
            message,
            inner_codes,
        }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The code, for programs: `SecretNotFound`.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The message, for people. Written by the service: not fit for a terminal as it is.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The codes of the errors within this one, outermost first: `ObjectIsBeingDeleted`.
    #[must_use]
    pub fn inner_codes(&self) -> &[String] {
        &self.inner_codes
    }

    /// The name that the service gave the request (`x-ms-request-id`), for asking its support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body as it came. It is wiped from memory with the error, for it can hold a secret.
    #[must_use]
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }
}

/// A member, whatever the case of its name: the services disagree on `innererror` and `innerError`.
fn member<'a>(json: &'a Tree, name: &str) -> Option<&'a Tree> {
    json.members()
        .find(|(key, _)| key.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}

fn object<'a>(json: &'a Tree, name: &str) -> Option<&'a Tree> {
    member(json, name).filter(|value| value.is_object())
}

/// A text that says something.
fn text(json: &Tree, name: &str) -> Option<String> {
    member(json, name)?.text().map(str::to_owned)
}

fn inner_codes(error: &Tree) -> Vec<String> {
    let inner = |error| object(error, "innererror");
    std::iter::successors(inner(error), |error| inner(error))
        .filter_map(|error| text(error, "code"))
        .collect()
}

impl ServiceError {
    /// Code, message and request id, each after its mark.
    pub(super) fn write_details(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for text in std::iter::chain(self.code(), self.message()) {
            f.write_str(": ")?;
            write_one_line(text, f)?;
        }
        if let Some(id) = self.request_id() {
            f.write_str(" (request id ")?;
            write_one_line(id, f)?;
            f.write_str(")")?;
        }
        Ok(())
    }
}

/// One line: `404 Not Found: SecretNotFound: A secret … (request id 1f…)`.
impl fmt::Display for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.status)?;
        self.write_details(f)
    }
}

/// Everything but the body, of which only the length, and the queries of URLs in headers.
impl fmt::Debug for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceError")
            .field("status", &self.status)
            .field("code", &self.code)
            .field("message", &self.message)
            .field("inner_codes", &self.inner_codes)
            .field("headers", &Shown(&self.headers))
            .field("raw", &format_args!("{} bytes", self.raw.len()))
            .finish()
    }
}

impl std::error::Error for ServiceError {}

/// How many characters of a text are shown.
const SHOWN: usize = 1000;

/// Writes text that somebody else chose so that it can neither break the line nor steer a terminal.
pub(super) fn write_one_line(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut characters = text.chars();
    for character in characters.by_ref().take(SHOWN) {
        if steers(character) {
            write!(f, "{}", character.escape_default())?;
        } else {
            f.write_char(character)?;
        }
    }
    if characters.next().is_some() {
        f.write_char('…')
    } else {
        Ok(())
    }
}

/// Control characters, line separators, and marks that change the direction of writing.
fn steers(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wiped::watch;

    fn answer(body: &str) -> ServiceError {
        let headers = [("x-ms-request-id".parse().unwrap(), "id-1".parse().unwrap())];
        ServiceError::new(
            StatusCode::CONFLICT,
            headers.into_iter().collect(),
            body.as_bytes().to_vec(),
        )
    }

    #[test]
    fn code_message_and_inner_codes_are_read() {
        let error = answer(
            r#"{"error":{"code":"Conflict","message":"In use.","innererror":{"code":"A","innerError":{"code":"B"}}}}"#,
        );
        assert_eq!(
            (error.code(), error.message()),
            (Some("Conflict"), Some("In use."))
        );
        assert_eq!(error.inner_codes(), ["A", "B"]);
        assert_eq!(
            error.to_string(),
            "409 Conflict: Conflict: In use. (request id id-1)"
        );
    }

    #[test]
    fn code_and_message_may_stand_at_the_top_in_capitals_and_after_a_mark() {
        let error = answer("\u{FEFF}{\"Code\":\"Gone\",\"Message\":\"No.\"}");
        assert_eq!((error.code(), error.message()), (Some("Gone"), Some("No.")));
    }

    #[test]
    fn any_other_body_is_kept_raw() {
        for body in [
            "",
            "  ",
            "<html>busy</html>",
            "[1]",
            "null",
            r#"{"error":"x"}"#,
            r#"{"error":{"code":null}}"#,
            "{",
        ] {
            let error = answer(body);
            assert_eq!(
                (error.code(), error.message(), error.inner_codes().len()),
                (None, None, 0),
                "{body}"
            );
            assert_eq!(error.raw(), body.as_bytes());
            assert_eq!(error.to_string(), "409 Conflict (request id id-1)");
        }
        assert_eq!(
            ServiceError::new(StatusCode::IM_A_TEAPOT, HeaderMap::new(), vec![0xff]).raw(),
            [0xff]
        );
    }

    #[test]
    fn deep_nesting_is_no_danger() {
        let nested = |depth: usize| {
            r#"{"code":"a","innererror":"#.repeat(depth) + "null" + &"}".repeat(depth)
        };
        assert_eq!(answer(&nested(100)).inner_codes().len(), 99);
        assert_eq!(answer(&nested(100_000)).code(), None);
    }

    #[test]
    fn the_text_of_the_service_cannot_break_the_line() {
        let error =
            answer(r#"{"error":{"code":"a\nb","message":"\u001b[2J\r\n\u2028\u202e\u0000é"}}"#);
        let shown = r"409 Conflict: a\nb: \u{1b}[2J\r\n\u{2028}\u{202e}\u{0}é (request id id-1)";
        assert_eq!(error.to_string(), shown);
    }

    #[test]
    fn a_long_message_is_cut_when_shown() {
        let error = answer(&format!(
            r#"{{"error":{{"message":"{}"}}}}"#,
            "é".repeat(1001)
        ));
        assert_eq!(
            error.to_string(),
            format!("409 Conflict: {}… (request id id-1)", "é".repeat(1000))
        );
        assert_eq!(error.message().unwrap().chars().count(), 1001);
    }

    #[test]
    fn the_body_is_wiped_with_the_error() {
        watch::begin();
        drop(answer(r#"{"value":"canary"}"#));
        let seen = watch::end();
        assert_eq!(seen.len(), 1);
        assert!(seen[0].held_any_of("canary") && seen[0].is_wiped());
    }

    #[test]
    fn debug_does_not_show_the_body() {
        let debug = format!("{:?}", answer(r#"{"value":"hunter2"}"#));
        assert!(
            debug.contains("raw: 19 bytes") && debug.contains("id-1") && !debug.contains("hunter2")
        );
    }
}
