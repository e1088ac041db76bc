use super::Client;
use super::sender::Body;
use super::steps::{Step, Steps};
use crate::response::{self, Parts};
use crate::{
    Answer, Error, LongRunningError, LongRunningErrorKind, LongRunningOperation, OperationMeta,
    PollStep, Polling, RefusedError, Response, ResumeToken, ServiceError, WipedBody, Wire,
    retry_after,
};
use futures_core::Stream;
use http::StatusCode;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant, SystemTime};

/// A long-running operation under way. Dropping it stops the polls; the operation itself goes on.
pub struct Poller<O> {
    steps: Steps<Course, Progress>,
    operation: PhantomData<fn() -> O>,
}

/// How far a long-running operation is, as one answer tells.
#[derive(Clone)]
pub struct Progress {
    meta: &'static OperationMeta,
    state: Option<String>,
    answer: Parts,
}

/// The operation between two polls.
struct Course {
    client: Client,
    polling: Polling,
    step: PollStep,
    first: Option<Parts>,
    last: Progress,
}

impl<O: LongRunningOperation> Poller<O> {
    pub(super) async fn begin(client: Client, operation: &O) -> Result<Self, Error> {
        let request = operation.wiped_request(&client.endpoint)?;
        let (method, url) = (request.method().clone(), request.uri().clone());
        let parts = parts(client.exchange(O::META, request).run().await?)?;
        let answer = answer(&parts);
        let (polling, step) = Polling::begin(O::META, &client.endpoint, (&method, &url), &answer)?;
        let last = progress(O::META, &answer, parts.clone());
        Ok(Self::of(Course {
            client,
            polling,
            step,
            first: Some(parts),
            last,
        }))
    }

    pub(super) fn resume(client: Client, token: &ResumeToken) -> Result<Self, RefusedError> {
        let polling = Polling::resume(O::META, &client.endpoint, token)?;
        let answer = Parts::empty();
        let last = Progress {
            meta: O::META,
            state: None,
            answer,
        };
        Ok(Self::of(Course {
            client,
            polling,
            step: PollStep::Wait,
            first: None,
            last,
        }))
    }

    fn of(course: Course) -> Self {
        Self {
            steps: Steps::new(course, |course| Box::pin(course.step())),
            operation: PhantomData,
        }
    }

    /// Waits a while, then asks once how far the operation is; `None` when it is over.
    ///
    /// # Errors
    /// As for [`Client::send`]; [`Error::Refused`] if the service sends us elsewhere. Asking again after an error goes
    /// on.
    pub async fn next(&mut self) -> Option<Result<Progress, Error>> {
        self.steps.reopen();
        poll_fn(|cx| self.steps.poll_step(cx)).await
    }

    /// Waits for the end, and reads the result.
    ///
    /// # Errors
    /// [`Error::LongRunning`] if the operation failed, waits for somebody to act, or still runs when the time of
    /// [`wait_at_most`](super::CallOptions::wait_at_most) is up; otherwise as for [`next`](Self::next). After an error
    /// that may pass, waiting can go on.
    pub async fn wait(&mut self) -> Result<Response<O::Final>, Error> {
        let begun = Instant::now();
        loop {
            self.check_time(begun)?;
            match self.next().await {
                Some(progress) => drop(progress?),
                None => break,
            }
        }
        let course = self.steps.state().ok_or(RefusedError::NoStatusUrl)?;
        course.result().await
    }

