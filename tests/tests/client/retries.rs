//! When a request is sent again, and with what delay.

use crate::support::*;
use keyvault_loopback::{Answer, Server};
use std::time::{Duration, Instant};

fn busy(status: u16, headers: &[(&str, &str)]) -> Answer {
    let answer = Answer::new(status);
    headers
        .iter()
        .fold(answer, |answer, (name, value)| answer.header(*name, *value))
}

/// How long it takes to get the secret from a vault that is busy at first.
async fn time_with(headers: &[(&str, &str)]) -> Duration {
    let server = vault_with([busy(429, headers), ok(&secret())]);
    let begun = Instant::now();
    bounded(client(&server).send(get())).await.unwrap();
    assert_eq!(authorized(&server).len(), 2, "{headers:?}");
    begun.elapsed()
}

#[tokio::test]
async fn trouble_that_may_pass_is_sat_out_whatever_the_request() {
    for status in [408, 429, 500, 502, 503, 504] {
        let server = vault_with([busy(status, &[]), busy(status, &[]), ok(&secret())]);
        bounded(client(&server).send(set())).await.unwrap();
        let bodies: Vec<_> = authorized(&server)
            .into_iter()
            .map(|request| request.body)
            .collect();
        assert_eq!(bodies.len(), 3, "{status}");
        assert!(!bodies[0].is_empty() && bodies.iter().all(|body| *body == bodies[0]));
    }
}

#[tokio::test]
async fn trouble_that_stays_is_told_after_the_last_try() {
    let server = vault_with([busy(503, &[])]);
    let error = service(client(&server).send(get())).await;
    assert_eq!(error.status().as_u16(), 503);
    assert_eq!(authorized(&server).len(), 4);
}

#[tokio::test]
async fn what_will_not_pass_is_told_at_once() {
    for status in [400, 403, 404, 409, 501, 505] {
        let server = vault_with([busy(status, &[])]);
        let error = service(client(&server).send(get())).await;
        assert_eq!(error.status().as_u16(), status);
        assert_eq!(authorized(&server).len(), 1, "{status}");
    }
}

#[tokio::test]
async fn the_challenge_takes_no_try_from_the_request() {
    let server = vault_with([busy(503, &[]), ok(&secret())]);
    let client = client(&server).with(hasty().retry(quick().tries(2)));
    bounded(client.send(get())).await.unwrap();
    assert_eq!(authorized(&server).len(), 2);
}

#[tokio::test]
async fn a_service_that_wants_a_year_is_not_waited_for() {
    for header in [
        ("retry-after", "31536000"),
        ("retry-after", "Wed, 21 Oct 2099 07:28:00 GMT"),
        ("retry-after-ms", "31536000000"),
        ("retry-after", "18446744073709551615"),
    ] {
        let server = vault_with([busy(429, &[header])]);
        let begun = Instant::now();
        let error = service(client(&server).send(get())).await;
        assert!(error.is_throttled());
        assert_eq!(authorized(&server).len(), 1, "{header:?}");
        assert!(begun.elapsed() < Duration::from_secs(2), "{header:?}");
    }
}

#[tokio::test]
async fn a_wait_that_is_nonsense_is_our_own() {
    for value in [
        "-1",
        "soon",
        "1.5",
        "99999999999999999999999",
        "Wed, 99 Foo 2015",
        "",
    ] {
        assert!(
            time_with(&[("retry-after", value)]).await < Duration::from_secs(1),
            "{value}"
        );
    }
}

#[tokio::test]
async fn a_date_in_the_past_is_no_wait() {
    let past = ("retry-after", "Wed, 21 Oct 2015 07:28:00 GMT");
    assert!(time_with(&[past]).await < Duration::from_secs(1));
}

#[tokio::test]
async fn a_date_counts_by_the_clock_of_the_service() {
    let taken = time_with(&[
        ("date", "Wed, 21 Oct 2065 07:28:00 GMT"),
        ("retry-after", "Wed, 21 Oct 2065 07:28:01 GMT"),
    ])
    .await;
    assert!(
        taken >= Duration::from_secs(1) && taken < Duration::from_secs(5),
        "{taken:?}"
    );
}

#[tokio::test]
async fn milliseconds_are_understood() {
    let taken = time_with(&[("retry-after-ms", "150"), ("retry-after", "9")]).await;
    assert!(
        taken >= MILLISECOND * 150 && taken < Duration::from_secs(5),
        "{taken:?}"
    );
}

#[tokio::test]
async fn a_wait_beyond_the_time_of_the_call_is_not_begun() {
    let server = vault_with([busy(503, &[("retry-after", "30")])]);
    let client = client(&server).with(hasty().timeout(Duration::from_secs(5)));
    let begun = Instant::now();
    assert_eq!(service(client.send(get())).await.status().as_u16(), 503);
    assert!(begun.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn a_token_that_expires_between_two_tries_is_replaced() {
    let tokens = Tokens::made_by(|number, _| Ok(token_for(number, MILLISECOND * 500)));
    let wait = ("retry-after-ms", "700");
    let server = vault_with([busy(503, &[wait]), ok(&secret())]);
    bounded(client_with(&server, &tokens).send(set()))
        .await
        .unwrap();
    assert_eq!(tokens_sent(&server), [bearer(1), bearer(2)]);
}

#[tokio::test]
async fn a_token_of_a_clock_gone_wrong_is_used_once() {
    let past = std::time::SystemTime::UNIX_EPOCH;
    let tokens = Tokens::made_by(move |number, _| {
        let text = format!("{TOKEN}-{number}");
        Ok(keyvault_rest::client::AccessToken::new(text, past))
    });
    let server = vault_with([ok(&secret())]);
    let client = client_with(&server, &tokens);
    for _ in 0..2 {
        bounded(client.send(get())).await.unwrap();
    }
    assert_eq!(tokens_sent(&server), [bearer(1), bearer(2)]);
}

fn tokens_sent(server: &Server) -> Vec<String> {
    let requests = authorized(server);
    requests
        .iter()
        .map(|request| header(request, "authorization").to_owned())
        .collect()
}
