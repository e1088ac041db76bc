//! Whether and when to send a request again.

use http::{HeaderMap, StatusCode};
use std::time::{Duration, SystemTime};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;

/// How often, and how patiently, a request is sent again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    tries: u32,
    first_delay: Duration,
    longest_delay: Duration,
}

/// Four tries; the first delay is 0.8 seconds and each doubles the one before, up to a minute.
impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            tries: 4,
            first_delay: Duration::from_millis(800),
            longest_delay: Duration::from_secs(60),
        }
    }
}

impl RetryPolicy {
    /// Each request is sent once.
    #[must_use]
    pub fn none() -> Self {
        Self::default().tries(1)
    }

    /// How often a request is sent at most; 0 counts as 1. A request that is answered with a challenge does not count.
    #[must_use]
    pub fn tries(mut self, tries: u32) -> Self {
        self.tries = tries.max(1);
        self
    }

    /// The delay before the second try. It is varied by a fifth, so that clients do not march in step.
    #[must_use]
    pub fn first_delay(mut self, delay: Duration) -> Self {
        self.first_delay = delay;
        self
    }

    /// The longest delay. If the service asks for a longer one, the request is not sent again.
    #[must_use]
    pub fn longest_delay(mut self, delay: Duration) -> Self {
        self.longest_delay = delay;
        self
    }

    /// The delay after so many tries, by the policy alone. `random` is from 0 to 1.
    fn delay(&self, tried: u32, random: f64) -> Duration {
        let doubled = self
            .first_delay
            .saturating_mul(2_u32.saturating_pow(tried.saturating_sub(1)));
        doubled
            .min(self.longest_delay)
            .mul_f64(0.8 + 0.4 * random.clamp(0.0, 1.0))
    }
}

/// How a try ended.
#[derive(Clone, Copy, Debug)]
pub enum Try<'a> {
    /// With a response.
    Answered(StatusCode, &'a HeaderMap),
    /// Without one, although the service may have got the request.
    Lost,
    /// Without one; the service surely did not get the request.
    Unsent,
    /// Without one, in a way that would be the same again.
    Hopeless,
}

/// The tries of one request.
#[derive(Clone, Debug)]
pub struct Retry {
    policy: RetryPolicy,
    idempotent: bool,
    tried: u32,
}

impl Retry {
    /// No try was made yet.
    #[must_use]
    pub fn new(policy: RetryPolicy, idempotent: bool) -> Self {
        Self {
            policy,
            idempotent,
            tried: 0,
        }
    }

    /// How many tries were made.
    #[must_use]
    pub fn tried(&self) -> u32 {
        self.tried
    }

    /// Takes in the end of a try, and says how long to wait before the next one; `None` if there is none to make.
    ///
    /// `left` is the time that is left for the call, `now` the time of day, `random` a number from 0 to 1.
    pub fn after(
        &mut self,
        ended: Try<'_>,
        left: Duration,
        now: SystemTime,
        random: f64,
    ) -> Option<Duration> {
        self.tried += 1;
        if self.tried >= self.policy.tries || !self.may_repeat(ended) {
            return None;
        }
        let own = self.policy.delay(self.tried, random);
        let asked = match ended {
            Try::Answered(_, headers) => retry_after(headers, now),
            Try::Lost | Try::Unsent | Try::Hopeless => None,
        };
        let delay = asked.unwrap_or(own);
        let is_too_long = asked.is_some_and(|asked| asked > self.policy.longest_delay);
        (!is_too_long && delay < left).then_some(delay)
    }

    /// After an answer the service itself has said that it did not succeed; without one, it may have.
    fn may_repeat(&self, ended: Try<'_>) -> bool {
        match ended {
            Try::Answered(status, _) => is_passing(status),
            Try::Unsent => true,
            Try::Lost => self.idempotent,
            Try::Hopeless => false,
        }
    }
}

/// Statuses of trouble that may pass: 408, 429 and those of the server, but for 501 and 505, which stay.
fn is_passing(status: StatusCode) -> bool {
    match status.as_u16() {
        408 | 429 => true,
        501 | 505 => false,
        other => (500..600).contains(&other),
    }
}

