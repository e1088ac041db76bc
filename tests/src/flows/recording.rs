//! Recorded runs: what a client sent and what the service answered, in order.

use std::collections::BTreeMap;

use keyvault_rest::runtime::http::HeaderMap;
use serde_json::{Map, Value};

use crate::percent::decoded;

/// A whole recorded run.
pub struct Flow {
    /// The recording that it comes from.
    pub name: String,
    /// In the order in which they were sent.
    pub exchanges: Vec<Exchange>,
}

/// One request and its response.
pub struct Exchange {
    /// The operation id.
    pub operation: String,
    /// The host that it is sent to in the replay.
    pub host: String,
    /// The method.
    pub method: String,
    /// The path as it was sent.
    pub path: String,
    /// The template of the path.
    pub template: String,
    /// The query, decoded.
    pub query: BTreeMap<String, String>,
    /// The body of the request; null if there is none.
    pub request: Value,
    /// Whether the recording lacks the body of the request.
    pub request_unrecorded: bool,
    /// The status of the response.
    pub status: u16,
    /// The headers of the response.
    pub headers: Map<String, Value>,
    /// The body of the response; null if there is none.
    pub response: Value,
}

/// Reads one line.
///
/// # Errors
/// If it is no flow.
pub fn read(line: &str) -> Result<Flow, String> {
    let json: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let recorded = json["exchanges"].as_array().ok_or("it has no exchanges")?;
    let exchanges = recorded
        .iter()
        .map(|exchange| read_exchange(exchange, recorded));
    Ok(Flow {
        name: format!("{}/{}", text(&json, "source"), text(&json, "test")),
        exchanges: exchanges.collect::<Result<_, _>>()?,
    })
}

fn read_exchange(json: &Value, all: &[Value]) -> Result<Exchange, String> {
    let host = host(json, all);
    let query = json["query"].as_object().into_iter().flatten();
    let query = query.map(|(name, value)| (name.clone(), plain(value)));
    let mut exchange = Exchange {
        operation: text(json, "operation"),
        method: text(json, "method"),
        path: text(json, "path"),
        template: text(json, "path_template"),
        query: query.collect(),
        request: json["request_body"].clone(),
        request_unrecorded: json["request_body_unrecorded"] == true,
        status: u16::try_from(json["status"].as_u64().unwrap_or_default())
            .map_err(|error| error.to_string())?,
        headers: json["response_headers"]
            .as_object()
            .cloned()
            .unwrap_or_default(),
        response: json["response_body"].clone(),
        host,
    };
    exchange.lead_home();
    Ok(exchange)
}

fn text(json: &Value, member: &str) -> String {
    json[member].as_str().unwrap_or_default().to_owned()
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// The recordings had their hosts replaced, not everywhere by the same name. A host below the resource that the challenge
/// of the run names is what the client insists on.
fn host(json: &Value, all: &[Value]) -> String {
    if json["plane"] == "arm" {
        return "management.azure.com".to_owned();
    }
    let kind = &json["host_kind"];
    let same_kind = all.iter().filter(|other| other["host_kind"] == *kind);
    let mut challenges =
        same_kind.filter_map(|other| other["response_headers"]["www-authenticate"].as_str());
    let resource = challenges
        .next()
        .and_then(|text| text.split("resource=\"https://").nth(1)?.split('"').next());
    let is_hsm = kind == "hsm";
    let usual = if is_hsm {
        "managedhsm.azure.net"
    } else {
        "vault.azure.net"
    };
    let name = if is_hsm { "myhsm" } else { "myvault" };
    format!("{name}.{}", resource.unwrap_or(usual))
}

impl Exchange {
    /// Leads the links that a client follows to the one host of the replay.
    fn lead_home(&mut self) {
        let host = self.host.clone();
        for header in ["location", "azure-asyncoperation"] {
            if let Some(Value::String(link)) = self.headers.get_mut(header) {
                *link = at_host(link, &host);
            }
        }
        for member in ["nextLink", "target"] {
            if let Some(Value::String(link)) = self.response.get_mut(member) {
                *link = at_host(link, &host);
            }
        }
    }

    /// A link in a member of the response.
    pub fn link(&self, member: &str) -> Option<&str> {
        self.response
            .get(member)?
            .as_str()
            .filter(|link| !link.is_empty())
    }

    /// A header of the response.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.as_str()
    }

    /// Whether it is the answer to a request without token.
    pub fn is_challenge(&self) -> bool {
        self.status == 401 && self.headers.contains_key("www-authenticate")
    }

    /// Whether the service carried the request out.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The parameters of path and query by their names on the wire.
    pub fn parameters(&self) -> Map<String, Value> {
        let template: Vec<_> = self.template.split('/').collect();
        // A version that was left out takes no segment.
        let lacks_version = template.len() > self.path.split('/').count();
        let template = template
            .into_iter()
            .filter(|part| !(lacks_version && part.ends_with("-version}")));
        let segments = template.zip(self.path.split('/'));
        let in_path = segments.filter_map(|(template, segment)| {
            let name = template.strip_prefix('{')?.strip_suffix('}')?;
            (!segment.is_empty()).then(|| (name.to_owned(), Value::from(decoded(segment))))
        });
        let in_query = self
            .query
            .iter()
            .map(|(name, value)| (name.clone(), value.as_str().into()));
        in_path.chain(in_query).collect()
    }
}

/// The same link at another host. An explicit port stays: the service writes it.
fn at_host(link: &str, host: &str) -> String {
    let Some((scheme, rest)) = link.split_once("://") else {
        return link.to_owned();
    };
    let (authority, target) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let port = if authority.ends_with(":443") {
        ":443"
    } else {
        ""
    };
    format!("{scheme}://{host}{port}{target}")
}

/// The pairs of a query as it was sent, decoded.
pub fn pairs(query: &str) -> BTreeMap<String, String> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let split = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(name), decoded(&value.replace('+', " ")))
    };
    pairs.map(split).collect()
}

/// Whether a query is the recorded one, where the recording may have hidden a value.
pub fn same_query(recorded: &BTreeMap<String, String>, sent: &BTreeMap<String, String>) -> bool {
    let same = |name: &String, value: &String| {
        let recorded = recorded.get(name);
        recorded.is_some_and(|recorded| recorded == value || recorded == "REDACTED")
    };
    recorded.len() == sent.len() && sent.iter().all(|(name, value)| same(name, value))
}

/// The headers of the response as they go over the wire.
pub fn header_map(exchange: &Exchange) -> HeaderMap {
    let headers = exchange
        .headers
        .iter()
        .filter_map(|(name, value)| Some((name.parse().ok()?, plain(value).parse().ok()?)));
    headers.collect()
}
