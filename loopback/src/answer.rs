use crate::Delivery;
use std::fmt;
use std::time::Duration;

/// What the server answers to a request, and how it delivers that.
#[derive(Clone)]
pub struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) delivery: Delivery,
    pub(crate) delay: Duration,
}

impl Answer {
    /// An answer with this status, no headers and no body, delivered whole.
    #[must_use]
    pub fn new(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
            delivery: Delivery::Whole,
            delay: Duration::ZERO,
        }
    }

    /// Adds a header, written as it is given, without a check.
    ///
    /// The server adds `content-length` or `transfer-encoding` as the delivery needs it, unless one of the two
    /// is given here: so an answer can lie about its length. `connection: close` closes after the answer.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sets the body to this JSON, and adds its content type.
    #[must_use]
    pub fn json(self, value: &serde_json::Value) -> Self {
        self.header("content-type", "application/json; charset=utf-8")
            .body(value.to_string())
    }

    /// Sets the body.
    ///
    /// It is not sent in answer to `HEAD`, nor with a status that has no body (1xx, 204, 304).
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Says how the answer gets to the client, or does not.
    #[must_use]
    pub fn deliver(mut self, delivery: Delivery) -> Self {
        self.delivery = delivery;
        self
    }

    /// Waits this long before the delivery begins.
    #[must_use]
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }
}

/// Shows no headers and no body: both may hold secrets.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status)
            .field("body_length", &self.body.len())
            .field("delivery", &self.delivery)
            .field("delay", &self.delay)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_neither_headers_nor_bytes() {
        let answer = Answer::new(200)
            .header("x", "hidden")
            .body("hidden")
            .deliver(Delivery::Raw(b"hidden".to_vec()));
        let shown = format!("{answer:?}");
        assert!(shown.contains("Raw(6 bytes)"), "{shown}");
        assert!(
            !shown.contains("hidden") && !shown.contains("104"),
            "{shown}"
        );
    }
}
