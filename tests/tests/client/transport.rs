//! What the client is made of: types that cross threads, and a transport of one's own.

use crate::support::*;
use keyvault_rest::backup::FullBackup;
use keyvault_rest::client::{
    BoxFuture, Bytes, Client, Items, Limits, Pages, Poller, Progress, Transport,
};
use keyvault_rest::runtime::TransportError;
use keyvault_rest::runtime::http::{Request, Response};
use keyvault_rest::secrets::{DeleteSecret, GetSecrets};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

#[test]
fn client_futures_and_streams_cross_threads() {
    fn send<T: Send>() {}
    fn sync<T: Sync>() {}
    fn is_send<T: Send>(_: T) {}
    send::<Client>();
    sync::<Client>();
    send::<Pages<GetSecrets>>();
    send::<Items<GetSecrets>>();
    send::<Poller<FullBackup>>();
    send::<Progress>();
    sync::<Progress>();
    let client = Client::builder(endpoint(HOST), Tokens::default()).transport(Memory::default());
    let client = built(client);
    is_send(client.send(get()));
    is_send(client.send_and_settle(DeleteSecret::new("one")));
    is_send(client.wait_until_found(get()));
    is_send(client.wait_until_gone(get()));
    is_send(client.send_once_free(set()));
    is_send(client.send_request(http_get("/secrets")));
    is_send(client.pages(GetSecrets::new()).next());
    is_send(client.items(GetSecrets::new()).next());
}

#[test]
fn a_poller_is_awaited_on_any_thread() {
    fn is_send<T: Send>(_: T) {}
    fn checks(client: &Client, poller: &mut Poller<FullBackup>, backup: FullBackup) {
        is_send(client.poller(backup));
        is_send(poller.next());
        is_send(poller.wait());
    }
    let _ = checks;
}

/// Answers from memory, and knows of no runtime.
#[derive(Default)]
struct Memory {
    seen: Arc<Mutex<Vec<String>>>,
    slept: Arc<Mutex<Vec<Duration>>>,
}

impl Memory {
    fn answer(&self, request: &Request<Bytes>) -> Response<Vec<u8>> {
        let mut seen = self.seen.lock().unwrap();
        let token = request.headers().get("authorization");
        let token = token.map_or("", |token| token.to_str().unwrap());
        seen.push(format!("{} {token}", request.method()));
        let (status, header, body) = match (token, seen.len()) {
            ("", _) => (401, ("www-authenticate", CHALLENGE), String::new()),
            (_, 2) => (503, ("x", "y"), String::new()),
            _ => (200, ("x", "y"), secret().to_string()),
        };
        let response = Response::builder()
            .status(status)
            .header(header.0, header.1);
        response.body(body.into_bytes()).unwrap()
    }
}

impl Transport for Memory {
    fn send<'a>(
        &'a self,
        request: &'a Request<Bytes>,
        _limits: Limits,
    ) -> BoxFuture<'a, Result<Response<Vec<u8>>, TransportError>> {
        Box::pin(async move { Ok(self.answer(request)) })
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
        self.slept.lock().unwrap().push(time);
        Box::pin(async {})
    }
}

/// Runs to the end what never waits for anybody.
fn run<T>(work: impl Future<Output = T>) -> T {
    let mut work = std::pin::pin!(work);
    match work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => result,
        Poll::Pending => panic!("it waits"),
    }
}

#[test]
fn a_transport_of_ones_own_needs_no_runtime() {
    let memory = Memory::default();
    let (seen, slept) = (Arc::clone(&memory.seen), Arc::clone(&memory.slept));
    let builder = Client::builder(endpoint(HOST), token(1)).transport(memory);
    let client = built(builder.options(hasty()));
    let response = run(client.send(get())).unwrap();
    assert_eq!(response.body().value.as_ref().unwrap().expose(), SECRET);
    let sent = format!("GET {}", bearer(1));
    assert_eq!(*seen.lock().unwrap(), ["GET ", &sent, &sent]);
    assert!(!slept.lock().unwrap().is_empty());
}
