use crate::{Json, json};
use http::{HeaderMap, StatusCode};

/// An answer of a long-running operation, read so far as its state is concerned.
#[derive(Clone)]
pub struct Answer<'a> {
    status: StatusCode,
    headers: &'a HeaderMap,
    body: Json,
}

impl<'a> Answer<'a> {
    /// An answer with this body. One that is no JSON says nothing of the state.
    #[must_use]
    pub fn new(status: StatusCode, headers: &'a HeaderMap, body: &[u8]) -> Self {
        let body = serde_json::from_slice(json::without_mark(body)).unwrap_or_default();
        Self {
            status,
            headers,
            body,
        }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &'a HeaderMap {
        self.headers
    }

    /// The word for the state, wherever this kind of answer has it: in the member that the protocol declares, in
    /// `status`, or in `properties.provisioningState`.
    #[must_use]
    pub fn state(&self, declared: Option<&str>) -> Option<&str> {
        let places = declared
            .into_iter()
            .chain(["status", "properties.provisioningState"]);
        places.filter_map(|member| self.text(member)).next()
    }

    /// A member that is a text which says something; dots stand between levels.
    pub(super) fn text(&self, member: &str) -> Option<&str> {
        let found = member
            .split('.')
            .try_fold(&self.body, |json, name| json.get(name))?;
        found.as_str().filter(|text| !text.is_empty())
    }
}

/// Without the body, which can hold a secret.
impl std::fmt::Debug for Answer<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Answer({})", self.status)
    }
}
