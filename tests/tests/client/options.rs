//! What can be different from call to call, and what a response tells.

use crate::support::*;
use keyvault_loopback::Answer;
use keyvault_rest::client::CallOptions;
use keyvault_rest::runtime::http::Request;
use keyvault_rest::runtime::{RetryPolicy, TransportErrorKind};
use keyvault_rest::secrets::GetSecrets;
use keyvault_rest::{Error, Operation};
use std::time::{Duration, Instant};

fn own_version() -> String {
    let service = GetSecrets::META.service().api_version;
    format!("api-version={service}")
}

#[tokio::test]
async fn a_call_has_its_own_time() {
    let delay = Duration::from_secs(2);
    let server = vault_with([ok(&secret()).delay(delay)]);
    let client = client(&server);
    let begun = Instant::now();
    let hasty = client.with(hasty().timeout(MILLISECOND * 100));
    assert_eq!(
        unanswered(hasty.send(get())).await,
        TransportErrorKind::Timeout
    );
    assert!(begun.elapsed() < delay);
    bounded(client.send(get())).await.unwrap();
}

#[tokio::test]
async fn a_call_without_further_tries_is_sent_once() {
    let server = vault_with([Answer::new(503), ok(&secret())]);
    let client = client(&server).with(CallOptions::new().retry(RetryPolicy::none()));
    assert_eq!(service(client.send(get())).await.status().as_u16(), 503);
    assert_eq!(authorized(&server).len(), 1);
}

#[tokio::test]
async fn headers_and_request_id_go_along_with_every_request_of_the_call() {
    let server = vault_with([Answer::new(503), ok(&secret())]);
    let options = hasty().client_request_id("id-7").unwrap();
    let options = options.header("x-extra", "1").unwrap();
    let options = options
        .header("accept", "application/json;odata=x")
        .unwrap();
    bounded(client(&server).with(options).send(get()))
        .await
        .unwrap();
    let received = server.received();
    assert_eq!(received.len(), 3);
    for request in received {
        assert_eq!(header(&request, "x-ms-client-request-id"), "id-7");
        assert_eq!(header(&request, "x-extra"), "1");
        assert_eq!(header(&request, "accept"), "application/json;odata=x");
        assert_eq!(request.headers.get_all("accept").iter().count(), 1);
    }
}

#[tokio::test]
async fn each_call_has_a_request_id_of_its_own() {
    let server = vault_with([ok(&secret())]);
    let client = client(&server);
    bounded(client.send(get())).await.unwrap();
    bounded(client.send(get())).await.unwrap();
    let received = server.received();
    let ids: Vec<_> = received
        .iter()
        .map(|request| header(request, "x-ms-client-request-id"))
        .collect();
    assert!(
        ids[0].len() == 36 && ids[0] == ids[1] && ids[1] != ids[2],
        "{ids:?}"
    );
}

#[tokio::test]
async fn a_call_can_ask_for_another_api_version() {
    let server = vault_with([ok(&secret())]);
    let client = client(&server);
    bounded(client.with(hasty().api_version("9.9-preview")).send(get()))
        .await
        .unwrap();
    bounded(client.send(get())).await.unwrap();
    let received = server.received();
    assert_eq!(received[1].query(), Some("api-version=9.9-preview"));
    assert_eq!(received[2].query(), Some(own_version().as_str()));
}

#[tokio::test]
async fn the_api_version_goes_with_the_options() {
    let server = vault_with([ok(&secret())]);
    let other = client(&server).with(hasty().api_version("9.9"));
    bounded(other.at(endpoint(HOST)).send(get())).await.unwrap();
    bounded(other.with(hasty()).send(get())).await.unwrap();
    let received = authorized(&server);
    assert_eq!(received[0].query(), Some("api-version=9.9"));
    assert_eq!(received[1].query(), Some(own_version().as_str()));
}

