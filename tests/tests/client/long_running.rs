//! Long-running operations, to whatever end they come.

use crate::support::*;
use futures_core::Stream;
use keyvault_loopback::{Answer, Received, Server};
use keyvault_rest::Error;
use keyvault_rest::backup::models::{FullBackupOperation, OperationStatus, SASTokenParameter};
use keyvault_rest::backup::{FullBackup, PreFullBackup};
use keyvault_rest::certificates::CreateCertificate;
use keyvault_rest::certificates::models::{CertificateCreateParameters, CertificateOperation};
use keyvault_rest::runtime::{
    LinkKind, LongRunningError, LongRunningErrorKind, RefusedError, ResumeToken,
};
use serde_json::{Value, json};
use std::future::poll_fn;
use std::pin::Pin;
use std::time::{Duration, Instant};

const PENDING: &str = "/backup/job-1/pending";

fn backup() -> FullBackup {
    FullBackup::new(SASTokenParameter::new("https://account.blob.core.windows.net/c").token(SECRET))
}

fn certificate() -> CreateCertificate {
    CreateCertificate::new("one", CertificateCreateParameters::default())
}

fn state(status: &str) -> Value {
    json!({"status": status, "jobId": "job-1", "startTime": 1_622_162_342, "endTime": null})
}

/// The first answer, with the URL of the state in this header.
fn accepted(header: &str, url: &str, body: &Value) -> Answer {
    Answer::new(202).json(body).header(header, url)
}

fn backup_begun() -> Answer {
    let url = format!("https://{HOST}{PENDING}");
    accepted("azure-asyncoperation", &url, &state("InProgress"))
}

/// A vault that begins a backup, and then answers in turn.
fn vault_of_backup(answers: impl Into<Vec<Answer>> + 'static) -> Server {
    let polls = in_turn(answers);
    vault(move |request| match request.method.as_str() {
        "POST" => backup_begun(),
        _ => polls(request),
    })
}

async fn long_running<T>(work: impl Future<Output = Result<T, Error>>) -> LongRunningError {
    match failed(work).await {
        Error::LongRunning(error) => error,
        other => panic!("not long-running, but {other:?}"),
    }
}

fn polls(server: &Server) -> Vec<Received> {
    let mut received = authorized(server);
    received.retain(|request| request.method == "GET");
    received
}

#[tokio::test]
async fn a_backup_is_followed_to_its_end() {
    let server = vault_of_backup([ok(&state("InProgress")), ok(&state("Succeeded"))]);
    let mut poller = bounded(client(&server).poller(backup())).await.unwrap();
    assert_eq!(poller.progress().unwrap().state(), Some("InProgress"));
    let result = bounded(poller.wait()).await.unwrap();
    assert_eq!(result.body().status, Some(OperationStatus::Succeeded));
    assert!(poller.is_over());
    let polls = polls(&server);
    assert_eq!(polls.len(), 2);
    assert!(polls.iter().all(|poll| poll.path() == PENDING));
    assert!(polls[0].query().unwrap().starts_with("api-version="));
}

#[tokio::test]
async fn progress_is_told_answer_by_answer() {
    let server = vault_of_backup([ok(&state("InProgress")), ok(&state("Succeeded"))]);
    let mut poller = bounded(client(&server).poller(backup())).await.unwrap();
    let mut states = Vec::new();
    while let Some(progress) = bounded(poller.next()).await {
        let progress = progress.unwrap();
        let model: FullBackupOperation = progress.read().unwrap();
        assert_eq!(model.job_id.as_deref(), Some("job-1"));
        states.push(progress.state().unwrap().to_owned());
    }
    assert_eq!(states, ["InProgress", "Succeeded"]);
    assert!(bounded(poller.next()).await.is_none());
    bounded(poller.wait()).await.unwrap();
}

#[tokio::test]
async fn a_poller_is_a_stream() {
    let server = vault_of_backup([ok(&state("InProgress")), ok(&state("Succeeded"))]);
    let poller = bounded(client(&server).poller(backup())).await.unwrap();
    let states = bounded(collect(poller)).await;
    assert_eq!(states, ["InProgress", "Succeeded"]);
}

