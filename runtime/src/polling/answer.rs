use crate::json::Tree;
use http::{HeaderMap, StatusCode};

/// An answer of a long-running operation, read so far as its state is concerned.
#[derive(Clone)]
pub struct Answer<'a> {
    status: StatusCode,
    headers: &'a HeaderMap,
    body: Tree,
}

impl<'a> Answer<'a> {
    /// An answer with this body. One that is no JSON says nothing of the state.
    #[must_use]
    pub fn new(status: StatusCode, headers: &'a HeaderMap, body: &[u8]) -> Self {
        Self {
            status,
            headers,
            body: Tree::read(body),
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
            .try_fold(&self.body, |body, name| body.get(name))?;
        found.text()
    }
}

/// Without the body, which can hold a secret.
impl std::fmt::Debug for Answer<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Answer({})", self.status)
    }
}
