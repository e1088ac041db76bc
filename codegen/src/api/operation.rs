use serde::{Deserialize, Serialize};

use super::{Constraints, Type, TypeRef, is_false};

/// One call of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operation {
    /// The service's id for it, group included.
    pub id: String,
    /// The name to use in Rust, where the description gives another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_name: Option<String>,
    /// The HTTP method.
    pub method: Method,
    /// The path below the endpoint.
    pub path: PathTemplate,
    /// Paths of other operations with the same method that a value of a path parameter could
    /// spell; the service would take such a request for the other operation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rivals: Vec<PathTemplate>,
    /// Whether another operation has the same method and path, and only its answer differs.
    #[serde(default, skip_serializing_if = "is_false")]
    pub overload: bool,
    /// What goes into path, query and headers, in the order of the description.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Parameter>,
    /// Whether it takes the `api-version` of its service.
    pub takes_api_version: bool,
    /// What goes into the body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
    /// The declared successes, in the order of their status codes.
    pub successes: Vec<Success>,
    /// What all successes together may carry.
    pub payload: Payload,
    /// What a failure carries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<TypeRef>,
    /// How its result continues on further pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paging: Option<Paging>,
    /// How it goes on after the first answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub long_running: Option<LongRunning>,
    /// The id of the operation of the same service that answers once the effect of this one shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled_by: Option<String>,
    /// Whether sending it twice does what sending it once does.
    pub idempotent: bool,
    /// The permission that the caller needs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permission: Option<String>,
    /// Whether the service advises against it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub deprecated: bool,
    /// What it does: a line, then details.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub doc: String,
}

impl Operation {
    /// The required parameter whose value fits a parameter of another operation.
    pub fn value_for(&self, wanted: &Parameter) -> Option<&Parameter> {
        self.parameters.iter().find(|own| {
            own.presence == Presence::Required
                && (&own.wire, &own.ty, own.secret) == (&wanted.wire, &wanted.ty, wanted.secret)
        })
    }

    /// The types that what it gives back names: its own body, and what is linked in the end.
    pub fn results(&self) -> impl Iterator<Item = &TypeRef> {
        let linked = match self.long_running.as_ref().map(|protocol| &protocol.outcome) {
            Some(Outcome::Linked { result, .. }) => Some(result),
            _ => None,
        };
        let own = self.payload.ty().and_then(Type::named);
        own.into_iter().chain(linked)
    }

    /// The group that the id names, and the rest.
    pub fn split_id(&self) -> (Option<&str>, &str) {
        split_id(&self.id)
    }
}

/// The group of an id, if it has one, and what stands behind it.
pub(crate) fn split_id(id: &str) -> (Option<&str>, &str) {
    match id.split_once('_') {
        Some((group, name)) if !group.is_empty() && !name.is_empty() => (Some(group), name),
        _ => (None, id),
    }
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs, reason = "the names say it all")]
pub enum Method {
    Get,
    Put,
    Post,
    Delete,
    Head,
    Patch,
}

impl Method {
    /// As HTTP writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
        }
    }

    /// Whether HTTP itself promises that repeating changes nothing (RFC 9110, section 9.2.2).
    pub fn is_idempotent(self) -> bool {
        !matches!(self, Self::Post | Self::Patch)
    }
}

/// A path: literal segments and parameters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct PathTemplate(pub Vec<Segment>);

/// What stands between two slashes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Segment {
    /// This text.
    Literal(String),
    /// The value of the parameter of this name.
    Parameter(String),
}

impl std::fmt::Display for PathTemplate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.0.is_empty() {
            return f.write_str("/");
        }
        self.0.iter().try_for_each(|segment| match segment {
            Segment::Literal(text) => write!(f, "/{text}"),
            Segment::Parameter(name) => write!(f, "/{{{name}}}"),
        })
    }
}

impl From<String> for PathTemplate {
    fn from(text: String) -> Self {
        let segments = text.split('/').filter(|segment| !segment.is_empty());
        Self(segments.map(Segment::from_text).collect())
    }
}

impl From<PathTemplate> for String {
    fn from(path: PathTemplate) -> Self {
        path.to_string()
    }
}

impl Segment {
    fn from_text(text: &str) -> Self {
        let name = text
            .strip_prefix('{')
            .and_then(|text| text.strip_suffix('}'));
        match name {
            Some(name) => Self::Parameter(name.to_owned()),
            None => Self::Literal(text.to_owned()),
        }
    }
}

