//! What all suites share: a vault on the loopback address, a credential that counts, and what to look for.

use keyvault_loopback::{Answer, Received, Server};
use keyvault_rest::client::{
    AccessToken, BoxFuture, CallOptions, Client, ClientBuilder, Credential,
};
use keyvault_rest::runtime::http::Request;
use keyvault_rest::runtime::{
    CredentialError, RefusedError, RetryPolicy, TokenRequest, TransportErrorKind,
};
use keyvault_rest::secrets::models::SecretSetParameters;
use keyvault_rest::secrets::{GetSecret, SetSecret};
use keyvault_rest::{Endpoint, Error, ServiceError};
use serde_json::{Value, json};
use std::fmt::Debug;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

/// The vault that the client means.
pub const HOST: &str = "myvault.vault.azure.net";
/// The host that it must never talk to.
pub const EVIL: &str = "evil.example";

/// Secrets of three kinds: none of them may ever be shown.
pub const TOKEN: &str = "canary-token";
pub const SECRET: &str = "canary-secret";
pub const SKIP_TOKEN: &str = "canary-skiptoken";

pub const CHALLENGE: &str = r#"Bearer authorization="https://login.windows.net/tenant-1", resource="https://vault.azure.net""#;

pub const MILLISECOND: Duration = Duration::from_millis(1);

/// The result, or a failure if it takes longer than any test may.
pub async fn bounded<T>(work: impl Future<Output = T>) -> T {
    let limit = Duration::from_secs(10);
    match tokio::time::timeout(limit, work).await {
        Ok(result) => result,
        Err(_) => panic!("it hangs"),
    }
}

/// The error, which must be shown on one line and without a secret.
pub async fn failed<T>(work: impl Future<Output = Result<T, Error>>) -> Error {
    match bounded(work).await {
        Ok(_) => panic!("it did not fail"),
        Err(error) => {
            assert_clean(&error);
            error
        }
    }
}

/// The error, as in [`failed`], if it is a refusal.
pub async fn refused<T>(work: impl Future<Output = Result<T, Error>>) -> RefusedError {
    match failed(work).await {
        Error::Refused(error) => error,
        other => panic!("not refused, but {other:?}"),
    }
}

/// The error, as in [`failed`], if the service answered so.
pub async fn service<T>(work: impl Future<Output = Result<T, Error>>) -> ServiceError {
    match failed(work).await {
        Error::Service(error) => *error,
        other => panic!("not of the service, but {other:?}"),
    }
}

/// The point of failure, as in [`failed`], if there was no response.
pub async fn unanswered<T>(work: impl Future<Output = Result<T, Error>>) -> TransportErrorKind {
    match failed(work).await {
        Error::Transport(error) => error.kind(),
        other => panic!("answered: {other:?}"),
    }
}

pub fn assert_clean(error: &Error) {
    let shown = error.to_string();
    assert!(!shown.contains(char::is_control), "{shown:?}");
    assert_no_secret(error);
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        assert!(!error.to_string().contains("canary"), "{error}");
        source = error.source();
    }
    assert!(!shown.contains("canary"), "{shown}");
}

/// Holds for whatever can be shown.
pub fn assert_no_secret(value: &dyn Debug) {
    for shown in [format!("{value:?}"), format!("{value:#?}")] {
        assert!(!shown.contains("canary"), "{shown}");
    }
}

/// A vault that answers the requests with a token, and challenges those without.
pub fn vault(handler: impl Fn(&Received) -> Answer + Send + Sync + 'static) -> Server {
    server(move |request| match request.headers.get("authorization") {
        Some(_) => handler(request),
        None => challenge(CHALLENGE),
    })
}

/// A vault that gives these answers to requests with a token, the last one again and again.
pub fn vault_with(answers: impl Into<Vec<Answer>> + 'static) -> Server {
    vault(in_turn(answers))
}

/// A server in place of the vault.
pub fn server(handler: impl Fn(&Received) -> Answer + Send + Sync + 'static) -> Server {
    Server::start(&[HOST], handler).unwrap()
}

/// A host to which no request may ever come.
pub fn evil() -> Server {
    Server::start(&[EVIL], |_| Answer::new(200).json(&secret())).unwrap()
}

/// These answers, the last one again and again.
pub fn in_turn(answers: impl Into<Vec<Answer>> + 'static) -> impl Fn(&Received) -> Answer {
    let (answers, asked) = (answers.into(), AtomicUsize::new(0));
    move |_| {
        let at = asked.fetch_add(1, Ordering::SeqCst);
        answers[at.min(answers.len() - 1)].clone()
    }
}

pub fn challenge(text: &str) -> Answer {
    Answer::new(401).header("www-authenticate", text)
}

pub fn ok(body: &Value) -> Answer {
    Answer::new(200).json(body)
}

