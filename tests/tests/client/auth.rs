//! The bearer challenge: what goes out before and after it.

use crate::support::*;
use keyvault_loopback::{Answer, Received, Server};
use keyvault_rest::Endpoint;
use keyvault_rest::management::vaults;
use keyvault_rest::runtime::{AuthPolicy, Cloud, RefusedError, TokenRequest};
use serde_json::json;
use std::time::Duration;

const MOVED: &str = r#"Bearer authorization="https://login.windows.net/tenant-2", resource="https://vault.azure.net""#;
/// The claims are `{"a":1}`.
const CLAIMS: &str = r#"Bearer authorization="https://login.windows.net/tenant-1", error="insufficient_claims", claims="eyJhIjoxfQ==""#;
const SCOPE: &str = "https://vault.azure.net/.default";

fn lacks_body(request: &Received) -> bool {
    let length = header(request, "content-length");
    request.body.is_empty()
        && matches!(length, "" | "0")
        && !request.headers.contains_key("content-type")
        && !request.headers.contains_key("transfer-encoding")
}

#[tokio::test]
async fn the_first_request_holds_nothing_back_but_token_and_body() {
    let (server, tokens) = (vault_with([ok(&secret())]), Tokens::default());
    bounded(client_with(&server, &tokens).send(set()))
        .await
        .unwrap();
    let [probe, replay] = &server.received()[..] else {
        panic!("not two requests")
    };
    assert!(lacks_body(probe) && !probe.headers.contains_key("authorization"));
    assert_eq!(
        (&probe.method, &probe.target),
        (&replay.method, &replay.target)
    );
    assert_eq!(probe.host, HOST);
    for name in ["accept", "user-agent", "x-ms-client-request-id"] {
        assert_eq!(header(probe, name), header(replay, name), "{name}");
        assert!(!header(probe, name).is_empty(), "{name}");
    }
    assert_eq!(header(replay, "authorization"), bearer(1));
    assert_eq!(header(replay, "content-type"), "application/json");
    assert_eq!(replay.body, json!({"value": SECRET}).to_string().as_bytes());
}

#[tokio::test]
async fn the_challenge_says_scope_and_tenant() {
    let (server, tokens) = (vault_with([ok(&secret())]), Tokens::default());
    bounded(client_with(&server, &tokens).send(get()))
        .await
        .unwrap();
    assert_eq!(
        tokens.asked(),
        [TokenRequest::new(SCOPE).tenant("tenant-1")]
    );
}

#[tokio::test]
async fn only_the_first_request_asks_what_token_is_wanted() {
    let (server, tokens) = (vault_with([ok(&secret())]), Tokens::default());
    let client = client_with(&server, &tokens);
    bounded(client.send(get())).await.unwrap();
    bounded(client.send(set())).await.unwrap();
    bounded(client.clone().send(get())).await.unwrap();
    assert_eq!((server.received().len(), authorized(&server).len()), (4, 3));
    assert_eq!(tokens.count(), 1);
}

#[tokio::test]
async fn a_stated_scope_saves_the_first_request() {
    let (server, tokens) = (vault_with([ok(&secret())]), Tokens::default());
    let stated = AuthPolicy::stated(TokenRequest::new(SCOPE));
    let client = built(builder(&server, tokens.clone()).auth(stated));
    bounded(client.send(set())).await.unwrap();
    assert_eq!((server.received().len(), authorized(&server).len()), (1, 1));
    assert_eq!(tokens.asked(), [TokenRequest::new(SCOPE)]);
}

#[tokio::test]
async fn a_host_of_another_name_is_believed_only_when_told_so() {
    let (server, tokens) = (vault_with([ok(&secret())]), Tokens::default());
    let at = |auth| {
        let host = "secrets.internal.example";
        let mine = Server::start(&[host], |request| {
            match request.headers.get("authorization") {
                Some(_) => ok(&secret()),
                None => challenge(CHALLENGE),
            }
        })
        .unwrap();
        let builder = builder(&server, tokens.clone()).root_certificate(mine.certificate());
        let client = built(builder.resolve(host, mine.address()).auth(auth));
        (client.at(endpoint(host)), mine)
    };
    let (client, mine) = at(AuthPolicy::challenge());
    let error = refused(client.send(set())).await;
    assert!(matches!(error, RefusedError::UnverifiedResource { .. }));
    assert_bare(&mine);
    let (client, mine) = at(AuthPolicy::challenge().without_resource_check());
    bounded(client.send(set())).await.unwrap();
    assert_eq!(authorized(&mine).len(), 1);
}

