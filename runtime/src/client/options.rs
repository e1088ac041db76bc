use crate::{Error, RetryPolicy};
use http::{HeaderName, HeaderValue};
use std::time::Duration;

/// What can be different from call to call; see [`Client::with`](super::Client::with).
#[derive(Clone, Debug)]
pub struct CallOptions {
    pub(super) timeout: Duration,
    pub(super) try_timeout: Duration,
    pub(super) retry: RetryPolicy,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    pub(super) client_request_id: Option<HeaderValue>,
    pub(super) api_version: Option<String>,
    pub(super) poll_interval: Option<Duration>,
    pub(super) longest_poll_interval: Duration,
    pub(super) wait_at_most: Duration,
}

/// Five minutes for a call and one for each try; polls every five seconds or as the service asks, up to two hours.
impl Default for CallOptions {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(300),
            try_timeout: Duration::from_secs(60),
            retry: RetryPolicy::default(),
            headers: Vec::new(),
            client_request_id: None,
            api_version: None,
            poll_interval: None,
            longest_poll_interval: Duration::from_secs(60),
            wait_at_most: Duration::from_secs(7200),
        }
    }
}

impl CallOptions {
    /// The defaults.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The time for a call, from the first try to the end of the last, with the token and all delays. Each page and
    /// each poll is a call of its own.
    #[must_use]
    pub fn timeout(mut self, time: Duration) -> Self {
        self.timeout = time;
        self
    }

    /// The time for one try.
    #[must_use]
    pub fn try_timeout(mut self, time: Duration) -> Self {
        self.try_timeout = time;
        self
    }

    /// Whether and when a request is sent again.
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// One more header. It replaces one that the operation would send.
    ///
    /// # Errors
    /// If name or value cannot stand in a header, or the client sets this one itself.
    pub fn header(mut self, name: &str, value: &str) -> Result<Self, Error> {
        let unfit = || Error::Options("a header has a name or a value that cannot be sent");
        let name = HeaderName::try_from(name).map_err(|_| unfit())?;
        if [
            "authorization",
            "host",
            "content-length",
            "transfer-encoding",
        ]
        .contains(&name.as_str())
        {
            return Err(Error::Options("this header is set by the client itself"));
        }
        self.headers
            .push((name, HeaderValue::try_from(value).map_err(|_| unfit())?));
        Ok(self)
    }

    /// The name of the call in the logs of both sides (`x-ms-client-request-id`), instead of a random one.
    ///
    /// # Errors
    /// If it cannot stand in a header.
    pub fn client_request_id(mut self, id: &str) -> Result<Self, Error> {
        let id = HeaderValue::try_from(id);
        self.client_request_id =
            Some(id.map_err(|_| Error::Options("the request id cannot be sent"))?);
        Ok(self)
    }

    /// Another API version than the one that the operations were generated from.
    #[must_use]
    pub fn api_version(mut self, version: impl Into<String>) -> Self {
        self.api_version = Some(version.into());
        self
    }

    /// The time between two polls where the service asks for none: five seconds for a long-running operation and two
    /// for an effect that has to show, if it is not set.
    #[must_use]
    pub fn poll_interval(mut self, time: Duration) -> Self {
        self.poll_interval = Some(time);
        self
    }

    /// The longest time between two polls, whatever the service asks for.
    #[must_use]
    pub fn longest_poll_interval(mut self, time: Duration) -> Self {
        self.longest_poll_interval = time;
        self
    }

    /// The time after which waiting for an operation or for an effect is given up.
    #[must_use]
    pub fn wait_at_most(mut self, time: Duration) -> Self {
        self.wait_at_most = time;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_sent_or_is_not_theirs_to_set_is_refused() {
        for (name, value) in [
            ("a b", "x"),
            ("x", "a\r\nb"),
            ("Authorization", "Bearer x"),
            ("host", "evil"),
        ] {
            assert!(CallOptions::new().header(name, value).is_err(), "{name}");
        }
        assert!(CallOptions::new().client_request_id("\n").is_err());
        assert!(
            CallOptions::new()
                .header("accept", "application/pkcs10")
                .is_ok()
        );
    }
}
