//! Services that lead the client elsewhere, or ask for what they must not get.

use crate::support::*;
use keyvault_loopback::{Answer, Server};
use keyvault_rest::runtime::{LinkKind, RefusedError};

const FOREIGN: &str =
    r#"Bearer authorization="https://login.windows.net/tenant-1", resource="https://evil.example""#;

#[tokio::test]
async fn a_challenge_for_another_resource_gets_neither_token_nor_body() {
    let (server, evil, tokens) = (server(|_| challenge(FOREIGN)), evil(), Tokens::default());
    let client = client_of_both(&server, &evil, &tokens);
    let expected = RefusedError::UnverifiedResource {
        resource: EVIL.to_owned(),
        host: HOST.to_owned(),
    };
    assert_eq!(refused(client.send(set())).await, expected);
    assert_eq!((server.received().len(), tokens.count()), (1, 0));
    assert_bare(&server);
    assert_untouched(&evil);
}

#[tokio::test]
async fn a_later_challenge_for_another_resource_is_not_followed_either() {
    let tokens = Tokens::default();
    let server = vault_with([ok(&secret()), challenge(FOREIGN)]);
    let client = client_with(&server, &tokens);
    bounded(client.send(get())).await.unwrap();
    let error = refused(client.send(set())).await;
    assert!(matches!(error, RefusedError::UnverifiedResource { .. }));
    assert_eq!((authorized(&server).len(), tokens.count()), (2, 1));
}

#[tokio::test]
async fn a_malformed_challenge_is_refused() {
    for text in [
        r#"Bearer resource="http://vault.azure.net""#,
        r#"Bearer scope="vault""#,
        r#"Bearer authorization="ftp://x/t", resource="https://vault.azure.net""#,
        r#"Bearer resource="https://vault.azure.net", claims="%%""#,
    ] {
        let (server, tokens) = (server(|_| challenge(text)), Tokens::default());
        let error = refused(client_with(&server, &tokens).send(set())).await;
        assert!(
            matches!(error, RefusedError::MalformedChallenge { .. }),
            "{text}: {error}"
        );
        assert_eq!((server.received().len(), tokens.count()), (1, 0), "{text}");
        assert_bare(&server);
    }
}

#[tokio::test]
async fn a_refusal_without_a_challenge_is_the_error_of_the_service() {
    for text in ["Basic realm=\"x\"", "Bearer", "\"=,,=\""] {
        let (server, tokens) = (server(|_| challenge(text)), Tokens::default());
        let error = service(client_with(&server, &tokens).send(set())).await;
        assert!(error.is_unauthorized(), "{text}");
        assert_eq!((server.received().len(), tokens.count()), (1, 0), "{text}");
        assert_bare(&server);
    }
}

#[tokio::test]
async fn a_request_that_is_carried_out_without_its_body_is_no_success() {
    let (server, tokens) = (server(|_| ok(&secret())), Tokens::default());
    let error = refused(client_with(&server, &tokens).send(set())).await;
    assert_eq!(error, RefusedError::Unchallenged);
    assert_eq!((server.received().len(), tokens.count()), (1, 0));
    assert_bare(&server);
}

#[tokio::test]
async fn no_redirect_is_followed() {
    for status in [301, 302, 303, 307, 308] {
        let evil = evil();
        let server = vault(move |_| {
            Answer::new(status).header("location", format!("https://{EVIL}/x?{SKIP_TOKEN}"))
        });
        let client = client_of_both(&server, &evil, &Tokens::default());
        let expected = RefusedError::Redirect { status };
        assert_eq!(refused(client.send(get())).await, expected);
        assert_eq!(refused(client.send(set())).await, expected);
        assert_eq!(authorized(&server).len(), 2);
        assert_untouched(&evil);
    }
}

#[tokio::test]
async fn a_redirect_instead_of_a_challenge_is_not_followed() {
    let (evil, tokens) = (evil(), Tokens::default());
    let server =
        server(|_| Answer::new(307).header("location", format!("https://{EVIL}/secrets/one")));
    let client = client_of_both(&server, &evil, &tokens);
    let expected = RefusedError::Redirect { status: 307 };
    assert_eq!(refused(client.send(set())).await, expected);
    assert_bare(&server);
    assert_untouched(&evil);
}

#[tokio::test]
async fn a_request_by_hand_cannot_go_elsewhere() {
    let (server, evil) = (vault_with([ok(&secret())]), evil());
    let client = client_of_both(&server, &evil, &Tokens::default());
    let request = http_get(&format!("https://{EVIL}/secrets/one?{SKIP_TOKEN}"));
    let expected = RefusedError::ForeignLink {
        kind: LinkKind::Given,
        origin: Some(format!("https://{EVIL}")),
    };
    assert_eq!(refused(client.send_request(request)).await, expected);
    assert_eq!(server.connections(), 0);
    assert_untouched(&evil);
}

#[tokio::test]
async fn a_host_of_the_same_suffix_gets_no_token_of_another_cloud() {
    let server = Server::start(&["evilvault.azure.net"], |_| challenge(CHALLENGE)).unwrap();
    let tokens = Tokens::default();
    let client = builder(&server, tokens.clone()).resolve("evilvault.azure.net", server.address());
    let client = built(client).at(endpoint("evilvault.azure.net"));
    let error = refused(client.send(set())).await;
    assert!(matches!(error, RefusedError::UnverifiedResource { .. }));
    assert_eq!(tokens.count(), 0);
    assert_bare(&server);
}
