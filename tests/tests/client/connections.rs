//! Connections that break, and connections that must not come about.

use crate::support::*;
use keyvault_loopback::{Answer, Delivery, Server};
use keyvault_rest::runtime::TransportErrorKind;

/// Ways for an answer to get lost.
fn losses() -> [Delivery; 4] {
    [
        Delivery::CloseBefore,
        Delivery::ResetBefore,
        Delivery::Truncate { after: 5 },
        Delivery::Reset { after: 5 },
    ]
}

fn lost(delivery: &Delivery) -> Answer {
    ok(&secret()).deliver(delivery.clone())
}

#[tokio::test]
async fn a_harmless_request_whose_answer_gets_lost_is_repeated() {
    for delivery in losses() {
        let server = vault_with([lost(&delivery), lost(&delivery), ok(&secret())]);
        let response = bounded(client(&server).send(get())).await.unwrap();
        assert_eq!(response.body().value.as_ref().unwrap().expose(), SECRET);
        assert_eq!(authorized(&server).len(), 3, "{delivery:?}");
    }
}

#[tokio::test]
async fn a_harmless_request_is_not_repeated_for_ever() {
    for delivery in losses() {
        let server = vault_with([lost(&delivery)]);
        let kind = unanswered(client(&server).send(get())).await;
        assert_eq!(kind, TransportErrorKind::Broken, "{delivery:?}");
        assert_eq!(authorized(&server).len(), 4, "{delivery:?}");
    }
}

#[tokio::test]
async fn a_request_that_may_have_been_carried_out_is_not_repeated() {
    for delivery in losses() {
        let server = vault_with([lost(&delivery), ok(&secret())]);
        let kind = unanswered(client(&server).send(set())).await;
        assert_eq!(kind, TransportErrorKind::Broken, "{delivery:?}");
        assert_eq!(authorized(&server).len(), 1, "{delivery:?}");
    }
}

#[tokio::test]
async fn a_challenge_that_gets_lost_is_asked_for_again_if_that_is_harmless() {
    let first = std::sync::atomic::AtomicBool::new(true);
    let server = server(move |request| match request.headers.get("authorization") {
        Some(_) => ok(&secret()),
        None if first.swap(false, std::sync::atomic::Ordering::SeqCst) => {
            challenge(CHALLENGE).deliver(Delivery::ResetBefore)
        }
        None => challenge(CHALLENGE),
    });
    bounded(client(&server).send(get())).await.unwrap();
    assert_eq!(server.received().len(), 3);
}

#[tokio::test]
async fn an_untrusted_certificate_gets_no_request() {
    let server = vault_with([ok(&secret())]);
    let client = keyvault_rest::Client::builder(endpoint(HOST), Tokens::default());
    let client = built(client.resolve(HOST, server.address()).options(hasty()));
    let kind = unanswered(client.send(set())).await;
    assert_eq!(kind, TransportErrorKind::Connect);
    assert_eq!((server.received().len(), server.connections()), (0, 4));
}

#[tokio::test]
async fn a_certificate_of_another_host_gets_no_request() {
    let server = Server::start(&["other.vault.azure.net"], |_| ok(&secret())).unwrap();
    let kind = unanswered(client(&server).send(set())).await;
    assert_eq!(kind, TransportErrorKind::Connect);
    assert_eq!((server.received().len(), server.connections()), (0, 4));
}

#[tokio::test]
async fn nobody_at_the_address_is_no_connection() {
    let server = vault_with([ok(&secret())]);
    let client = client(&server);
    drop(server);
    let kind = unanswered(client.send(set())).await;
    assert_eq!(kind, TransportErrorKind::Connect);
}

#[tokio::test]
async fn a_connection_that_was_closed_in_between_costs_no_call() {
    let server = vault_with([ok(&secret()).header("connection", "close")]);
    let client = client(&server);
    for _ in 0..5 {
        bounded(client.send(set())).await.unwrap();
    }
    assert_eq!(authorized(&server).len(), 5);
}

#[tokio::test]
async fn calls_share_a_connection() {
    let server = vault_with([ok(&secret())]);
    let client = client(&server);
    for _ in 0..5 {
        bounded(client.clone().send(get())).await.unwrap();
    }
    assert_eq!(server.connections(), 1);
}
