//! What the client tells of its work: enough to find a request again, and no secret.

use crate::support::*;
use keyvault_loopback::{Answer, Received, Server};
use keyvault_rest::secrets::GetSecrets;
use serde_json::json;
use std::fmt::Write;
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Dispatch, Event, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

/// Everything that spans and events of the client say, one line each.
#[derive(Clone, Default)]
struct Capture(Arc<Mutex<Vec<String>>>);

impl Capture {
    fn write(&self, metadata: &Metadata<'_>, record: impl FnOnce(&mut Line)) {
        if metadata.target().starts_with("keyvault_rest") {
            let mut line = Line(metadata.name().to_owned());
            record(&mut line);
            self.0.lock().unwrap().push(line.0);
        }
    }

    fn text(&self) -> String {
        self.0.lock().unwrap().join("\n")
    }
}

/// Listens on this thread, for as long as the result lives.
///
/// Other tests run at the same time without a subscriber. While there is only one, what they find out of a span or event
/// that they are the first to come by holds for all: so there are two, and what was found out before is forgotten.
async fn listen(capture: &Capture) -> (DefaultGuard, Dispatch) {
    let another = Dispatch::new(tracing_subscriber::registry());
    let subscriber = tracing_subscriber::registry().with(capture.clone());
    let guard = tracing::subscriber::set_default(subscriber);
    let server = busy_once();
    bounded(client(&server).send(set())).await.unwrap();
    tracing::callsite::rebuild_interest_cache();
    capture.0.lock().unwrap().clear();
    (guard, another)
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }
}

impl<S: Subscriber + for<'a> tracing_subscriber::registry::LookupSpan<'a>> Layer<S> for Capture {
    fn on_new_span(&self, attributes: &Attributes<'_>, _: &Id, _: Context<'_, S>) {
        self.write(attributes.metadata(), |line| attributes.record(line));
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        if let Some(span) = context.span(id) {
            self.write(span.metadata(), |line| values.record(line));
        }
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        self.write(event.metadata(), |line| event.record(line));
    }
}

/// Busy at first; then secrets are set, listed with a token in the link, and refused.
fn answer(request: &Received) -> Answer {
    let link = format!("https://{HOST}/secrets?api-version=7.5&$skiptoken={SKIP_TOKEN}");
    let answer = match (request.method.as_str(), request.target.contains(SKIP_TOKEN)) {
        ("PUT", _) => ok(&secret()),
        (_, false) if request.path() == "/secrets" => {
            ok(&json!({"value": [{"id": "1"}], "nextLink": link}))
        }
        _ => Answer::new(403).json(&json!({"error": {"code": "Forbidden", "innererror": {"code": "ForbiddenByRbac"}}, "value": SECRET})),
    };
    answer.header("x-ms-request-id", "service-id")
}

fn busy_once() -> Server {
    let first = std::sync::atomic::AtomicBool::new(true);
    vault(
        move |request| match first.swap(false, std::sync::atomic::Ordering::SeqCst) {
            true => Answer::new(503).body(SECRET),
            false => answer(request),
        },
    )
}

#[tokio::test]
async fn a_flow_with_secrets_is_told_without_them() {
    let capture = Capture::default();
    let _listening = listen(&capture).await;
    let server = busy_once();
    let client = client(&server);
    let named = client.with(hasty().client_request_id("client-id").unwrap());
    bounded(named.send(set())).await.unwrap();
    let mut pages = client.pages(GetSecrets::new());
    bounded(pages.next()).await.unwrap().unwrap();
    let error = service(async { pages.next().await.unwrap() }).await;
    assert!(error.is_forbidden());
    let told = capture.text();
    for part in [
        "operation=\"SetSecret\"",
        "operation=\"GetSecrets\"",
        "client_request_id=\"client-id\"",
        "request_id=\"service-id\"",
        "status=200",
        "status=503",
        "status=403",
        "tries=3",
        "trying again",
    ] {
        assert!(told.contains(part), "{part} is missing in {told}");
    }
    for part in ["canary", "skiptoken", "?", "Bearer"] {
        assert!(!told.contains(part), "{part} is told in {told}");
    }
}

#[tokio::test]
async fn failures_are_told_without_secrets() {
    let capture = Capture::default();
    let _listening = listen(&capture).await;
    let broken = Answer::new(200).deliver(keyvault_loopback::Delivery::ResetBefore);
    let server = vault_with([ok(&secret()), broken]);
    let tokens = Tokens::made_by(|number, _| match number {
        1 => Ok(token(number).refresh_from(std::time::SystemTime::UNIX_EPOCH)),
        _ => Err(keyvault_rest::runtime::CredentialError::new("away")),
    });
    let client = client_with(&server, &tokens);
    bounded(client.send(get())).await.unwrap();
    unanswered(client.send(set())).await;
    drop(server);
    unanswered(client.send(get())).await;
    let told = capture.text();
    for part in [
        "no token: away",
        "the connection broke",
        "cannot connect",
        "failed",
    ] {
        assert!(told.contains(part), "{part} is missing in {told}");
    }
    assert!(
        !told.contains("canary") && !told.contains("Bearer"),
        "{told}"
    );
}
