use crate::Received;
use http::header::{CONNECTION, CONTENT_LENGTH, EXPECT, HOST, TRANSFER_ENCODING};
use http::{HeaderMap, HeaderName, HeaderValue};
use httparse::Status;
use std::io::{self, Read, Write};

const HEAD_LIMIT: usize = 64 * 1024;
const BODY_LIMIT: usize = 64 * 1024 * 1024;
const HEADER_COUNT_LIMIT: usize = 128;
const READ_SIZE: usize = 16 * 1024;

/// Why there is no request.
#[derive(Debug)]
pub(crate) enum Unread {
    /// The client left, or never spoke TLS.
    Gone,
    /// What the client sent is no request; answer with this status.
    Refused { status: u16, why: &'static str },
}

impl From<io::Error> for Unread {
    fn from(_: io::Error) -> Self {
        Self::Gone
    }
}

fn bad(why: &'static str) -> Unread {
    Unread::Refused { status: 400, why }
}

/// Reads one request after the other; what was read beyond one is kept for the next.
pub(crate) struct Reader {
    buffer: Vec<u8>,
    piece: Box<[u8]>,
}

impl Reader {
    pub(crate) fn new() -> Self {
        Self {
            buffer: Vec::new(),
            piece: vec![0; READ_SIZE].into(),
        }
    }

    /// Waits for the next request.
    pub(crate) fn read(
        &mut self,
        wire: &mut (impl Read + Write + ?Sized),
        connection: usize,
    ) -> Result<Received, Unread> {
        let mut request = self.read_head(wire)?;
        request.connection = connection;
        let length = body_length(&request.headers)?;
        if length != Length::Known(0) && expects_continue(&request.headers) {
            wire.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
            wire.flush()?;
        }
        request.body = match length {
            Length::Known(length) => self.take(wire, length)?,
            Length::Chunked => self.read_chunks(wire)?,
        };
        Ok(request)
    }

    fn read_head(&mut self, wire: &mut (impl Read + ?Sized)) -> Result<Received, Unread> {
        loop {
            if let Some((length, request)) = parse_head(&self.buffer)? {
                self.buffer.drain(..length);
                return Ok(request);
            }
            if self.buffer.len() > HEAD_LIMIT {
                return Err(head_too_large());
            }
            self.fill(wire)?;
        }
    }

    fn read_chunks(&mut self, wire: &mut (impl Read + ?Sized)) -> Result<Vec<u8>, Unread> {
        let mut body = Vec::new();
        loop {
            let size = self.read_chunk_size(wire)?;
            if size == 0 {
                self.skip_trailers(wire)?;
                return Ok(body);
            }
            if size > (BODY_LIMIT - body.len()) as u64 {
                return Err(body_too_large());
            }
            body.append(&mut self.take(wire, size as usize)?);
            if self.take(wire, 2)? != b"\r\n" {
                return Err(bad("a chunk does not end where it should"));
            }
        }
    }

    fn read_chunk_size(&mut self, wire: &mut (impl Read + ?Sized)) -> Result<u64, Unread> {
        loop {
            match httparse::parse_chunk_size(&self.buffer) {
                Ok(Status::Complete((length, size))) => {
                    self.buffer.drain(..length);
                    return Ok(size);
                }
                Ok(Status::Partial) if self.buffer.len() <= HEAD_LIMIT => self.fill(wire)?,
                Ok(Status::Partial) | Err(_) => return Err(bad("no size of a chunk")),
            }
        }
    }

    fn skip_trailers(&mut self, wire: &mut (impl Read + ?Sized)) -> Result<(), Unread> {
        let mut skipped = 0;
        loop {
            let line = self.skip_line(wire)?;
            skipped += line;
            if line == 2 {
                return Ok(());
            }
            if skipped > HEAD_LIMIT {
                return Err(head_too_large());
            }
        }
    }

    /// The length of the line that was skipped, with its end.
    fn skip_line(&mut self, wire: &mut (impl Read + ?Sized)) -> Result<usize, Unread> {
        loop {
            if let Some(end) = self.buffer.windows(2).position(|two| two == b"\r\n") {
                self.buffer.drain(..end + 2);
                return Ok(end + 2);
            }
            if self.buffer.len() > HEAD_LIMIT {
                return Err(head_too_large());
            }
            self.fill(wire)?;
        }
    }