/// An error of the service, with a code within.
pub fn error(status: u16, inner: &str) -> Answer {
    Answer::new(status).json(&json!({
        "error": {"code": "Conflict", "message": "no", "innererror": {"code": inner}}
    }))
}

/// A secret as the service gives it.
pub fn secret() -> Value {
    json!({"value": SECRET, "id": format!("https://{HOST}/secrets/one/1"), "attributes": {"enabled": true}})
}

pub fn get() -> GetSecret {
    GetSecret::new("one")
}

/// Not to be repeated, and with a body that must not go to just anybody.
pub fn set() -> SetSecret {
    SetSecret::new("one", SecretSetParameters::new(SECRET))
}

/// A client of this vault that loses no time between tries.
pub fn client(server: &Server) -> Client {
    built(builder(server, Tokens::default()))
}

pub fn http_get(url: &str) -> Request<Vec<u8>> {
    Request::get(url).body(Vec::new()).unwrap()
}

pub fn client_with(server: &Server, tokens: &Tokens) -> Client {
    built(builder(server, tokens.clone()))
}

pub fn built(builder: ClientBuilder) -> Client {
    builder.build().unwrap()
}

pub fn builder(server: &Server, credential: impl Credential) -> ClientBuilder {
    Client::builder(endpoint(HOST), credential)
        .root_certificate(server.certificate())
        .resolve(HOST, server.address())
        .options(hasty())
}

/// A client of the vault that would also believe in the evil host, were it to go there.
pub fn client_of_both(server: &Server, evil: &Server, tokens: &Tokens) -> Client {
    let builder = builder(server, tokens.clone());
    built(
        builder
            .root_certificate(evil.certificate())
            .resolve(EVIL, evil.address()),
    )
}

pub fn endpoint(host: &str) -> Endpoint {
    Endpoint::new(&format!("https://{host}")).unwrap()
}

pub fn hasty() -> CallOptions {
    CallOptions::new()
        .retry(quick())
        .poll_interval(MILLISECOND * 5)
}

/// The usual policy, without its delays.
pub fn quick() -> RetryPolicy {
    RetryPolicy::default().first_delay(MILLISECOND)
}

/// The requests that carried a token.
pub fn authorized(server: &Server) -> Vec<Received> {
    let mut received = server.received();
    received.retain(|request| request.headers.contains_key("authorization"));
    received
}

/// A header of a request, empty if it has none.
pub fn header<'a>(request: &'a Received, name: &str) -> &'a str {
    let value = request.headers.get(name);
    value.map_or("", |value| value.to_str().unwrap())
}

pub fn assert_untouched(evil: &Server) {
    assert_eq!((evil.connections(), evil.received().len()), (0, 0));
}

/// Neither token nor body left this machine.
pub fn assert_bare(server: &Server) {
    for request in server.received() {
        assert!(!request.headers.contains_key("authorization"));
        assert!(request.body.is_empty());
    }
}

/// A credential that remembers what was asked of it, and gives a new token each time.
#[derive(Clone)]
pub struct Tokens {
    asked: Arc<Mutex<Vec<TokenRequest>>>,
    make: Arc<Make>,
    delay: Duration,
}

/// Makes the token of this number, the first being 1.
type Make = dyn Fn(usize, &TokenRequest) -> Result<AccessToken, CredentialError> + Send + Sync;

impl Default for Tokens {
    fn default() -> Self {
        Self::made_by(|number, _| Ok(token(number)))
    }
}

impl Tokens {
    pub fn made_by(
        make: impl Fn(usize, &TokenRequest) -> Result<AccessToken, CredentialError>
        + Send
        + Sync
        + 'static,
    ) -> Self {
        Self {
            asked: Arc::default(),
            make: Arc::new(make),
            delay: Duration::ZERO,
        }
    }

    /// It takes so long to make one.
    pub fn slow(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    pub fn asked(&self) -> Vec<TokenRequest> {
        self.asked.lock().unwrap().clone()
    }

    pub fn count(&self) -> usize {
        self.asked().len()
    }
}

impl Credential for Tokens {
    fn token<'a>(
        &'a self,
        request: &'a TokenRequest,
    ) -> BoxFuture<'a, Result<AccessToken, CredentialError>> {
        Box::pin(async move {
            let number = {
                let mut asked = self.asked.lock().unwrap();
                asked.push(request.clone());
                asked.len()
            };
            tokio::time::sleep(self.delay).await;
            (self.make)(number, request)
        })
    }
}

/// The token of this number, good for an hour.
pub fn token(number: usize) -> AccessToken {
    token_for(number, Duration::from_secs(3600))
}

/// The token of this number, good for so long.
pub fn token_for(number: usize, time: Duration) -> AccessToken {
    AccessToken::new(format!("{TOKEN}-{number}"), SystemTime::now() + time)
}

/// How the token of this number is sent.
pub fn bearer(number: usize) -> String {
    format!("Bearer {TOKEN}-{number}")
}