/// A value in the path, the query or a header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameter {
    /// Its name on the wire.
    pub wire: String,
    /// The name to use in Rust, where the description gives another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_name: Option<String>,
    /// Where it goes.
    pub location: Location,
    /// What it holds.
    #[serde(rename = "type")]
    pub ty: Type,
    /// Whether it must be given.
    pub presence: Presence,
    /// Whether its slashes stay slashes.
    #[serde(default, skip_serializing_if = "is_false")]
    pub raw: bool,
    /// Whether its value must not be shown.
    #[serde(default, skip_serializing_if = "is_false")]
    pub secret: bool,
    /// Whether the service advises against it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub deprecated: bool,
    /// What the service takes when it is left out, as JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// Limits on its value.
    #[serde(default, skip_serializing_if = "Constraints::is_empty")]
    pub constraints: Constraints,
    /// What it is for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub doc: String,
}

impl Parameter {
    /// What tells it from the other parameters of its operation.
    pub fn key(&self) -> String {
        format!("{} {}", self.location.as_str(), self.wire)
    }
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Location {
    /// Into a segment of the path.
    Path,
    /// Behind the question mark.
    Query,
    /// Into a header.
    Header,
}

impl Location {
    /// As OpenAPI writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
        }
    }
}

/// Whether a value must be there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// Always.
    Required,
    /// Or not.
    Optional,
    /// Always, and always this one (parameters alone).
    Constant(String),
}

/// The body of a request: JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// What to call it.
    pub name: String,
    /// What it holds.
    #[serde(rename = "type")]
    pub ty: Type,
    /// Whether it must be given.
    pub required: bool,
    /// What it is for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub doc: String,
}

/// A declared success.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Success {
    /// The status code.
    pub status: u16,
    /// What the body holds, if there is one.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub ty: Option<Type>,
    /// The declared headers, in the order of the description.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<String>,
}

/// What the successes of an operation together may carry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Payload {
    /// Never a body.
    None,
    /// Always one.
    Always(Type),
    /// One, or none.
    Maybe(Type),
}

impl Payload {
    /// What a body holds, if there is ever one.
    pub fn ty(&self) -> Option<&Type> {
        match self {
            Self::None => None,
            Self::Always(ty) | Self::Maybe(ty) => Some(ty),
        }
    }
}

/// How a list continues.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paging {
    /// The member that holds the items.
    pub items: String,
    /// The member that holds the URL of the next page; `None` when there is never one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_link: Option<String>,
}

/// How an operation goes on after its first answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LongRunning {
    /// Where its state is asked for.
    pub poll: Poll,
    /// The member of the answers that holds the state, with dots between levels; `None` where the
    /// HTTP status tells: 202 while it runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The states that mean success.
    pub succeeded: Vec<String>,
    /// The states that mean failure.
    pub failed: Vec<String>,
    /// Where its result is in the end.
    pub outcome: Outcome,
    /// The case in which it does not end by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pauses: Option<Pause>,
}

/// The answers by which a long-running operation shows that somebody has to act before it goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// The member of the answers to look at, with dots between levels.
    pub member: String,
    /// The values of the member that mean so.
    pub values: Vec<String>,
}

impl LongRunning {
    /// What is usual where the state is asked for in this way.
    pub fn usual(poll: Poll) -> Self {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Self {
            status: match poll {
                Poll::AzureAsyncOperation | Poll::OperationLocation => Some("status".to_owned()),
                Poll::Location | Poll::OriginalUri | Poll::Unspecified => None,
            },
            succeeded: words(&["Succeeded"]),
            failed: words(&["Failed", "Canceled"]),
            outcome: Outcome::LastBody,
            pauses: None,
            poll,
        }
    }
}

/// Where the state of a long-running operation is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Poll {
    /// At the URL of the `Azure-AsyncOperation` header.
    AzureAsyncOperation,
    /// At the URL of the `Operation-Location` header.
    OperationLocation,
    /// At the URL of the `Location` header.
    Location,
    /// At the URL of the request itself.
    OriginalUri,
    /// The description does not say.
    Unspecified,
}

/// Where the result of a long-running operation is in the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// In the first answer already; the later ones tell the state alone.
    FirstBody,
    /// In the answer that tells of success.
    LastBody,
    /// At the URL of the request itself.
    OriginalUri,
    /// At the URL that a member of the last answer holds.
    Linked {
        /// The member.
        member: String,
        /// What is there.
        result: TypeRef,
    },
    /// There is none.
    Nothing,
}