    fn take(&mut self, wire: &mut (impl Read + ?Sized), length: usize) -> Result<Vec<u8>, Unread> {
        while self.buffer.len() < length {
            self.fill(wire)?;
        }
        Ok(self.buffer.drain(..length).collect())
    }

    fn fill(&mut self, wire: &mut (impl Read + ?Sized)) -> Result<(), Unread> {
        match wire.read(&mut self.piece)? {
            0 => Err(Unread::Gone),
            read => {
                self.buffer.extend_from_slice(&self.piece[..read]);
                Ok(())
            }
        }
    }
}

/// The length of the head and the request in it; nothing if the head is not whole yet.
fn parse_head(bytes: &[u8]) -> Result<Option<(usize, Received)>, Unread> {
    let mut headers = [httparse::EMPTY_HEADER; HEADER_COUNT_LIMIT];
    let mut request = httparse::Request::new(&mut headers);
    match request.parse(bytes) {
        Ok(Status::Complete(length)) if length > HEAD_LIMIT => Err(head_too_large()),
        Ok(Status::Complete(length)) => Ok(Some((length, received(&request)?))),
        Ok(Status::Partial) => Ok(None),
        Err(httparse::Error::TooManyHeaders) => Err(head_too_large()),
        Err(_) => Err(bad("no HTTP/1.1 request")),
    }
}

fn received(request: &httparse::Request<'_, '_>) -> Result<Received, Unread> {
    let (Some(method), Some(target), Some(1)) = (request.method, request.path, request.version)
    else {
        return Err(bad("no HTTP/1.1 request"));
    };
    let headers = header_map(request.headers)?;
    Ok(Received {
        method: method.to_owned(),
        target: target.to_owned(),
        host: host(&headers)?,
        headers,
        body: Vec::new(),
        connection: 0,
    })
}

fn header_map(headers: &[httparse::Header<'_>]) -> Result<HeaderMap, Unread> {
    let mut map = HeaderMap::with_capacity(headers.len());
    for header in headers {
        let name =
            HeaderName::from_bytes(header.name.as_bytes()).map_err(|_| bad("header name"))?;
        let value = HeaderValue::from_bytes(header.value).map_err(|_| bad("header value"))?;
        map.append(name, value);
    }
    Ok(map)
}

fn host(headers: &HeaderMap) -> Result<String, Unread> {
    let host = only(headers, &HOST, "more than one host")?.ok_or(bad("no host"))?;
    Ok(host.to_owned())
}

#[derive(PartialEq)]
enum Length {
    Known(usize),
    Chunked,
}

/// Two lengths that contradict each other are how one request is smuggled inside another.
fn body_length(headers: &HeaderMap) -> Result<Length, Unread> {
    let length = only(headers, &CONTENT_LENGTH, "more than one length")?;
    let encoding = only(headers, &TRANSFER_ENCODING, "more than one encoding")?;
    match (length, encoding) {
        (None, None) => Ok(Length::Known(0)),
        (Some(length), None) => known_length(length),
        (None, Some(encoding)) if encoding.eq_ignore_ascii_case("chunked") => Ok(Length::Chunked),
        (None, Some(_)) => Err(bad("an encoding other than chunked")),
        (Some(_), Some(_)) => Err(bad("a length and an encoding")),
    }
}

fn known_length(length: &str) -> Result<Length, Unread> {
    if length.is_empty() || !length.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(bad("a length that is no number"));
    }
    match length.parse() {
        Ok(length) if length <= BODY_LIMIT => Ok(Length::Known(length)),
        _ => Err(body_too_large()),
    }
}

fn only<'a>(
    headers: &'a HeaderMap,
    name: &HeaderName,
    why_not: &'static str,
) -> Result<Option<&'a str>, Unread> {
    let mut values = headers.get_all(name).iter();
    let Some(value) = values.next() else {
        return Ok(None);
    };
    match (value.to_str(), values.next()) {
        (Ok(value), None) => Ok(Some(value)),
        _ => Err(bad(why_not)),
    }
}

fn expects_continue(headers: &HeaderMap) -> bool {
    has_word(headers, &EXPECT, "100-continue")
}

/// Whether the client wants the connection closed after the answer.
pub(crate) fn wants_close(headers: &HeaderMap) -> bool {
    has_word(headers, &CONNECTION, "close")
}

fn has_word(headers: &HeaderMap, name: &HeaderName, word: &str) -> bool {
    headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|part| part.trim().eq_ignore_ascii_case(word))
}