#[tokio::test]
async fn the_management_plane_gets_a_token_at_once() {
    let host = "management.azure.com";
    let vault =
        json!({"properties": {"tenantId": "t", "sku": {"family": "A", "name": "standard"}}});
    let server = Server::start(&[host], move |_| ok(&vault)).unwrap();
    let tokens = Tokens::default();
    let builder =
        keyvault_rest::Client::builder(Endpoint::management(Cloud::Public), tokens.clone());
    let builder = builder.root_certificate(server.certificate());
    let client = built(builder.resolve(host, server.address()).options(hasty()));
    let id = "00000000-0000-0000-0000-000000000000";
    bounded(client.send(vaults::Get::new(id, "group", "myvault")))
        .await
        .unwrap();
    assert_eq!((server.received().len(), authorized(&server).len()), (1, 1));
    let scope = "https://management.azure.com/.default";
    assert_eq!(tokens.asked(), [TokenRequest::new(scope)]);
}

#[tokio::test]
async fn another_endpoint_is_asked_anew() {
    let other = "other.vault.azure.net";
    let handler = |request: &Received| match request.headers.get("authorization") {
        Some(_) => ok(&secret()),
        None => challenge(CHALLENGE),
    };
    let server = Server::start(&[HOST, other], handler).unwrap();
    let tokens = Tokens::default();
    let client = built(builder(&server, tokens.clone()).resolve(other, server.address()));
    bounded(client.send(set())).await.unwrap();
    bounded(client.at(endpoint(other)).send(set()))
        .await
        .unwrap();
    let of_other: Vec<_> = server
        .received()
        .into_iter()
        .filter(|request| request.host == other)
        .collect();
    assert_eq!(of_other.len(), 2);
    assert!(lacks_body(&of_other[0]) && !of_other[0].headers.contains_key("authorization"));
    assert_eq!(tokens.count(), 1, "the token is the same");
}

#[tokio::test]
async fn a_service_that_is_never_pleased_is_left() {
    let (server, tokens) = (server(|_| challenge(CHALLENGE)), Tokens::default());
    let client = client_with(&server, &tokens);
    let error = service(client.send(set())).await;
    assert!(error.is_unauthorized());
    assert_eq!((server.received().len(), tokens.count()), (3, 2));
    let error = service(client.send(set())).await;
    assert!(error.is_unauthorized());
    assert!(server.received().len() <= 6 && tokens.count() <= 4);
}

#[tokio::test]
async fn a_service_that_always_wants_another_tenant_is_left() {
    let asked = std::sync::atomic::AtomicUsize::new(0);
    let server = server(move |_| {
        let tenant = asked.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        challenge(&format!(
            r#"Bearer authorization="https://login.windows.net/t{tenant}", resource="https://vault.azure.net""#
        ))
    });
    let error = service(client(&server).send(set())).await;
    assert!(error.is_unauthorized());
    assert!(server.received().len() <= 4);
}

#[tokio::test]
async fn a_token_that_was_revoked_is_replaced_once() {
    let (tokens, revoked) = (Tokens::default(), bearer(1));
    let server = server(move |request| match header(request, "authorization") {
        token if token.is_empty() || token == revoked => challenge(CHALLENGE),
        _ => ok(&secret()),
    });
    let client = client_with(&server, &tokens);
    bounded(client.send(set())).await.unwrap();
    bounded(client.send(set())).await.unwrap();
    assert_eq!((server.received().len(), tokens.count()), (4, 2));
}

