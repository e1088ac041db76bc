//! Exchanges as they were recorded, with values of our own.

use super::*;
use crate::Service;
use http::{HeaderMap, HeaderName, StatusCode};

const SERVICE: Service = Service {
    name: "test",
    api_version: "7.5",
    scopes: &[],
};
const HSM_JOB: LongRunning = LongRunning::new(Poll::AzureAsyncOperation);
const CERTIFICATE: LongRunning = LongRunning::new(Poll::Location)
    .status("status")
    .succeeded(&["completed"])
    .failed(&["cancelled"])
    .pauses("issuer.name", &["Unknown"])
    .outcome(Outcome::Linked("target"));
const CONNECTION: LongRunning =
    LongRunning::new(Poll::AzureAsyncOperation).outcome(Outcome::OriginalUri);
const VAULT: LongRunning =
    LongRunning::new(Poll::OriginalUri).status("properties.provisioningState");

/// An operation of this protocol, and what was answered to its first request.
struct Run {
    polling: Polling,
    step: PollStep,
}

type Reply<'a> = (u16, &'a [(&'static str, &'a str)], &'a str);

fn with_answer<T>((status, headers, body): Reply<'_>, take: impl FnOnce(&Answer<'_>) -> T) -> T {
    let headers = headers
        .iter()
        .map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()));
    let headers: HeaderMap = headers.collect();
    take(&Answer::new(
        StatusCode::from_u16(status).unwrap(),
        &headers,
        body.as_bytes(),
    ))
}

fn meta(protocol: LongRunning) -> &'static OperationMeta {
    Box::leak(Box::new(SERVICE.put("Test", "/x").long_running(protocol)))
}

fn endpoint() -> Endpoint {
    Endpoint::new("https://hsm.example").unwrap()
}

fn begin(protocol: LongRunning, method: Method, reply: Reply<'_>) -> Result<Run, RefusedError> {
    let original = "https://hsm.example/x?api-version=7.5".parse().unwrap();
    with_answer(reply, |answer| {
        Polling::begin(meta(protocol), &endpoint(), (&method, &original), answer)
    })
    .map(|(polling, step)| Run { polling, step })
}

impl Run {
    fn answer(&mut self, reply: Reply<'_>) -> Result<PollStep, RefusedError> {
        with_answer(reply, |answer| self.polling.answer(answer))
    }

    fn url(&self) -> String {
        self.polling.status_url().to_string()
    }
}

fn fetch(url: &str) -> Result<PollStep, RefusedError> {
    Ok(PollStep::Fetch(url.parse().unwrap()))
}

const JOB: (&str, &str) = (
    "azure-asyncoperation",
    "https://hsm.example:443/backup/j1/pending",
);
const RUNNING_JOB: &str = r#"{"status":"InProgress","statusDetails":null,"error":{"code":null},"endTime":null,"jobId":"j1"}"#;

