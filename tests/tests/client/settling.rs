//! Effects that show some time after the response.

use crate::support::*;
use keyvault_loopback::{Answer, Server};
use keyvault_rest::Error;
use keyvault_rest::runtime::LongRunningErrorKind;
use keyvault_rest::secrets::{DeleteSecret, GetDeletedSecret, RecoverDeletedSecret};
use serde_json::json;

fn paths(server: &Server) -> Vec<String> {
    let requests = authorized(server);
    requests
        .iter()
        .map(|request| format!("{} {}", request.method, request.path()))
        .collect()
}

#[tokio::test]
async fn a_deletion_is_over_once_the_deleted_secret_is_found() {
    let server = vault_with([
        ok(&json!({"recoveryId": "r"})),
        Answer::new(404),
        Answer::new(404),
        ok(&secret()),
    ]);
    let response = bounded(client(&server).send_and_settle(DeleteSecret::new("one"))).await;
    assert_eq!(response.unwrap().body().recovery_id.as_deref(), Some("r"));
    let find = "GET /deletedsecrets/one";
    assert_eq!(paths(&server), ["DELETE /secrets/one", find, find, find]);
}

#[tokio::test]
async fn who_may_not_read_learns_as_much_from_being_refused() {
    let server = vault_with([ok(&secret()), Answer::new(404), Answer::new(403)]);
    let client = client(&server);
    let sent = client.send_and_settle(RecoverDeletedSecret::new("one"));
    bounded(sent).await.unwrap();
    assert_eq!(
        paths(&server)[1..],
        ["GET /secrets/one", "GET /secrets/one"]
    );
}

#[tokio::test]
async fn a_deletion_that_is_refused_is_not_waited_for() {
    let server = vault_with([Answer::new(403)]);
    let client = client(&server);
    let sent = client.send_and_settle(DeleteSecret::new("one"));
    assert!(service(sent).await.is_forbidden());
    assert_eq!(authorized(&server).len(), 1);
}

#[tokio::test]
async fn what_is_waited_for_is_handed_over() {
    let server = vault_with([Answer::new(404), ok(&secret())]);
    let found = bounded(client(&server).wait_until_found(get()))
        .await
        .unwrap();
    assert_eq!(
        found.unwrap().body().value.as_ref().unwrap().expose(),
        SECRET
    );
    let server = vault_with([Answer::new(403)]);
    assert!(
        bounded(client(&server).wait_until_found(get()))
            .await
            .unwrap()
            .is_none()
    );
}

#[tokio::test]
async fn a_secret_is_gone_once_it_is_not_found() {
    let server = vault_with([ok(&secret()), Answer::new(403), Answer::new(404)]);
    let probe = GetDeletedSecret::new("one");
    bounded(client(&server).wait_until_gone(probe))
        .await
        .unwrap();
    assert_eq!(authorized(&server).len(), 3);
}

#[tokio::test]
async fn a_name_is_taken_once_it_is_free() {
    let server = vault_with([
        error(409, "ObjectIsBeingDeleted"),
        error(409, "ObjectIsDeletedButRecoverable"),
        ok(&secret()),
    ]);
    bounded(client(&server).send_once_free(set()))
        .await
        .unwrap();
    assert_eq!(authorized(&server).len(), 3);
    let first = authorized(&server);
    assert!(first.iter().all(|request| request.body == first[0].body));
}

#[tokio::test]
async fn another_conflict_is_an_error() {
    let server = vault_with([error(409, "Other")]);
    let error = service(client(&server).send_once_free(set())).await;
    assert!(error.is_conflict() && !error.is_conflict_soft_deleted());
    assert_eq!(authorized(&server).len(), 1);
}

#[tokio::test]
async fn an_effect_that_never_shows_is_waited_for_no_longer_than_told() {
    let server = vault_with([Answer::new(404)]);
    let client = client(&server).with(hasty().wait_at_most(MILLISECOND * 100));
    let error = failed(client.wait_until_found(get())).await;
    let Error::LongRunning(error) = error else {
        panic!("{error:?}")
    };
    assert_eq!(error.kind(), LongRunningErrorKind::StillRunning);
    assert_eq!(error.operation(), "GetSecret");
    assert!(error.answer().is_not_found());
    assert!(authorized(&server).len() > 1);
}

#[tokio::test]
async fn a_name_that_never_becomes_free_is_waited_for_no_longer_than_told() {
    let server = vault_with([error(409, "ObjectIsBeingDeleted")]);
    let client = client(&server).with(hasty().wait_at_most(MILLISECOND * 100));
    let error = failed(client.send_once_free(set())).await;
    assert!(error.is_conflict_soft_deleted(), "{error:?}");
}