fn head_too_large() -> Unread {
    Unread::Refused {
        status: 431,
        why: "a head of more than 64 KiB or 128 headers",
    }
}

fn body_too_large() -> Unread {
    Unread::Refused {
        status: 413,
        why: "a body of more than 64 MiB",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::VecDeque;

    /// What a client sends, and what it is sent meanwhile.
    struct Script {
        sent: VecDeque<u8>,
        /// How many bytes one read gives.
        step: usize,
        answered: Vec<u8>,
    }

    impl Read for Script {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let step = self.step.min(into.len());
            self.sent.read(&mut into[..step])
        }
    }

    impl Write for Script {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.answered.write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn script(sent: &str, step: usize) -> Script {
        Script {
            sent: sent.bytes().collect(),
            step,
            answered: Vec::new(),
        }
    }

    fn read(sent: &str) -> Result<Received, Unread> {
        Reader::new().read(&mut script(sent, usize::MAX), 0)
    }

    fn refused(sent: &str) -> u16 {
        match read(sent) {
            Err(Unread::Refused { status, .. }) => status,
            other => panic!("{other:?}"),
        }
    }

    const CHUNKED: &str = "POST /a?b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\n\r\n\
        3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: t\r\n\r\n";

    #[test]
    fn a_request_is_the_same_in_whatever_pieces_it_comes() {
        for step in [1, 2, 7, usize::MAX] {
            let request = Reader::new().read(&mut script(CHUNKED, step), 4).unwrap();
            assert_eq!(request.method, "POST");
            assert_eq!(request.target, "/a?b");
            assert_eq!(request.host, "h");
            assert_eq!(request.body, b"abcde");
            assert_eq!(request.connection, 4);
        }
    }

    #[test]
    fn requests_that_come_at_once_are_read_one_by_one() {
        let two = format!("PUT /1 HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi{CHUNKED}");
        let mut wire = script(&two, usize::MAX);
        let mut reader = Reader::new();
        assert_eq!(reader.read(&mut wire, 0).unwrap().body, b"hi");
        assert_eq!(reader.read(&mut wire, 0).unwrap().body, b"abcde");
        assert!(matches!(reader.read(&mut wire, 0), Err(Unread::Gone)));
    }

    #[test]
    fn who_asks_whether_to_go_on_is_told_so() {
        let head =
            "PUT / HTTP/1.1\r\nHost: h\r\nExpect: 100-Continue\r\nContent-Length: 1\r\n\r\nx";
        let mut wire = script(head, usize::MAX);
        Reader::new().read(&mut wire, 0).unwrap();
        assert_eq!(wire.answered, b"HTTP/1.1 100 Continue\r\n\r\n");
    }

    #[test]
    fn a_request_that_stops_midway_is_a_client_that_left() {
        for length in [0, 5, CHUNKED.len() - 1] {
            assert!(matches!(read(&CHUNKED[..length]), Err(Unread::Gone)));
        }
    }

    #[test]
    fn what_is_no_request_is_refused() {
        for head in [
            "\u{16}\u{3}\u{1} not TLS here\r\n\r\n",
            "GET / HTTP/1.0\r\nHost: h\r\n\r\n",
            "GET / HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\nHost: h\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: +1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
        ] {
            assert_eq!(refused(head), 400, "{head}");
        }
    }

    #[test]
    fn what_is_too_large_is_refused_before_it_is_read() {
        let start = "PUT / HTTP/1.1\r\nHost: h\r\n";
        let chunked = format!("{start}Transfer-Encoding: chunked\r\n\r\n");
        let length = BODY_LIMIT + 1;
        assert_eq!(
            refused(&format!("{start}Content-Length: {length}\r\n\r\n")),
            413
        );
        let endless = format!("{start}Content-Length: 99999999999999999999999\r\n\r\n");
        assert_eq!(refused(&endless), 413);
        assert_eq!(refused(&format!("{chunked}{length:x}\r\n")), 413);
        let long = "x".repeat(HEAD_LIMIT);
        assert_eq!(refused(&format!("{start}X: {long}\r\n\r\n")), 431);
        assert_eq!(refused(&format!("{start}X: {long}{long}")), 431);
        let trailers = format!("X: {}\r\n", "x".repeat(HEAD_LIMIT / 2)).repeat(3);
        assert_eq!(refused(&format!("{chunked}0\r\n{trailers}\r\n")), 431);
        assert_eq!(
            refused(&format!("{start}{}\r\n", "X: y\r\n".repeat(128))),
            431
        );
    }
}
