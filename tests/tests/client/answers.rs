//! Answers that are not what was asked for.

use crate::support::*;
use keyvault_loopback::{Answer, Delivery};
use keyvault_rest::Error;
use keyvault_rest::runtime::TransportErrorKind;
use keyvault_rest::secrets::PurgeDeletedSecret;
use serde_json::json;
use std::time::{Duration, Instant};

const HTML: &str = "<html><body>canary-secret</body></html>";

fn html(status: u16) -> Answer {
    Answer::new(status)
        .header("content-type", "text/html")
        .body(HTML)
}

#[tokio::test]
async fn a_success_that_is_html_cannot_be_read() {
    let server = vault_with([html(200)]);
    let error = failed(client(&server).send(get())).await;
    let Error::Decode(error) = error else {
        panic!("{error:?}")
    };
    assert_eq!(
        (error.operation(), error.status().as_u16()),
        ("GetSecret", 200)
    );
    assert_eq!(error.reason(), "it is text/html instead of JSON");
    assert_eq!(authorized(&server).len(), 1);
}

#[tokio::test]
async fn a_success_of_another_shape_names_the_member_but_not_its_value() {
    let server = vault_with([ok(&json!({"value": [SECRET]}))]);
    let error = failed(client(&server).send(get())).await;
    let Error::Decode(error) = error else {
        panic!("{error:?}")
    };
    assert!(error.reason().contains("SecretBundle.value"), "{error}");
}

#[tokio::test]
async fn a_success_without_a_body_cannot_be_read_where_one_is_needed() {
    let server = vault_with([Answer::new(200)]);
    let error = failed(client(&server).send(get())).await;
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    let server = vault_with([Answer::new(204)]);
    let response = bounded(client(&server).send(PurgeDeletedSecret::new("one"))).await;
    assert_eq!(response.unwrap().status().as_u16(), 204);
}

#[tokio::test]
async fn an_html_error_is_kept_whole_and_not_shown() {
    let server = vault_with([html(403)]);
    let error = service(client(&server).send(get())).await;
    assert_eq!((error.code(), error.message()), (None, None));
    assert_eq!(error.raw(), HTML.as_bytes());
    assert_eq!(error.to_string(), "403 Forbidden");
}

#[tokio::test]
async fn an_error_without_a_body_is_known_by_its_status() {
    let server = vault_with([Answer::new(404).header("x-ms-request-id", "id-1")]);
    let error = service(client(&server).send(get())).await;
    assert!(error.is_not_found() && error.code().is_none() && error.raw().is_empty());
    assert_eq!(error.request_id(), Some("id-1"));
}

#[tokio::test]
async fn a_message_cannot_steer_a_terminal() {
    let message = "line\r\nbreak \u{1b}[31mred \u{7}\u{202e}\u{2028}";
    let body = json!({"error": {"code": "Bad\u{0}Code", "message": message}});
    let server = vault_with([Answer::new(400).json(&body)]);
    let error = service(client(&server).send(get())).await;
    assert_eq!(error.message(), Some(message));
    let shown = error.to_string();
    assert!(
        !shown.contains(['\u{202e}', '\u{2028}', '\u{1b}', '\n']),
        "{shown:?}"
    );
    assert!(shown.contains("red"), "{shown:?}");
}

#[tokio::test]
async fn an_error_does_not_show_the_token_in_a_url_of_its_headers() {
    let url = format!("https://{HOST}/secrets?$skiptoken={SKIP_TOKEN}");
    let answer = Answer::new(409).header("location", url);
    let server = vault_with([answer.header("x-ms-keyvault-region", "westus")]);
    let error = service(client(&server).send(get())).await;
    assert!(
        error.headers()["location"]
            .to_str()
            .unwrap()
            .contains(SKIP_TOKEN)
    );
    assert!(format!("{error:?}").contains("westus"));
}

#[tokio::test]
async fn a_body_that_is_announced_as_too_large_is_not_read() {
    let length = 1 << 30;
    let server = vault_with([Answer::new(200).deliver(Delivery::Endless { length })]);
    let limit = 16 * 1024 * 1024;
    let kind = unanswered(client(&server).send(get())).await;
    assert_eq!(kind, TransportErrorKind::TooLarge { limit });
    assert_eq!(authorized(&server).len(), 1);
}

#[tokio::test]
async fn a_body_that_becomes_too_large_is_left() {
    let answer = Answer::new(200).body(vec![b'x'; 1 << 20]);
    let server = vault_with([answer.deliver(Delivery::Chunked)]);
    let limit = 64 * 1024;
    let builder = builder(&server, Tokens::default()).max_response_bytes(limit);
    let kind = unanswered(built(builder).send(get())).await;
    assert_eq!(kind, TransportErrorKind::TooLarge { limit });
    assert_eq!(authorized(&server).len(), 1);
}

#[tokio::test]
async fn a_challenge_with_an_endless_body_gets_no_token() {
    let length = 1 << 30;
    let server = server(move |_| challenge(CHALLENGE).deliver(Delivery::Endless { length }));
    let tokens = Tokens::default();
    let kind = unanswered(client_with(&server, &tokens).send(set())).await;
    assert!(matches!(kind, TransportErrorKind::TooLarge { .. }));
    assert_eq!(tokens.count(), 0);
    assert_bare(&server);
}

#[tokio::test]
async fn a_body_that_comes_drop_by_drop_takes_no_longer_than_a_try_may() {
    let drip = Delivery::Drip {
        bytes: 1,
        every: MILLISECOND * 40,
    };
    let server = vault_with([ok(&secret()).deliver(drip)]);
    assert_eq!(slow(&server).await, TransportErrorKind::Timeout);
    assert_eq!(authorized(&server).len(), 2);
}

#[tokio::test]
async fn a_head_that_is_late_takes_no_longer_than_a_try_may() {
    let server = vault_with([ok(&secret()).delay(Duration::from_secs(5))]);
    assert_eq!(slow(&server).await, TransportErrorKind::Timeout);
    assert_eq!(authorized(&server).len(), 2);
}

/// Asks, with half a second for each of two tries.
async fn slow(server: &keyvault_loopback::Server) -> TransportErrorKind {
    let options = hasty()
        .try_timeout(MILLISECOND * 500)
        .retry(quick().tries(2));
    let (client, begun) = (client(server).with(options), Instant::now());
    let kind = unanswered(client.send(get())).await;
    assert!(begun.elapsed() < Duration::from_secs(4));
    kind
}

#[tokio::test]
async fn a_server_that_never_answers_takes_no_longer_than_a_call_may() {
    let server = vault_with([Answer::new(200).deliver(Delivery::Hang)]);
    let client = client(&server).with(hasty().timeout(Duration::from_secs(1)));
    let begun = Instant::now();
    let kind = unanswered(client.send(get())).await;
    assert_eq!(kind, TransportErrorKind::Timeout);
    assert!(begun.elapsed() < Duration::from_secs(4));
    assert_eq!(authorized(&server).len(), 1);
}

#[tokio::test]
async fn what_is_no_http_is_a_broken_connection() {
    let raw = Delivery::Raw(b"canary-secret is no HTTP\r\n\r\n".to_vec());
    let server = vault_with([Answer::new(200).deliver(raw)]);
    let kind = unanswered(client(&server).send(set())).await;
    assert_eq!(kind, TransportErrorKind::Broken);
    assert_eq!(authorized(&server).len(), 1);
}