    fn check_time(&self, begun: Instant) -> Result<(), Error> {
        match self.steps.state() {
            Some(course) if course.step == PollStep::Wait => {
                let limit = course.client.options.wait_at_most;
                let next = begun.elapsed().saturating_add(course.interval());
                match next >= limit {
                    true => Err(course.last.error(LongRunningErrorKind::StillRunning)),
                    false => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    /// What the last answer told.
    #[must_use]
    pub fn progress(&self) -> Option<&Progress> {
        self.steps.state().map(|course| &course.last)
    }

    /// Whether the operation is over, or waits for somebody to act: there is nothing more to ask.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.steps
            .state()
            .is_some_and(|course| course.step != PollStep::Wait)
    }

    /// What it takes to go on elsewhere, with [`Client::resume`]. `None` while a poll is under way, and for an operation
    /// whose result is in its first answer.
    #[must_use]
    pub fn resume_token(&self) -> Option<ResumeToken> {
        self.steps
            .state()
            .and_then(|course| course.polling.resume_token())
    }
}

impl Course {
    async fn step(mut self) -> Step<Self, Progress> {
        let progress = match self.step {
            PollStep::Wait => Some(self.poll().await),
            _ => None,
        };
        (self, progress)
    }

    async fn poll(&mut self) -> Result<Progress, Error> {
        let interval = self.interval();
        self.client.shared.transport.sleep(interval).await;
        let response = self
            .client
            .get(self.polling.meta, self.polling.status_url().clone())
            .await?;
        let parts = parts(response)?;
        let answer = answer(&parts);
        self.step = self.polling.answer(&answer)?;
        let progress = progress(self.polling.meta, &answer, parts.clone());
        self.last = progress.clone();
        Ok(progress)
    }

    /// As long as the service asks for, but not longer than we are willing to. The first poll after resuming is at once.
    fn interval(&self) -> Duration {
        const USUAL: Duration = Duration::from_secs(5);
        let options = &self.client.options;
        if self.last.state.is_none() && self.first.is_none() {
            return Duration::ZERO;
        }
        let asked = retry_after(&self.last.answer.headers, SystemTime::now());
        let interval = asked.or(options.poll_interval).unwrap_or(USUAL);
        interval.min(options.longest_poll_interval)
    }

    async fn result<T: Wire>(&self) -> Result<Response<T>, Error> {
        let meta = self.polling.meta;
        let answer = match &self.step {
            PollStep::Failed => return Err(self.last.error(LongRunningErrorKind::Failed)),
            PollStep::Paused => return Err(self.last.error(LongRunningErrorKind::Paused)),
            PollStep::Wait => return Err(self.last.error(LongRunningErrorKind::StillRunning)),
            PollStep::FirstAnswer => self
                .first
                .clone()
                .unwrap_or_else(|| self.last.answer.clone()),
            PollStep::ThisAnswer => self.last.answer.clone(),
            PollStep::Fetch(url) => parts(self.client.get(meta, url.clone()).await?)?,
        };
        response::read_parts(meta, &answer)
    }
}

/// The parts of a success.
fn parts(response: http::Response<Body>) -> Result<Parts, Error> {
    let (head, body) = response.into_parts();
    if !head.status.is_success() {
        return Err(ServiceError::new(head.status, head.headers, body).into());
    }
    Ok(Parts {
        status: head.status,
        headers: head.headers,
        body: body.into(),
    })
}

fn answer(parts: &Parts) -> Answer<'_> {
    Answer::new(parts.status, &parts.headers, &parts.body)
}

fn progress(meta: &'static OperationMeta, answer: &Answer<'_>, parts: Parts) -> Progress {
    let declared = meta.protocol().and_then(|protocol| protocol.status);
    let state = answer.state(declared).map(str::to_owned);
    Progress {
        meta,
        state,
        answer: parts,
    }
}

impl Progress {
    /// The state in the service's word, if it has one: `InProgress`.
    #[must_use]
    pub fn state(&self) -> Option<&str> {
        self.state.as_deref()
    }

    /// The HTTP status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.answer.status
    }

    /// The answer as a model: for a backup `FullBackupOperation`, for a certificate `CertificateOperation`.
    ///
    /// # Errors
    /// [`Error::Decode`] if it is not of this kind.
    pub fn read<T: Wire>(&self) -> Result<T, Error> {
        response::read_parts(self.meta, &self.answer).map(Response::into_body)
    }

    fn error(&self, kind: LongRunningErrorKind) -> Error {
        let Parts {
            status,
            headers,
            body,
        } = self.answer.clone();
        let answer = ServiceError::new(status, headers, WipedBody::clone(&body));
        LongRunningError::new(self.meta.id(), kind, self.state.clone(), answer).into()
    }
}

/// Without the body, which can hold a secret.
impl std::fmt::Debug for Progress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Progress")
            .field("operation", &self.meta.id())
            .field("status", &self.status())
            .field("state", &self.state)
            .finish()
    }
}

impl<O: LongRunningOperation> Stream for Poller<O> {
    type Item = Result<Progress, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().steps.poll_step(cx)
    }
}