/// The wait that a response asks for: `Retry-After` in seconds or as a date, or the two headers in milliseconds.
/// `None` if it asks for none, or in no way that can be understood.
///
/// A date is taken relative to that of the response, so that the clock of this machine does not matter.
#[must_use]
pub fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    let milliseconds = ["retry-after-ms", "x-ms-retry-after-ms"]
        .iter()
        .find_map(|name| text(name)?.parse().ok());
    if let Some(milliseconds) = milliseconds {
        return Some(Duration::from_millis(milliseconds));
    }
    let asked = text("retry-after")?;
    if let Ok(seconds) = asked.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = OffsetDateTime::parse(asked, &Rfc2822).ok()?;
    let sent = text("date").and_then(|date| OffsetDateTime::parse(date, &Rfc2822).ok());
    let wait = until - sent.unwrap_or(now.into());
    Some(wait.try_into().unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEFT: Duration = Duration::from_secs(3600);
    const HALF: f64 = 0.5;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect()
    }

    fn asked(pairs: &[(&'static str, &str)]) -> Option<u64> {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_445_412_000);
        retry_after(&headers(pairs), now).map(|wait| wait.as_secs())
    }

    fn delay_after(status: u16, pairs: &[(&'static str, &str)]) -> Option<Duration> {
        let headers = headers(pairs);
        let ended = Try::Answered(StatusCode::from_u16(status).unwrap(), &headers);
        Retry::new(RetryPolicy::default(), false).after(ended, LEFT, SystemTime::now(), HALF)
    }

    #[test]
    fn delays_double_up_to_the_longest_and_vary_by_a_fifth() {
        let policy = RetryPolicy::default();
        let delays = [1, 2, 3, 40].map(|tried| policy.delay(tried, HALF).as_millis());
        assert_eq!(delays, [800, 1600, 3200, 60_000]);
        assert_eq!(
            [0.0, 1.0].map(|random| policy.delay(1, random).as_millis()),
            [640, 960]
        );
    }

    #[test]
    fn trouble_that_may_pass_is_tried_again() {
        for status in [408, 429, 500, 502, 503, 504] {
            assert_eq!(
                delay_after(status, &[]),
                Some(Duration::from_millis(800)),
                "{status}"
            );
        }
        for status in [200, 202, 400, 401, 403, 404, 409, 501, 505] {
            assert_eq!(delay_after(status, &[]), None, "{status}");
        }
    }

    #[test]
    fn without_an_answer_only_what_is_harmless_is_repeated() {
        let repeats = |idempotent, ended| {
            Retry::new(RetryPolicy::default(), idempotent)
                .after(ended, LEFT, SystemTime::now(), HALF)
                .is_some()
        };
        assert!(
            repeats(true, Try::Lost) && repeats(true, Try::Unsent) && repeats(false, Try::Unsent)
        );
        assert!(!repeats(false, Try::Lost));
    }

    #[test]
    fn tries_and_time_are_limited() {
        let mut retry = Retry::new(RetryPolicy::default().tries(3), true);
        let mut next = |left| retry.after(Try::Lost, left, SystemTime::now(), HALF);
        assert!(next(LEFT).is_some() && next(LEFT).is_some() && next(LEFT).is_none());
        let mut retry = Retry::new(RetryPolicy::default(), true);
        assert_eq!(
            retry.after(
                Try::Lost,
                Duration::from_millis(700),
                SystemTime::now(),
                HALF
            ),
            None
        );
        assert_eq!(
            Retry::new(RetryPolicy::none(), true).after(Try::Lost, LEFT, SystemTime::now(), HALF),
            None
        );
    }

    #[test]
    fn the_service_may_ask_for_another_delay_but_not_for_a_year() {
        assert_eq!(
            delay_after(429, &[("retry-after", "7")]),
            Some(Duration::from_secs(7))
        );
        assert_eq!(delay_after(429, &[("retry-after", "31536000")]), None);
        assert_eq!(
            delay_after(503, &[("retry-after", "soon")]),
            Some(Duration::from_millis(800))
        );
    }

    #[test]
    fn retry_after_is_read_in_all_its_forms() {
        assert_eq!(asked(&[]), None);
        assert_eq!(asked(&[("retry-after", " 10 ")]), Some(10));
        assert_eq!(
            asked(&[("retry-after-ms", "2500"), ("retry-after", "10")]),
            Some(2)
        );
        assert_eq!(asked(&[("x-ms-retry-after-ms", "5000")]), Some(5));
        let date = ("retry-after", "Wed, 21 Oct 2015 07:28:00 GMT");
        assert_eq!(asked(&[date]), Some(1_445_412_480 - 1_445_412_000));
        assert_eq!(
            asked(&[date, ("date", "Wed, 21 Oct 2015 07:27:30 GMT")]),
            Some(30)
        );
        assert_eq!(
            asked(&[date, ("date", "Wed, 21 Oct 2015 09:00:00 GMT")]),
            Some(0)
        );
    }

    #[test]
    fn nonsense_asks_for_nothing() {
        for text in [
            "",
            "soon",
            "-1",
            "1.5",
            "99999999999999999999999",
            "Wed, 99 Oct 2015",
            "0x10",
        ] {
            assert_eq!(asked(&[("retry-after", text)]), None, "{text}");
        }
    }
}
