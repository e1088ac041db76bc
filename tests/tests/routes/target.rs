//! Where a request must go, said without the code that makes it; and whether it goes there.

use keyvault_codegen::api::{Location, Operation, Parameter, PathTemplate, Presence, Segment};
use keyvault_rest::Endpoint;
use keyvault_rest::runtime::http::{Request, Uri};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use url::Url;

const HOST: &str = "vault.example";
const PORT: u16 = 8443;
const ORIGIN: &str = "https://vault.example:8443";

/// What RFC 3986 reserves, or has no place for.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

pub fn endpoint() -> Endpoint {
    Endpoint::new(ORIGIN).unwrap()
}

/// What the request of an operation must be for these arguments.
pub struct Target {
    /// Decoded.
    pub segments: Vec<String>,
    /// Decoded.
    query: BTreeMap<String, String>,
    /// The parameters of path, query and headers that are not left out.
    pub texts: BTreeMap<String, String>,
}

impl Target {
    pub fn new(operation: &Operation, api_version: &str, given: &Map<String, Value>) -> Self {
        let texts = texts(operation, given);
        let in_query = |parameter: &&Parameter| parameter.location == Location::Query;
        let mut query: BTreeMap<_, _> = operation
            .parameters
            .iter()
            .filter(in_query)
            .filter_map(|parameter| Some((parameter.wire.clone(), texts.get(&parameter.wire)?)))
            .map(|(name, text)| (name, text.clone()))
            .collect();
        if operation.takes_api_version {
            let version = query.entry("api-version".to_owned());
            version.or_insert_with(|| api_version.to_owned());
        }
        Self {
            segments: segments(operation, &operation.path, &texts),
            query,
            texts,
        }
    }

    /// The path, written by another hand: all but letters and digits is encoded.
    pub fn path(&self) -> String {
        let encoded = |segment: &String| {
            let encoded = utf8_percent_encode(segment, NON_ALPHANUMERIC);
            format!("/{encoded}")
        };
        self.segments.iter().map(encoded).collect()
    }

    /// How long a URL with these values is at least.
    pub fn len(&self) -> usize {
        let value = |text: &str| utf8_percent_encode(text, RESERVED).to_string().len();
        let path: usize = self.segments.iter().map(|text| value(text) + 1).sum();
        let query = self.query.iter();
        let query: usize = query.map(|(name, text)| name.len() + value(text) + 2).sum();
        ORIGIN.len() + path + query
    }

    /// Whether a request goes to this path of the host, by what an HTTP client makes of its URL.
    pub fn check(&self, request: &Request<Vec<u8>>) -> Result<(), String> {
        check_origin(request.uri())?;
        let text = request.uri().to_string();
        let url = Url::parse(&text).map_err(|error| format!("{error}: {text}"))?;
        expect("the URL", url.as_str(), text.as_str())?;
        expect("the fragment", url.fragment(), None)?;
        expect("the segments", &segments_of(&url)?, &self.segments)?;
        let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        expect(
            "the number of query parameters",
            pairs.len(),
            self.query.len(),
        )?;
        expect("the query", &pairs.into_iter().collect(), &self.query)
    }
}

fn check_origin(uri: &Uri) -> Result<(), String> {
    expect("ASCII", uri.to_string().is_ascii(), true)?;
    expect("the scheme", uri.scheme_str(), Some("https"))?;
    expect("the host", uri.host(), Some(HOST))?;
    expect("the port", uri.port_u16(), Some(PORT))?;
    let authority = uri.authority().map(|authority| authority.as_str());
    expect("the authority", authority, Some("vault.example:8443"))
}

fn segments_of(url: &Url) -> Result<Vec<String>, String> {
    if url.path() == "/" {
        return Ok(Vec::new());
    }
    let segments = url.path_segments().into_iter().flatten();
    let decoded = segments.map(|text| percent_decode_str(text).decode_utf8());
    let decoded = decoded.map(|text| text.map(|text| text.into_owned()));
    decoded
        .collect::<Result<_, _>>()
        .map_err(|error| error.to_string())
}

/// An error unless the two are the same.
pub fn expect<T: PartialEq + std::fmt::Debug>(
    what: &str,
    found: T,
    expected: T,
) -> Result<(), String> {
    match found == expected {
        true => Ok(()),
        false => Err(format!("{what} became {found:?} instead of {expected:?}")),
    }
}

/// What the service must see of each parameter.
fn texts(operation: &Operation, given: &Map<String, Value>) -> BTreeMap<String, String> {
    let texts = operation.parameters.iter().filter_map(|parameter| {
        let text = text(parameter, given.get(&parameter.wire))?;
        Some((parameter.wire.clone(), text))
    });
    texts.collect()
}

fn text(parameter: &Parameter, given: Option<&Value>) -> Option<String> {
    if let Presence::Constant(constant) = &parameter.presence {
        return Some(constant.clone());
    }
    let text = match given? {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let in_path = parameter.location == Location::Path;
    match (parameter.raw, text.strip_prefix('/')) {
        // An optional segment that is empty is left out.
        _ if text.is_empty() && in_path && parameter.presence == Presence::Optional => None,
        // A scope begins with its slash, also where it is given without.
        (true, None) => Some(format!("/{text}")),
        _ => Some(text),
    }
}

fn segments(
    operation: &Operation,
    path: &PathTemplate,
    texts: &BTreeMap<String, String>,
) -> Vec<String> {
    let mut segments = Vec::new();
    for segment in &path.0 {
        match segment {
            Segment::Literal(text) => segments.push(text.clone()),
            Segment::Parameter(name) => {
                let is_raw = operation
                    .parameters
                    .iter()
                    .any(|one| one.wire == *name && one.raw);
                let text = texts.get(name).map(String::as_str);
                match (is_raw, text) {
                    (_, None) | (true, Some("/")) => {}
                    (true, Some(text)) => {
                        segments.extend(text.split('/').skip(1).map(str::to_owned));
                    }
                    (false, Some(text)) => segments.push(text.to_owned()),
                }
            }
        }
    }
    segments
}
