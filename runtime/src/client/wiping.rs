//! What the client holds of a call is wiped, whatever becomes of the call.

use super::{AccessToken, BoxFuture, Bytes, CallOptions, Client, Limits, Transport};
use crate::wiped::watch::{self, LetGo};
use crate::{
    Arguments, AuthPolicy, Endpoint, Error, Operation, OperationMeta, RetryPolicy, Secret, Service,
    TokenRequest, TransportError,
};
use http::{Request, Response, StatusCode};
use std::future::Future;
use std::pin::pin;
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

const SENT: &str = "canary-of-the-request";
const RECEIVED: &str = "canary-of-the-response";
const TOKEN: &str = "canary-of-the-token";

struct PutSecret;

impl Operation for PutSecret {
    type Output = Secret<String>;

    const META: &'static OperationMeta = &Service {
        name: "test",
        api_version: "1",
        scopes: &["https://vault.azure.net/.default"],
    }
    .put("PutSecret", "/secret")
    .idempotent()
    .secret_request()
    .secret_response();

    fn arguments(&self, to: &mut Arguments<'_>) {
        to.json(&Secret::from(SENT));
    }
}

/// Answers with these statuses, and keeps what was sent.
struct Canned {
    statuses: Mutex<Vec<u16>>,
    kept: Mutex<Vec<Bytes>>,
}

impl Transport for Canned {
    fn send<'a>(
        &'a self,
        request: &'a Request<Bytes>,
        _: Limits,
    ) -> BoxFuture<'a, Result<Response<Vec<u8>>, TransportError>> {
        self.kept.lock().unwrap().push(request.body().clone());
        let status = self.statuses.lock().unwrap().remove(0);
        let mut response = Response::new(format!("\"{RECEIVED}\"").into_bytes());
        *response.status_mut() = StatusCode::from_u16(status).unwrap();
        Box::pin(async { Ok(response) })
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async {})
    }
}

/// Nothing here waits, so that one poll goes to the end.
fn finished<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits"),
    }
}

/// What one call lets go, and its result. The transport keeps the bodies until the end.
fn call(statuses: &[u16]) -> (Vec<LetGo>, Result<Response<()>, Error>) {
    let endpoint = Endpoint::new("https://myvault.vault.azure.net").unwrap();
    let later = SystemTime::now() + Duration::from_secs(3600);
    let transport = std::sync::Arc::new(Canned {
        statuses: Mutex::new(statuses.to_vec()),
        kept: Mutex::default(),
    });
    watch::begin();
    let client = Client::builder(endpoint, AccessToken::new(TOKEN, later))
        .auth(AuthPolicy::stated(TokenRequest::new(
            "https://vault.azure.net/.default",
        )))
        .transport(std::sync::Arc::clone(&transport))
        .options(CallOptions::new().retry(RetryPolicy::default()))
        .build()
        .unwrap();
    let result = finished(client.send(PutSecret));
    let result = result.map(|response| {
        assert_eq!(response.into_body().expose(), RECEIVED);
        Response::new(())
    });
    drop(client);
    let transport = std::sync::Arc::into_inner(transport).unwrap();
    let bodies = transport.kept.into_inner().unwrap();
    assert_eq!(bodies.len(), statuses.len());
    // A body is not wiped while somebody sends it.
    assert!(bodies.iter().all(|body| *body == format!("\"{SENT}\"")));
    drop(bodies);
    (watch::end(), result)
}

fn holders<'a>(seen: &'a [LetGo], canary: &str) -> Vec<&'a LetGo> {
    let holders = seen.iter().filter(|gone| gone.held_any_of(canary));
    holders.collect()
}

#[test]
fn request_response_and_token_are_wiped_after_a_success() {
    let (seen, result) = call(&[200]);
    assert!(result.is_ok());
    for canary in [SENT, RECEIVED, TOKEN] {
        let holders = holders(&seen, canary);
        assert!(!holders.is_empty(), "{canary}");
        assert!(holders.iter().all(|gone| gone.is_wiped()), "{canary}");
    }
}

#[test]
fn the_answers_of_failed_tries_are_wiped_too() {
    let (seen, result) = call(&[503, 500, 200]);
    assert!(result.is_ok());
    let text = format!("\"{RECEIVED}\"");
    let answers = seen.iter().filter(|gone| gone.held == text.as_bytes());
    assert_eq!(answers.count(), 3);
    assert!(seen.iter().all(LetGo::is_wiped));
}

#[test]
fn what_a_refusal_holds_is_wiped_with_the_error() {
    let (before, result) = call(&[400]);
    let error = result.unwrap_err();
    assert_eq!(
        error.service().unwrap().raw(),
        format!("\"{RECEIVED}\"").as_bytes()
    );
    assert!(before.iter().all(LetGo::is_wiped));
    watch::begin();
    drop(error);
    let after = watch::end();
    let held = holders(&after, RECEIVED);
    assert_eq!(held.len(), 1);
    assert!(held.iter().all(|let_go| let_go.is_wiped()));
}
