//! The tokens at hand: shared, and replaced in good time.

use crate::support::*;
use keyvault_rest::client::{AccessToken, BoxFuture, Client, Credential};
use keyvault_rest::runtime::{CredentialError, TokenRequest, TransportErrorKind};
use keyvault_rest::secrets::models::SecretBundle;
use keyvault_rest::{Error, Response};
use std::time::{Duration, Instant, SystemTime};

/// A token that is to be replaced at once, though it is good for an hour.
fn stale(number: usize) -> AccessToken {
    token(number).refresh_from(SystemTime::now() - Duration::from_secs(1))
}

async fn all_at_once(client: &Client, count: usize) -> Vec<Result<Response<SecretBundle>, Error>> {
    let sends = (0..count).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.send(get()).await })
    });
    let sends: Vec<_> = sends.collect();
    let mut results = Vec::new();
    for send in sends {
        results.push(bounded(send).await.unwrap());
    }
    results
}

#[tokio::test]
async fn first_calls_at_the_same_time_share_a_token() {
    let tokens = Tokens::default().slow(MILLISECOND * 100);
    let server = vault_with([ok(&secret())]);
    let client = client_with(&server, &tokens);
    for result in all_at_once(&client, 8).await {
        result.unwrap();
    }
    assert_eq!((tokens.count(), authorized(&server).len()), (1, 8));
}

#[tokio::test]
async fn a_failure_of_one_call_to_get_a_token_does_not_spoil_the_next() {
    let tokens = Tokens::made_by(|number, _| match number {
        1 => Err(CredentialError::new("away")),
        _ => Ok(token(number)),
    });
    let server = vault_with([ok(&secret())]);
    let client = client_with(&server, &tokens);
    assert!(matches!(
        failed(client.send(get())).await,
        Error::Credential(_)
    ));
    bounded(client.send(get())).await.unwrap();
    assert_eq!(tokens.count(), 2);
}

#[tokio::test]
async fn a_token_is_replaced_before_it_expires() {
    let tokens = Tokens::made_by(|number, _| match number {
        1 => Ok(stale(number)),
        _ => Ok(token(number)),
    });
    let server = vault_with([ok(&secret())]);
    let client = client_with(&server, &tokens);
    for _ in 0..3 {
        bounded(client.send(get())).await.unwrap();
    }
    let requests = authorized(&server);
    let sent: Vec<_> = requests
        .iter()
        .map(|request| header(request, "authorization"))
        .collect();
    assert_eq!(sent, [bearer(1), bearer(2), bearer(2)]);
}

#[tokio::test]
async fn while_a_token_is_replaced_others_go_on_with_the_old_one() {
    let tokens = Tokens::made_by(|number, _| Ok(stale(number))).slow(MILLISECOND * 500);
    let server = vault_with([ok(&secret())]);
    let client = client_with(&server, &tokens);
    bounded(client.send(get())).await.unwrap();
    let replacing = tokio::spawn({
        let client = client.clone();
        async move { client.send(get()).await }
    });
    while tokens.count() < 2 {
        tokio::time::sleep(MILLISECOND).await;
    }
    bounded(client.send(get())).await.unwrap();
    assert!(!replacing.is_finished());
    bounded(replacing).await.unwrap().unwrap();
    let requests = authorized(&server);
    let sent: Vec<_> = requests
        .iter()
        .map(|request| header(request, "authorization"))
        .collect();
    assert_eq!(sent, [bearer(1), bearer(1), bearer(2)]);
}

#[tokio::test]
async fn a_token_that_cannot_be_replaced_early_is_used_on() {
    let tokens = Tokens::made_by(|number, _| match number {
        1 => Ok(stale(number)),
        _ => Err(CredentialError::new("away")),
    });
    let server = vault_with([ok(&secret())]);
    let client = client_with(&server, &tokens);
    for _ in 0..3 {
        bounded(client.send(get())).await.unwrap();
    }
    let requests = authorized(&server);
    assert!(
        requests
            .iter()
            .all(|request| header(request, "authorization") == bearer(1))
    );
    assert_eq!(requests.len(), 3);
}

/// The first token comes at once and is stale, every other takes a minute.
struct Stuck(Tokens, Tokens);

impl Credential for Stuck {
    fn token<'a>(
        &'a self,
        request: &'a TokenRequest,
    ) -> BoxFuture<'a, Result<AccessToken, CredentialError>> {
        match self.0.count() {
            0 => self.0.token(request),
            _ => self.1.token(request),
        }
    }
}

#[tokio::test]
async fn an_early_replacement_that_hangs_fails_no_call_while_the_old_token_works() {
    let first = Tokens::made_by(|number, _| Ok(stale(number)));
    let second = Tokens::default().slow(Duration::from_secs(60));
    let server = vault_with([ok(&secret())]);
    let client = built(builder(&server, Stuck(first, second)));
    bounded(client.send(get())).await.unwrap();
    let client = client.with(hasty().timeout(Duration::from_secs(2)));
    bounded(client.send(get())).await.unwrap();
    assert_eq!(authorized(&server).len(), 2);
}

#[tokio::test]
async fn a_credential_that_hangs_takes_no_longer_than_a_call_may() {
    let tokens = Tokens::default().slow(Duration::from_secs(60));
    let server = vault_with([ok(&secret())]);
    let client = client_with(&server, &tokens).with(hasty().timeout(MILLISECOND * 200));
    let begun = Instant::now();
    let kind = unanswered(client.send(set())).await;
    assert_eq!(kind, TransportErrorKind::Timeout);
    assert!(begun.elapsed() < Duration::from_secs(2));
    assert_bare(&server);
}

#[tokio::test]
async fn a_call_that_is_dropped_while_it_fetches_a_token_blocks_nobody() {
    let tokens = Tokens::default().slow(MILLISECOND * 100);
    let server = vault_with([ok(&secret())]);
    let client = client_with(&server, &tokens);
    let dropped = tokio::time::timeout(MILLISECOND * 50, client.send(get())).await;
    assert!(dropped.is_err());
    bounded(client.send(get())).await.unwrap();
}