#[tokio::test]
async fn the_api_version_of_the_endpoint_stays() {
    let server = vault_with([ok(&secret())]);
    let client = client(&server).at(endpoint(HOST).with_api_version("8.8"));
    bounded(client.with(hasty()).send(get())).await.unwrap();
    bounded(client.with(hasty().api_version("9.9")).send(get()))
        .await
        .unwrap();
    let received = authorized(&server);
    assert_eq!(received[0].query(), Some("api-version=8.8"));
    assert_eq!(received[1].query(), Some("api-version=9.9"));
}

#[tokio::test]
async fn the_user_agent_names_the_application_first() {
    let server = vault_with([ok(&secret())]);
    let plain = client(&server);
    let named = built(builder(&server, Tokens::default()).application_id("my-app"));
    bounded(plain.send(get())).await.unwrap();
    bounded(named.send(get())).await.unwrap();
    let agents: Vec<_> = authorized(&server)
        .iter()
        .map(|request| header(request, "user-agent").to_owned())
        .collect();
    assert!(agents[0].starts_with("keyvault-rest/"));
    assert_eq!(agents[1], format!("my-app {}", agents[0]));
}

#[tokio::test]
async fn an_application_id_that_cannot_be_sent_is_refused() {
    let server = vault_with([ok(&secret())]);
    for id in [
        "",
        "two words",
        "a\r\nb",
        "an-id-of-more-than-24-characters",
    ] {
        let builder = builder(&server, Tokens::default()).application_id(id);
        assert!(matches!(builder.build(), Err(Error::Options(_))), "{id}");
    }
}

#[tokio::test]
async fn a_response_tells_status_headers_and_request_id() {
    let answer = ok(&secret()).header("x-ms-request-id", "id-1");
    let server = vault_with([answer.header("x-ms-keyvault-region", "westus")]);
    let response = bounded(client(&server).send(get())).await.unwrap();
    assert_eq!(response.status().as_u16(), 200);
    assert_eq!(response.request_id(), Some("id-1"));
    assert_eq!(response.headers()["x-ms-keyvault-region"], "westus");
    assert_no_secret(&response);
}

#[tokio::test]
async fn any_request_can_be_sent_with_token_and_tries() {
    let server = vault_with([
        Answer::new(429),
        Answer::new(418).header("x-a", "b").body("short"),
    ]);
    let request = Request::post("/new/thing?x=1&api-version=1")
        .header("content-type", "text/plain")
        .body(SECRET.into())
        .unwrap();
    let response = bounded(client(&server).send_request(request))
        .await
        .unwrap();
    assert_eq!(response.status().as_u16(), 418);
    assert_eq!(
        (&response.headers()["x-a"], &response.body()[..]),
        (&"b".parse().unwrap(), &b"short"[..])
    );
    let sent = authorized(&server);
    assert_eq!(sent.len(), 2);
    assert_eq!(sent[1].target, "/new/thing?x=1&api-version=1");
    assert_eq!(sent[1].body, SECRET.as_bytes());
    assert_eq!(header(&sent[1], "content-type"), "text/plain");
}

#[tokio::test]
async fn a_request_by_hand_may_hold_no_token_of_another() {
    let server = vault_with([ok(&secret())]);
    let request = Request::get(format!("https://{HOST}/secrets/one"))
        .header("authorization", "Bearer canary-of-somebody-else")
        .body(Vec::new())
        .unwrap();
    bounded(client(&server).send_request(request))
        .await
        .unwrap();
    let received = server.received();
    let sent: Vec<_> = received
        .iter()
        .map(|request| header(request, "authorization"))
        .collect();
    assert_eq!(sent, ["", &bearer(1)]);
}

#[tokio::test]
async fn a_wrong_argument_is_found_before_anything_is_sent() {
    let server = vault_with([ok(&secret())]);
    let error =
        failed(client(&server).send(keyvault_rest::secrets::GetSecret::new("../keys"))).await;
    assert!(matches!(error, Error::Build(_)), "{error:?}");
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn no_time_at_all_is_a_timeout() {
    let server = vault_with([ok(&secret())]);
    let client = client(&server).with(hasty().timeout(Duration::ZERO));
    assert_eq!(
        unanswered(client.send(get())).await,
        TransportErrorKind::Timeout
    );
    assert_eq!(server.connections(), 0);
}