#[test]
fn a_backup_is_asked_for_with_the_version_that_its_url_lacks() {
    let mut run = begin(HSM_JOB, Method::POST, (202, &[JOB], RUNNING_JOB)).unwrap();
    assert_eq!(run.step, PollStep::Wait);
    assert_eq!(
        run.url(),
        "https://hsm.example/backup/j1/pending?api-version=7.5"
    );
    assert_eq!(run.answer((200, &[], RUNNING_JOB)), Ok(PollStep::Wait));
    assert_eq!(
        run.answer((200, &[], r#"{"status":"Succeeded"}"#)),
        Ok(PollStep::ThisAnswer)
    );
}

#[test]
fn failure_arrives_with_the_status_200() {
    let mut run = begin(HSM_JOB, Method::POST, (202, &[JOB], RUNNING_JOB)).unwrap();
    let failed = r#"{"status":"Failed","error":{"code":"BadSas","message":"expired"}}"#;
    assert_eq!(run.answer((200, &[], failed)), Ok(PollStep::Failed));
    for word in ["Canceled", "cancelled", "FAILED"] {
        let body = format!(r#"{{"status":"{word}"}}"#);
        assert_eq!(run.answer((200, &[], &body)), Ok(PollStep::Failed));
    }
}

#[test]
fn all_words_for_success_count_and_unknown_ones_go_on() {
    let mut run = begin(HSM_JOB, Method::POST, (202, &[JOB], RUNNING_JOB)).unwrap();
    for word in ["Success", "succeeded", "completed"] {
        let body = format!(r#"{{"status":"{word}"}}"#);
        assert_eq!(run.answer((200, &[], &body)), Ok(PollStep::ThisAnswer));
    }
    assert_eq!(
        run.answer((200, &[], r#"{"status":"Queued"}"#)),
        Ok(PollStep::Wait)
    );
}

#[test]
fn the_result_of_a_security_domain_is_in_the_first_answer() {
    let protocol = HSM_JOB.outcome(Outcome::FirstBody);
    let mut run = begin(protocol, Method::POST, (202, &[JOB], r#"{"value":"x"}"#)).unwrap();
    assert_eq!(run.step, PollStep::Wait);
    assert_eq!(
        run.answer((200, &[], r#"{"status":"Success"}"#)),
        Ok(PollStep::FirstAnswer)
    );
    let at_once = begin(protocol, Method::POST, (200, &[], r#"{"value":"x"}"#)).unwrap();
    assert_eq!(at_once.step, PollStep::FirstAnswer);
    assert_eq!(run.polling.resume_token(), None, "the result would be lost");
}

const PENDING: (&str, &str) = (
    "location",
    "https://hsm.example/certificates/c/pending?api-version=7.5&request_id=1",
);

#[test]
fn a_certificate_is_fetched_from_its_target() {
    let body = r#"{"status":"inProgress","issuer":{"name":"Self"}}"#;
    let mut run = begin(CERTIFICATE, Method::POST, (202, &[PENDING], body)).unwrap();
    assert_eq!(
        (run.step.clone(), run.url().as_str()),
        (PollStep::Wait, PENDING.1)
    );
    let done = r#"{"status":"completed","target":"https://hsm.example/certificates/c"}"#;
    assert_eq!(
        run.answer((200, &[], done)),
        fetch("https://hsm.example/certificates/c?api-version=7.5")
    );
    let foreign = r#"{"status":"completed","target":"https://evil.example/certificates/c"}"#;
    assert!(matches!(
        run.answer((200, &[], foreign)),
        Err(RefusedError::ForeignLink { .. })
    ));
    let member = "target";
    assert_eq!(
        run.answer((200, &[], r#"{"status":"completed"}"#)),
        Err(RefusedError::NoResultUrl { member })
    );
}

#[test]
fn a_certificate_of_an_unknown_issuer_waits_for_its_merge() {
    let body = r#"{"status":"inProgress","issuer":{"name":"Unknown"}}"#;
    let run = begin(CERTIFICATE, Method::POST, (202, &[PENDING], body)).unwrap();
    assert_eq!(run.step, PollStep::Paused);
}

#[test]
fn a_connection_is_read_from_its_own_url_in_the_end() {
    let updating = r#"{"properties":{"provisioningState":"Updating"}}"#;
    let succeeded = r#"{"properties":{"provisioningState":"Succeeded"}}"#;
    let header = (
        "azure-asyncoperation",
        "https://hsm.example/x?api-version=7.5&kv-operation=e1",
    );
    let mut run = begin(CONNECTION, Method::PUT, (200, &[header], updating)).unwrap();
    assert_eq!(
        (run.step.clone(), run.url().as_str()),
        (PollStep::Wait, header.1)
    );
    assert_eq!(run.answer((200, &[], updating)), Ok(PollStep::Wait));
    assert_eq!(
        run.answer((200, &[], succeeded)),
        fetch("https://hsm.example/x?api-version=7.5")
    );
    let run = begin(CONNECTION, Method::PUT, (200, &[header], succeeded)).unwrap();
    assert_eq!(
        run.step,
        PollStep::Wait,
        "the header counts more than the resource"
    );
}

#[test]
fn a_vault_is_asked_for_until_its_name_is_registered() {
    let registering = r#"{"properties":{"provisioningState":"RegisteringDns"}}"#;
    let mut run = begin(VAULT, Method::PUT, (200, &[], registering)).unwrap();
    assert_eq!(
        (run.step.clone(), run.url().as_str()),
        (PollStep::Wait, "https://hsm.example/x?api-version=7.5")
    );
    assert_eq!(run.answer((200, &[], registering)), Ok(PollStep::Wait));
    let succeeded = r#"{"properties":{"provisioningState":"Succeeded"}}"#;
    assert_eq!(run.answer((200, &[], succeeded)), Ok(PollStep::ThisAnswer));
    for body in [succeeded, r#"{"properties":{}}"#] {
        assert_eq!(
            begin(VAULT, Method::PUT, (200, &[], body)).unwrap().step,
            PollStep::FirstAnswer
        );
    }
}

#[test]
fn with_a_location_the_status_tells_and_the_url_may_move() {
    let protocol = LongRunning::new(Poll::Location).outcome(Outcome::Nothing);
    let at = |token| format!("https://hsm.example/operationResults/{token}?api-version=7.5");
    let (first, second) = (at("1"), at("2"));
    let mut run = begin(protocol, Method::POST, (202, &[("location", &first)], "")).unwrap();
    assert_eq!((run.step.clone(), run.url()), (PollStep::Wait, first));
    let waits = (
        202,
        &[("location", second.as_str())][..],
        r#"{"status":"NotStarted"}"#,
    );
    assert_eq!(run.answer(waits), Ok(PollStep::Wait));
    assert_eq!(run.url(), second);
    assert_eq!(run.answer((204, &[], "")), Ok(PollStep::ThisAnswer));
    for status in [200, 204] {
        assert_eq!(
            begin(protocol, Method::DELETE, (status, &[], ""))
                .unwrap()
                .step,
            PollStep::FirstAnswer
        );
    }
}

#[test]
fn a_resource_under_way_is_asked_for_where_the_header_says() {
    let protocol = LongRunning::new(Poll::Location).outcome(Outcome::OriginalUri);
    let body = r#"{"properties":{"provisioningState":"Provisioning"}}"#;
    let header = ("location", "https://hsm.example/results/1?api-version=7.5");
    let mut run = begin(protocol, Method::PUT, (200, &[header], body)).unwrap();
    assert_eq!(
        (run.step.clone(), run.url().as_str()),
        (PollStep::Wait, header.1)
    );
    assert_eq!(
        run.answer((200, &[], "")),
        fetch("https://hsm.example/x?api-version=7.5")
    );
    let run = begin(protocol, Method::PUT, (202, &[], "")).unwrap();
    assert_eq!(
        run.url(),
        "https://hsm.example/x?api-version=7.5",
        "without a header, at the resource"
    );
}

#[test]
fn an_operation_that_runs_nowhere_is_refused() {
    let result = begin(HSM_JOB, Method::POST, (202, &[], RUNNING_JOB));
    assert_eq!(result.err(), Some(RefusedError::NoStatusUrl));
}

#[test]
fn a_status_url_of_another_origin_is_refused() {
    let header = ("azure-asyncoperation", "https://evil.example/backup/1");
    let result = begin(HSM_JOB, Method::POST, (202, &[header], RUNNING_JOB));
    assert!(matches!(
        result.err(),
        Some(RefusedError::ForeignLink { .. })
    ));
    let mut run = begin(HSM_JOB, Method::POST, (202, &[JOB], RUNNING_JOB)).unwrap();
    assert!(run.answer((200, &[header], RUNNING_JOB)).is_err());
}

#[test]
fn a_resume_token_goes_on_where_it_was_taken() {
    let run = begin(HSM_JOB, Method::POST, (202, &[JOB], RUNNING_JOB)).unwrap();
    let token = run.polling.resume_token().unwrap();
    let text = token.as_str().to_owned();
    let resumed = Polling::resume(meta(HSM_JOB), &endpoint(), &text.parse().unwrap()).unwrap();
    assert_eq!(resumed.status_url(), run.polling.status_url());
    assert!(!format!("{token:?}").contains(&text));
}

#[test]
fn a_resume_token_of_something_else_is_refused() {
    let run = begin(HSM_JOB, Method::POST, (202, &[JOB], RUNNING_JOB)).unwrap();
    let token = run.polling.resume_token().unwrap();
    let other = Box::leak(Box::new(SERVICE.put("Other", "/x").long_running(HSM_JOB)));
    let refused = |result: Result<Polling, RefusedError>| result.unwrap_err().to_string();
    assert_eq!(
        refused(Polling::resume(other, &endpoint(), &token)),
        "the resume token does not fit: it is of another operation"
    );
    let elsewhere = Endpoint::new("https://other.example").unwrap();
    assert!(refused(Polling::resume(meta(HSM_JOB), &elsewhere, &token)).contains("another origin"));
    for text in ["", "x", "!", &token.as_str()[..40]] {
        assert!(Polling::resume(meta(HSM_JOB), &endpoint(), &text.parse().unwrap()).is_err());
    }
}
