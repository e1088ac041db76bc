use super::race::race;
use super::sender::{Body, Shared};
use super::{CallOptions, Client, Limits};
use crate::{
    AuthStep, Endpoint, Error, Handshake, RefusedError, Retry, TokenRequest, TransportError,
    TransportErrorKind, Try,
};
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{HeaderName, HeaderValue, Request, Response, StatusCode};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};
use tracing::{Instrument, Span, field};

const CLIENT_REQUEST_ID: HeaderName = HeaderName::from_static("x-ms-client-request-id");

/// One call: a request with its token and all its tries.
///
/// Its futures are awaited through `&mut self`, for what is moved into a future stays there twice, and those of detours
/// are on the heap: what is moved about with each call is the straight way alone.
pub(super) struct Exchange<'a> {
    request: Request<Bytes>,
    shared: &'a Shared,
    endpoint: &'a Endpoint,
    options: &'a CallOptions,
    operation: &'static str,
    retry: Retry,
    sent: u32,
    begun: Instant,
    /// The token that the service did not accept.
    rejected: Option<HeaderValue>,
}

impl<'a> Exchange<'a> {
    pub(super) fn new(
        client: &'a Client,
        operation: &'static str,
        idempotent: bool,
        request: Request<Bytes>,
    ) -> Self {
        Self {
            request,
            shared: &client.shared,
            endpoint: &client.endpoint,
            options: &client.options,
            operation,
            retry: Retry::new(client.options.retry.clone(), idempotent),
            sent: 0,
            begun: Instant::now(),
            rejected: None,
        }
    }

    /// Sends, and tells of it: never of a token, a body or a query.
    pub(super) async fn run(&mut self) -> Result<Response<Body>, Error> {
        self.add_headers();
        let span = tracing::info_span!(
            target: "keyvault_rest",
            "call",
            operation = self.operation,
            client_request_id = self.request_id(),
            status = field::Empty,
            request_id = field::Empty,
            tries = field::Empty,
            duration_ms = field::Empty,
        );
        let result = self.authorized().instrument(span.clone()).await;
        self.record(&span, &result);
        match result {
            Ok(response) if is_redirect(response.status()) => Err(RefusedError::Redirect {
                status: response.status().as_u16(),
            }
            .into()),
            result => result,
        }
    }

    fn add_headers(&mut self) {
        let id = self.options.client_request_id.clone();
        let id = id.unwrap_or_else(|| self.shared.request_ids.next());
        let headers = self.request.headers_mut();
        headers.insert(USER_AGENT, self.shared.user_agent.clone());
        headers.insert(CLIENT_REQUEST_ID, id);
        for (name, value) in &self.options.headers {
            headers.insert(name, value.clone());
        }
    }

    /// The name of the call, as it is sent.
    fn request_id(&self) -> &str {
        let id = self.request.headers().get(CLIENT_REQUEST_ID);
        id.and_then(|id| id.to_str().ok()).unwrap_or_default()
    }

    fn record(&self, span: &Span, result: &Result<Response<Body>, Error>) {
        if span.is_disabled() {
            return;
        }
        if let Ok(response) = result {
            span.record("status", response.status().as_u16());
            span.record(
                "request_id",
                crate::response::request_id(response.headers()),
            );
        }
        span.record("tries", self.sent);
        let duration = u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        span.record("duration_ms", duration);
        let _inside = span.enter();
        match result {
            Ok(_) => tracing::debug!(target: "keyvault_rest", "answered"),
            Err(error) => tracing::debug!(target: "keyvault_rest", %error, "failed"),
        }
    }

    /// Sends as the challenge of the service wants it.
    async fn authorized(&mut self) -> Result<Response<Body>, Error> {
        let shared = self.shared;
        let (auth, known) = (&shared.auth, &shared.challenges);
        let (mut handshake, mut step) = Handshake::begin(auth, known, self.endpoint);
        loop {
            let (response, withheld) = match step {
                AuthStep::Probe => Box::pin(self.probed()).await?,
                AuthStep::Authorize { token, renew } => {
                    let sent = self.request.headers_mut().remove(AUTHORIZATION);
                    // Without a token sent, it is the one at hand that will not do.
                    let useless = || sent.or_else(|| shared.tokens.at_hand(&token));
                    self.rejected = renew.then(useless).flatten();
                    (self.tried(Some(&token)).await?, false)
                }
                AuthStep::Accept => return Err(RefusedError::Unchallenged.into()),
            };
            let answer = (response.status(), response.headers());
            step = handshake.answer(auth, known, self.endpoint, answer, withheld)?;
            if step == AuthStep::Accept {
                return Ok(response);
            }
        }
    }

