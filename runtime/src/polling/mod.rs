//! Going with a long-running operation to its end, without a socket.

mod answer;
mod resume;
mod state;
mod status_url;

pub use answer::Answer;
pub use resume::ResumeToken;
pub use state::State;

use crate::link::{LinkKind, follow, with_api_version};
use crate::{Endpoint, LongRunning, OperationMeta, Outcome, Poll, RefusedError};
use http::{Method, Uri};
use status_url::StatusUrl;

/// A long-running operation under way: says what to ask, and takes in what is answered.
#[derive(Clone, Debug)]
pub struct Polling {
    pub(crate) meta: &'static OperationMeta,
    endpoint: Endpoint,
    protocol: LongRunning,
    api_version: Option<String>,
    /// Where the operation was asked for.
    original: Uri,
    /// Where its state is asked for.
    status: Uri,
    /// The header that this came from, which can move it; none if it is the URL of the resource.
    header: Option<&'static str>,
}

/// What to do next.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum PollStep {
    /// It runs: wait, and ask again with `GET` at [`Polling::status_url`].
    Wait,
    /// It succeeded, and the result is in the first answer.
    FirstAnswer,
    /// It succeeded, and the result is in this answer.
    ThisAnswer,
    /// It succeeded, and the result is at this URL, with `GET`.
    Fetch(Uri),
    /// It failed, or was cancelled. The status of the answer may well be 200.
    Failed,
    /// It does not go on before somebody acts.
    Paused,
}

impl Polling {
    /// Takes in the answer to the first request: where the state can be asked for, and what is to be done next.
    ///
    /// # Errors
    /// If the URL of the state leads to another origin, or there is none although the operation runs.
    pub fn begin(
        meta: &'static OperationMeta,
        endpoint: &Endpoint,
        request: (&Method, &Uri),
        answer: &Answer<'_>,
    ) -> Result<(Self, PollStep), RefusedError> {
        let (method, original) = request;
        let changes_resource = matches!(*method, Method::PUT | Method::PATCH);
        let found = status_url::first(endpoint, answer.headers())?;
        let is_apart = found.as_ref().is_some_and(StatusUrl::is_apart);
        let mut polling = Self::new(meta, endpoint, original);
        polling.header = found.as_ref().map(|found| found.header);
        polling.ask_at(found.map(|found| found.url));
        let step = match state::of(&polling.protocol, answer, changes_resource) {
            // Only a resource can be asked for at the URL that made or changed it.
            State::Running if polling.header.is_none() && !changes_resource => {
                return Err(RefusedError::NoStatusUrl);
            }
            State::Succeeded if is_apart => PollStep::Wait,
            State::Succeeded => polling.first_result(answer)?,
            other => polling.step(other, answer)?,
        };
        Ok((polling, step))
    }

    fn new(meta: &'static OperationMeta, endpoint: &Endpoint, original: &Uri) -> Self {
        Self {
            meta,
            endpoint: endpoint.clone(),
            protocol: meta
                .protocol()
                .unwrap_or(LongRunning::new(Poll::Unspecified)),
            api_version: api_version(original),
            original: original.clone(),
            status: original.clone(),
            header: None,
        }
    }

    /// Where to ask for the state.
    #[must_use]
    pub fn status_url(&self) -> &Uri {
        &self.status
    }

    /// Takes in an answer to the question for the state. It can move the URL.
    ///
    /// # Errors
    /// If the answer leads to another origin.
    pub fn answer(&mut self, answer: &Answer<'_>) -> Result<PollStep, RefusedError> {
        if let Some(header) = self.header {
            let moved = status_url::of(&self.endpoint, answer.headers(), header)?;
            self.ask_at(moved);
        }
        let state = state::of(&self.protocol, answer, self.status == self.original);
        self.step(state, answer)
    }

    /// The service leaves the version out of some of the URLs that it hands over, and then asks for it.
    fn ask_at(&mut self, status: Option<Uri>) {
        if let Some(status) = status {
            self.status = with_api_version(status, self.api_version.as_deref());
        }
    }

    fn step(&self, state: State, answer: &Answer<'_>) -> Result<PollStep, RefusedError> {
        Ok(match state {
            State::Running => PollStep::Wait,
            State::Paused => PollStep::Paused,
            State::Failed => PollStep::Failed,
            State::Succeeded => self.result(answer)?,
        })
    }

    /// Where the result is if the first answer tells of success already.
    fn first_result(&self, answer: &Answer<'_>) -> Result<PollStep, RefusedError> {
        match self.protocol.outcome {
            Outcome::Linked(member) => self.linked(member, answer),
            _ => Ok(PollStep::FirstAnswer),
        }
    }

    /// Where the result is, now that a later answer tells of success.
    fn result(&self, answer: &Answer<'_>) -> Result<PollStep, RefusedError> {
        match self.protocol.outcome {
            Outcome::FirstBody => Ok(PollStep::FirstAnswer),
            Outcome::Linked(member) => self.linked(member, answer),
            Outcome::OriginalUri if self.status != self.original => {
                Ok(PollStep::Fetch(self.original.clone()))
            }
            Outcome::LastBody | Outcome::OriginalUri | Outcome::Nothing => Ok(PollStep::ThisAnswer),
        }
    }

    fn linked(&self, member: &'static str, answer: &Answer<'_>) -> Result<PollStep, RefusedError> {
        let link = answer
            .text(member)
            .ok_or(RefusedError::NoResultUrl { member })?;
        let uri = follow(&self.endpoint, link, LinkKind::Result)?;
        Ok(PollStep::Fetch(with_api_version(
            uri,
            self.api_version.as_deref(),
        )))
    }
}

fn api_version(uri: &Uri) -> Option<String> {
    let pairs = uri
        .query()?
        .split('&')
        .filter_map(|pair| pair.split_once('='));
    let mut versions = pairs.filter(|(name, _)| name.eq_ignore_ascii_case("api-version"));
    let encoded = versions.next()?.1;
    percent_encoding::percent_decode_str(encoded)
        .decode_utf8()
        .ok()
        .map(String::from)
}

#[cfg(test)]
mod tests;