#[tokio::test]
async fn a_vault_that_moved_to_another_tenant_is_followed() {
    let tokens = Tokens::default();
    let server = vault_with([ok(&secret()), challenge(MOVED), ok(&secret())]);
    let client = client_with(&server, &tokens);
    for _ in 0..3 {
        bounded(client.send(set())).await.unwrap();
    }
    let tenants: Vec<_> = tokens
        .asked()
        .iter()
        .map(|request| request.wanted_tenant().unwrap().to_owned())
        .collect();
    assert_eq!(tenants, ["tenant-1", "tenant-2"]);
    assert_eq!(authorized(&server).len(), 4);
}

#[tokio::test]
async fn claims_are_passed_on_once() {
    let tokens = Tokens::default();
    let server = vault_with([ok(&secret()), challenge(CLAIMS), ok(&secret())]);
    let client = client_with(&server, &tokens);
    for _ in 0..3 {
        bounded(client.send(set())).await.unwrap();
    }
    let [_, with_claims] = &tokens.asked()[..] else {
        panic!("not two tokens")
    };
    assert_eq!(with_claims.wanted_claims(), Some(r#"{"a":1}"#));
    assert_eq!(with_claims.wanted_scope(), SCOPE);
    let sent = authorized(&server);
    assert_eq!(sent.len(), 4);
    assert_eq!(header(&sent[3], "authorization"), bearer(2));
}

#[tokio::test]
async fn claims_that_are_never_fulfilled_are_not_asked_for_again_and_again() {
    let tokens = Tokens::default();
    let server = vault_with([challenge(CLAIMS)]);
    let error = service(client_with(&server, &tokens).send(set())).await;
    assert!(error.is_unauthorized());
    assert_eq!((authorized(&server).len(), tokens.count()), (2, 2));
}

#[tokio::test]
async fn a_token_at_hand_does_not_answer_a_first_challenge_with_claims() {
    let other = "other.vault.azure.net";
    let claims = r#"Bearer authorization="https://login.windows.net/tenant-1", resource="https://vault.azure.net", claims="eyJhIjoxfQ==""#;
    let fulfils = bearer(2);
    let server = Server::start(&[HOST, other], move |request| {
        match header(request, "authorization") {
            "" if request.host == other => challenge(claims),
            "" => challenge(CHALLENGE),
            token if request.host == other && token != fulfils => challenge(claims),
            _ => ok(&secret()),
        }
    })
    .unwrap();
    let tokens = Tokens::default();
    let client = built(builder(&server, tokens.clone()).resolve(other, server.address()));
    bounded(client.send(get())).await.unwrap();
    bounded(client.at(endpoint(other)).send(get()))
        .await
        .unwrap();
    assert_eq!(tokens.asked()[1].wanted_claims(), Some(r#"{"a":1}"#));
}

#[tokio::test]
async fn a_credential_without_a_token_is_an_error_of_its_own() {
    let tokens = Tokens::made_by(|_, _| Err(keyvault_rest::runtime::CredentialError::new("away")));
    let server = vault_with([ok(&secret())]);
    let error = failed(client_with(&server, &tokens).send(set())).await;
    let keyvault_rest::Error::Credential(error) = error else {
        panic!("{error:?}")
    };
    assert_eq!(error.to_string(), "no token: away");
    assert_bare(&server);
}

#[tokio::test]
async fn a_token_that_cannot_stand_in_a_header_is_an_error() {
    let tokens = Tokens::made_by(|_, _| {
        let expires = std::time::SystemTime::now() + Duration::from_secs(60);
        Ok(keyvault_rest::client::AccessToken::new(
            "canary-token\r\nx: y",
            expires,
        ))
    });
    let server = vault_with([ok(&secret())]);
    let error = failed(client_with(&server, &tokens).send(set())).await;
    assert!(matches!(error, keyvault_rest::Error::Credential(_)));
    assert_bare(&server);
}

#[tokio::test]
async fn an_answer_to_a_request_without_body_that_needs_no_token_is_taken() {
    let server = server(|_| Answer::new(200).json(&secret()));
    let tokens = Tokens::default();
    bounded(client_with(&server, &tokens).send(get()))
        .await
        .unwrap();
    assert_eq!((server.received().len(), tokens.count()), (1, 0));
}