    /// Sends without the body, which must not go to somebody who may not be trusted.
    async fn probed(&mut self) -> Result<(Response<Body>, bool), Error> {
        let body = std::mem::take(self.request.body_mut());
        let content_type = self.request.headers_mut().remove(CONTENT_TYPE);
        let response = self.tried(None).await?;
        let withheld = !body.is_empty();
        *self.request.body_mut() = body;
        if let Some(content_type) = content_type {
            let headers = self.request.headers_mut();
            headers.insert(CONTENT_TYPE, content_type);
        }
        Ok((response, withheld))
    }

    /// Sends until there is a response that stands, or no try is left. The token is asked for before each try: it may
    /// have expired in between.
    async fn tried(&mut self, token: Option<&Arc<TokenRequest>>) -> Result<Response<Body>, Error> {
        loop {
            if let Some(token) = token {
                let header = match self.shared.tokens.fresh(token, self.rejected.as_ref()) {
                    Some(header) => header,
                    None => Box::pin(self.token(token)).await?,
                };
                self.request.headers_mut().insert(AUTHORIZATION, header);
            }
            let left = self.left()?;
            let limits = Limits::new(left.min(self.options.try_timeout), self.shared.max_bytes);
            self.sent += 1;
            let result = self.shared.transport.send(&self.request, limits).await;
            let result = result.map(|response| response.map(Body::from));
            match self.delay(&result) {
                Some(delay) => Box::pin(self.pause(&result, delay)).await,
                None => return Ok(result?),
            }
        }
    }

    async fn token(&self, request: &TokenRequest) -> Result<HeaderValue, Error> {
        const EARLY: Duration = Duration::from_secs(10);
        let left = self.left()?;
        let sleep = |time| self.shared.transport.sleep(time);
        let patience = || sleep(EARLY.min(left / 2));
        let rejected = self.rejected.as_ref();
        let header = self.shared.tokens.header(request, rejected, patience);
        match race(header, || sleep(left)).await {
            Some(header) => Ok(header?),
            None => Err(TransportError::new(TransportErrorKind::Timeout).into()),
        }
    }

    fn left(&self) -> Result<Duration, TransportError> {
        let left = self.options.timeout.checked_sub(self.begun.elapsed());
        let left = left.filter(|left| !left.is_zero());
        left.ok_or(TransportError::new(TransportErrorKind::Timeout))
    }

    fn delay(&mut self, result: &Result<Response<Body>, TransportError>) -> Option<Duration> {
        let ended = match result {
            Ok(response) if response.status().is_success() => return None,
            // A challenge is no failed try: the handshake limits how many there are.
            Ok(response) if response.status() == StatusCode::UNAUTHORIZED => return None,
            Ok(response) => Try::Answered(response.status(), response.headers()),
            Err(error) => match error.kind() {
                TransportErrorKind::TooLarge { .. } | TransportErrorKind::Unsendable => {
                    Try::Hopeless
                }
                _ if error.is_surely_unsent() => Try::Unsent,
                _ => Try::Lost,
            },
        };
        let left = self.left().unwrap_or_default();
        self.retry
            .after(ended, left, SystemTime::now(), fastrand::f64())
    }

    async fn pause(&self, result: &Result<Response<Body>, TransportError>, delay: Duration) {
        let status = result
            .as_ref()
            .ok()
            .map(|response| response.status().as_u16());
        let error = result.as_ref().err().map(ToString::to_string);
        let delay_ms = u64::try_from(delay.as_millis()).unwrap_or(u64::MAX);
        tracing::debug!(target: "keyvault_rest", status, error, delay_ms, "trying again");
        self.shared.transport.sleep(delay).await;
    }
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}