async fn collect(
    mut stream: impl Stream<Item = Result<keyvault_rest::client::Progress, Error>> + Unpin,
) -> Vec<String> {
    let mut states = Vec::new();
    while let Some(progress) = poll_fn(|cx| Pin::new(&mut stream).poll_next(cx)).await {
        states.push(progress.unwrap().state().unwrap().to_owned());
    }
    states
}

#[tokio::test]
async fn a_failure_with_status_200_is_a_failure() {
    let body =
        json!({"status": "Failed", "error": {"code": "BackupFailed", "message": "no\nroom"}});
    let server = vault_of_backup([ok(&body)]);
    let mut poller = bounded(client(&server).poller(backup())).await.unwrap();
    let error = long_running(poller.wait()).await;
    assert_eq!(
        (error.kind(), error.operation(), error.state()),
        (LongRunningErrorKind::Failed, "FullBackup", Some("Failed"))
    );
    let answer = error.answer();
    assert_eq!(
        (answer.status().as_u16(), answer.code()),
        (200, Some("BackupFailed"))
    );
}

#[tokio::test]
async fn an_operation_that_never_ends_is_waited_for_no_longer_than_told() {
    let server = vault_of_backup([Answer::new(202).json(&state("InProgress"))]);
    let client = client(&server).with(hasty().wait_at_most(MILLISECOND * 100));
    let mut poller = bounded(client.poller(backup())).await.unwrap();
    let error = long_running(poller.wait()).await;
    assert_eq!(error.kind(), LongRunningErrorKind::StillRunning);
    assert!(polls(&server).len() > 1 && !poller.is_over());
}

