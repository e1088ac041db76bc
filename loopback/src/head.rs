use crate::{Answer, Delivery};
use http::StatusCode;
use std::io::{self, Write};

/// What of an answer's body goes over the wire: `HEAD` and some statuses have none, whatever the handler said.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Body {
    Sent,
    /// Its length is told all the same.
    Announced,
    None,
}

impl Body {
    pub(crate) fn of(answer: &Answer, method: &str) -> Self {
        match answer.status {
            100..=199 | 204 | 304 => Self::None,
            _ if method == "HEAD" => Self::Announced,
            _ => Self::Sent,
        }
    }
}

/// Writes status line and headers.
pub(crate) fn write_head(
    out: &mut Vec<u8>,
    answer: &Answer,
    body: Body,
    closing: bool,
) -> io::Result<()> {
    let reason = StatusCode::from_u16(answer.status)
        .ok()
        .and_then(|status| status.canonical_reason())
        .unwrap_or_default();
    write!(out, "HTTP/1.1 {:03} {reason}\r\n", answer.status)?;
    for (name, value) in &answer.headers {
        write!(out, "{name}: {value}\r\n")?;
    }
    if body != Body::None && !says_its_length(answer) {
        write_length(out, answer)?;
    }
    if closing && !says_close(answer) {
        out.extend_from_slice(b"connection: close\r\n");
    }
    out.extend_from_slice(b"\r\n");
    Ok(())
}

fn write_length(out: &mut Vec<u8>, answer: &Answer) -> io::Result<()> {
    match answer.delivery {
        Delivery::Chunked => out.write_all(b"transfer-encoding: chunked\r\n"),
        Delivery::Endless { length } => write!(out, "content-length: {length}\r\n"),
        _ => write!(out, "content-length: {}\r\n", answer.body.len()),
    }
}

fn says_its_length(answer: &Answer) -> bool {
    has(answer, "content-length") || has(answer, "transfer-encoding")
}

/// Whether the handler wants the connection closed after the answer.
pub(crate) fn says_close(answer: &Answer) -> bool {
    answer.headers.iter().any(|(name, value)| {
        name.eq_ignore_ascii_case("connection") && value.eq_ignore_ascii_case("close")
    })
}

fn has(answer: &Answer, wanted: &str) -> bool {
    answer
        .headers
        .iter()
        .any(|(name, _)| name.eq_ignore_ascii_case(wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(answer: &Answer, method: &str, closing: bool) -> String {
        let mut out = Vec::new();
        write_head(&mut out, answer, Body::of(answer, method), closing).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_length_of_the_body_is_told() {
        let answer = Answer::new(200).header("A", "b").body("four");
        let expected = "HTTP/1.1 200 OK\r\nA: b\r\ncontent-length: 4\r\n\r\n";
        assert_eq!(head(&answer, "GET", false), expected);
        assert_eq!(head(&answer, "HEAD", false), expected);
    }

    #[test]
    fn an_answer_can_lie_about_its_length() {
        let answer = Answer::new(200).header("Content-Length", "9").body("four");
        let expected = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n";
        assert_eq!(head(&answer, "GET", false), expected);
    }

    #[test]
    fn a_status_without_body_has_no_length() {
        let answer = Answer::new(204).body("four");
        assert_eq!(
            head(&answer, "GET", false),
            "HTTP/1.1 204 No Content\r\n\r\n"
        );
    }

    #[test]
    fn any_number_can_be_a_status() {
        let answer = Answer::new(7);
        assert_eq!(
            head(&answer, "GET", false),
            "HTTP/1.1 007 \r\ncontent-length: 0\r\n\r\n"
        );
    }

    #[test]
    fn a_close_is_told_once() {
        let told = head(&Answer::new(204), "GET", true);
        assert_eq!(told, "HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n");
        let already = head(&Answer::new(204).header("Connection", "Close"), "GET", true);
        assert_eq!(
            already,
            "HTTP/1.1 204 No Content\r\nConnection: Close\r\n\r\n"
        );
    }
}
