//! Lines of recordings: an exchange, or a run of exchanges.

use keyvault_rest::runtime::http::{HeaderMap, Request, Response};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use crate::served::Host;

/// One request and its response.
#[derive(Deserialize)]
pub(super) struct Exchange {
    pub(super) operation: String,
    plane: String,
    pub(super) method: String,
    pub(super) path: String,
    /// Decoded.
    #[serde(default, deserialize_with = "or_empty")]
    pub(super) query: Map<String, Value>,
    /// Null if it is empty, a text if it is no JSON.
    #[serde(default)]
    pub(super) request_body: Value,
    pub(super) status: u16,
    #[serde(default, deserialize_with = "or_empty")]
    response_headers: Map<String, Value>,
    /// Null if it is empty, a text if it is no JSON.
    #[serde(default)]
    pub(super) response_body: Value,
    #[serde(default)]
    pub(super) query_unrecorded: bool,
    #[serde(default)]
    pub(super) request_body_unrecorded: bool,
}

/// A recording that has none may say null.
fn or_empty<'de, D: Deserializer<'de>>(from: D) -> Result<Map<String, Value>, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or_default())
}

/// What a line holds.
pub(super) enum Line {
    Run { exchanges: Vec<Exchange> },
    One(Box<Exchange>),
}

pub(super) fn read(line: &str) -> Result<Line, String> {
    let line: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
    // Not by trying, which would lose the reason.
    let read = match line.get("exchanges") {
        Some(exchanges) => Vec::deserialize(exchanges).map(|exchanges| Line::Run { exchanges }),
        None => Exchange::deserialize(&line).map(|one| Line::One(Box::new(one))),
    };
    read.map_err(|error| format!("it is no recorded exchange: {error}"))
}

impl Line {
    /// The exchanges with the names of their places.
    pub(super) fn named<'a>(&'a self, place: &str) -> Vec<(String, &'a Exchange)> {
        match self {
            Self::One(exchange) => vec![(place.to_owned(), exchange)],
            Self::Run { exchanges } => {
                let named = |(index, exchange)| (format!("{place}#{}", index + 1), exchange);
                exchanges.iter().enumerate().map(named).collect()
            }
        }
    }
}

impl Exchange {
    pub(super) fn host(&self) -> Host {
        match self.plane.as_str() {
            "arm" => Host::Management,
            _ => Host::Vault,
        }
    }

    /// Whether it asks how far an operation is, at a URL that the service handed over and no description has.
    pub(super) fn is_poll(&self) -> bool {
        self.operation == "(lro poll)"
    }

    pub(super) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Whether it is the answer to a request without token.
    pub(super) fn is_challenge(&self) -> bool {
        self.status == 401 && self.header("www-authenticate").is_some()
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.response_headers.get(name)?.as_str()
    }

    pub(super) fn api_version(&self) -> Option<&str> {
        self.query.get("api-version")?.as_str()
    }

    /// The request as it goes over the wire.
    pub(super) fn request(&self) -> Result<Request<Vec<u8>>, String> {
        let pairs = self.query.iter().map(|(name, value)| {
            let (name, value) = (encoded(name), encoded(&text(value)));
            format!("{name}={value}")
        });
        let query: Vec<_> = pairs.collect();
        Request::builder()
            .method(self.method.as_str())
            .uri(format!("{}?{}", self.path, query.join("&")))
            .body(bytes(&self.request_body))
            .map_err(|error| format!("it is none: {error}"))
    }

    /// The response as it goes over the wire.
    pub(super) fn response(&self) -> Result<Response<Vec<u8>>, String> {
        let mut response = Response::new(bytes(&self.response_body));
        *response.status_mut() = self
            .status
            .try_into()
            .map_err(|_| format!("{} is no status", self.status))?;
        *response.headers_mut() = self.headers();
        Ok(response)
    }

    pub(super) fn headers(&self) -> HeaderMap {
        let headers = self.response_headers.iter();
        let headers = headers
            .filter_map(|(name, value)| Some((name.parse().ok()?, text(value).parse().ok()?)));
        headers.collect()
    }
}

/// A body as it goes over the wire.
fn bytes(body: &Value) -> Vec<u8> {
    match body {
        Value::Null => Vec::new(),
        Value::String(text) => text.clone().into_bytes(),
        json => json.to_string().into_bytes(),
    }
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn encoded(text: &str) -> String {
    use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}