#[tokio::test]
async fn a_wait_that_would_last_too_long_is_not_begun() {
    let year = backup_begun().header("retry-after", "31536000");
    let server = vault_with([year]);
    let client = client(&server).with(hasty().wait_at_most(Duration::from_secs(1)));
    let mut poller = bounded(client.poller(backup())).await.unwrap();
    let begun = Instant::now();
    let error = long_running(poller.wait()).await;
    assert_eq!(error.kind(), LongRunningErrorKind::StillRunning);
    assert!(begun.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn the_service_says_how_long_to_wait_but_not_for_how_long_at_most() {
    let server = vault_of_backup([
        ok(&state("InProgress")).header("retry-after", "31536000"),
        ok(&state("Succeeded")),
    ]);
    let client = client(&server).with(hasty().longest_poll_interval(MILLISECOND * 50));
    let mut poller = bounded(client.poller(backup())).await.unwrap();
    let begun = Instant::now();
    bounded(poller.wait()).await.unwrap();
    assert!(begun.elapsed() >= MILLISECOND * 50);
}

#[tokio::test]
async fn a_poll_that_fails_for_a_while_is_repeated() {
    let server = vault_of_backup([
        Answer::new(503),
        ok(&state("InProgress")),
        Answer::new(429),
        ok(&state("Succeeded")),
    ]);
    let mut poller = bounded(client(&server).poller(backup())).await.unwrap();
    bounded(poller.wait()).await.unwrap();
    assert_eq!(polls(&server).len(), 4);
}

#[tokio::test]
async fn waiting_can_go_on_after_an_error() {
    let server = vault_of_backup([Answer::new(403), ok(&state("Succeeded"))]);
    let mut poller = bounded(client(&server).poller(backup())).await.unwrap();
    let error = service(poller.wait()).await;
    assert!(error.is_forbidden());
    bounded(poller.wait()).await.unwrap();
}

#[tokio::test]
async fn an_operation_that_the_service_refuses_has_no_poller() {
    let server = vault_with([Answer::new(403)]);
    let error = service(client(&server).poller(backup())).await;
    assert!(error.is_forbidden());
}

#[tokio::test]
async fn a_first_answer_is_not_asked_for_twice() {
    let server = vault_with([backup_begun().deliver(keyvault_loopback::Delivery::ResetBefore)]);
    let kind = unanswered(client(&server).poller(backup())).await;
    assert_eq!(kind, keyvault_rest::runtime::TransportErrorKind::Broken);
    assert_eq!(authorized(&server).len(), 1);
}

#[tokio::test]
async fn the_url_of_the_state_may_not_lead_elsewhere() {
    let url = format!("https://{EVIL}{PENDING}?{SKIP_TOKEN}");
    for header in ["azure-asyncoperation", "operation-location", "location"] {
        let evil = evil();
        let server = vault_with([accepted(header, &url, &state("InProgress"))]);
        let client = client_of_both(&server, &evil, &Tokens::default());
        let expected = RefusedError::ForeignLink {
            kind: LinkKind::Status,
            origin: Some(format!("https://{EVIL}")),
        };
        assert_eq!(refused(client.poller(backup())).await, expected, "{header}");
        assert_eq!(refused(client.poller(certificate())).await, expected);
        assert_eq!(authorized(&server).len(), 2);
        assert_untouched(&evil);
    }
}

#[tokio::test]
async fn the_url_of_the_state_may_not_move_elsewhere() {
    let evil = evil();
    let moved = ok(&state("InProgress")).header(
        "azure-asyncoperation",
        format!("https://{EVIL}{PENDING}?{SKIP_TOKEN}"),
    );
    let server = vault_of_backup([moved]);
    let client = client_of_both(&server, &evil, &Tokens::default());
    let mut poller = bounded(client.poller(backup())).await.unwrap();
    let error = refused(poller.wait()).await;
    assert!(matches!(
        error,
        RefusedError::ForeignLink {
            kind: LinkKind::Status,
            ..
        }
    ));
    assert_untouched(&evil);
}

#[tokio::test]
async fn an_operation_without_a_url_of_its_state_is_refused() {
    let server = vault_with([Answer::new(202).json(&state("InProgress"))]);
    let error = refused(client(&server).poller(backup())).await;
    assert_eq!(error, RefusedError::NoStatusUrl);
}

/// A vault that makes a certificate with this outcome.
fn vault_of_certificate(last: Value) -> Server {
    let pending = format!("https://{HOST}/certificates/one/pending?request_id=1");
    let first = accepted(
        "location",
        &pending,
        &json!({"status": "inProgress", "issuer": {"name": "Self"}}),
    );
    vault(
        move |request| match (request.method.as_str(), request.path()) {
            ("POST", _) => first.clone(),
            (_, "/certificates/one/pending") => ok(&last),
            _ => ok(&json!({"id": format!("https://{HOST}/certificates/one/1")})),
        },
    )
}

#[tokio::test]
async fn a_certificate_is_fetched_where_the_last_answer_says() {
    let target = format!("https://{HOST}/certificates/one");
    let server = vault_of_certificate(json!({"status": "completed", "target": target}));
    let mut poller = bounded(client(&server).poller(certificate()))
        .await
        .unwrap();
    let result = bounded(poller.wait()).await.unwrap();
    assert!(
        result
            .body()
            .id
            .as_deref()
            .unwrap()
            .ends_with("/certificates/one/1")
    );
    let last = authorized(&server).pop().unwrap();
    assert_eq!(last.path(), "/certificates/one");
    assert!(last.query().unwrap().starts_with("api-version="));
}

#[tokio::test]
async fn a_certificate_elsewhere_is_not_fetched() {
    let (evil, target) = (
        evil(),
        format!("https://{EVIL}/certificates/one?{SKIP_TOKEN}"),
    );
    let server = vault_of_certificate(json!({"status": "completed", "target": target}));
    let client = client_of_both(&server, &evil, &Tokens::default());
    let mut poller = bounded(client.poller(certificate())).await.unwrap();
    let expected = RefusedError::ForeignLink {
        kind: LinkKind::Result,
        origin: Some(format!("https://{EVIL}")),
    };
    assert_eq!(refused(poller.wait()).await, expected);
    assert_untouched(&evil);
}

#[tokio::test]
async fn a_certificate_without_its_url_is_refused() {
    let server = vault_of_certificate(json!({"status": "completed", "target": null}));
    let mut poller = bounded(client(&server).poller(certificate()))
        .await
        .unwrap();
    let expected = RefusedError::NoResultUrl { member: "target" };
    assert_eq!(refused(poller.wait()).await, expected);
}

#[tokio::test]
async fn a_certificate_that_waits_for_its_merge_is_not_waited_for() {
    let body = json!({"status": "inProgress", "issuer": {"name": "Unknown"}});
    let server = vault_of_certificate(body);
    let mut poller = bounded(client(&server).poller(certificate()))
        .await
        .unwrap();
    let error = long_running(poller.wait()).await;
    assert_eq!(error.kind(), LongRunningErrorKind::Paused);
    let progress = poller.progress().unwrap();
    let operation: CertificateOperation = progress.read().unwrap();
    assert_eq!(operation.status.as_deref(), Some("inProgress"));
}

#[tokio::test]
async fn another_client_goes_on_from_a_resume_token() {
    let server = vault_of_backup([ok(&state("InProgress")), ok(&state("Succeeded"))]);
    let mut poller = bounded(client(&server).poller(backup())).await.unwrap();
    bounded(poller.next()).await.unwrap().unwrap();
    let saved = poller.resume_token().unwrap().as_str().to_owned();
    drop(poller);
    let token: ResumeToken = saved.parse().unwrap();
    let mut poller = client(&server).resume::<FullBackup>(&token).unwrap();
    assert!(!poller.is_over());
    let result = bounded(poller.wait()).await.unwrap();
    assert_eq!(result.body().status, Some(OperationStatus::Succeeded));
    assert_eq!(polls(&server).len(), 2);
}

#[tokio::test]
async fn a_resume_token_of_another_operation_or_origin_is_refused() {
    let server = vault_of_backup([ok(&state("Succeeded"))]);
    let client = client(&server);
    let token = bounded(client.poller(backup()))
        .await
        .unwrap()
        .resume_token()
        .unwrap();
    let before = server.received().len();
    let other = refused(async { client.resume::<PreFullBackup>(&token).map(drop) }).await;
    assert!(matches!(other, RefusedError::ResumeToken { .. }));
    let elsewhere = client.at(endpoint(EVIL));
    let other = refused(async { elsewhere.resume::<FullBackup>(&token).map(drop) }).await;
    assert!(matches!(other, RefusedError::ForeignLink { .. }));
    let garbage: ResumeToken = "canary-token".parse().unwrap();
    let other = refused(async { client.resume::<FullBackup>(&garbage).map(drop) }).await;
    assert!(matches!(other, RefusedError::ResumeToken { .. }));
    assert_eq!(server.received().len(), before);
}

#[tokio::test]
async fn a_dropped_poller_asks_no_more() {
    let server = vault_of_backup([ok(&state("InProgress"))]);
    let mut poller = bounded(client(&server).poller(backup())).await.unwrap();
    bounded(poller.next()).await.unwrap().unwrap();
    let waiting = tokio::time::timeout(MILLISECOND, poller.wait()).await;
    assert!(waiting.is_err());
    drop(poller);
    let before = polls(&server).len();
    tokio::time::sleep(MILLISECOND * 60).await;
    assert!(
        polls(&server).len() <= before + 1,
        "one may have been on its way"
    );
    let now = polls(&server).len();
    tokio::time::sleep(MILLISECOND * 60).await;
    assert_eq!(polls(&server).len(), now);
}

#[tokio::test]
async fn a_wait_that_was_given_up_can_be_taken_up_again() {
    let slow = ok(&state("Succeeded")).delay(MILLISECOND * 100);
    let server = vault_of_backup([slow]);
    let mut poller = bounded(client(&server).poller(backup())).await.unwrap();
    let hasty = tokio::time::timeout(MILLISECOND * 40, poller.wait()).await;
    assert!(hasty.is_err());
    bounded(poller.wait()).await.unwrap();
    assert_eq!(polls(&server).len(), 1);
}

#[tokio::test]
async fn progress_is_shown_without_the_body() {
    let body = json!({"status": "InProgress", "statusDetails": SECRET});
    let server = vault_of_backup([ok(&body)]);
    let mut poller = bounded(client(&server).poller(backup())).await.unwrap();
    let progress = bounded(poller.next()).await.unwrap().unwrap();
    assert_no_secret(&progress);
    assert_no_secret(&poller.resume_token());
}
