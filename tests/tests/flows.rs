//! The replay of recorded runs, on a small run of our own: that it plays one, and that it notices when a request is not
//! the recorded one.
#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

use std::path::PathBuf;

use keyvault_tests::flows::{Outcome, run};
use serde_json::{Value, json};

const TENANT: &str = "5a1f7c1e-8f3b-4a53-9a53-2f4f0e6d9c01";

fn exchange(operation: &str, method: &str, template: &str, path: &str, status: u16) -> Value {
    json!({
        "plane": "data", "host_kind": "vault", "operation": operation, "method": method,
        "path_template": template, "path": path, "query": {"api-version": "7.4"},
        "request_body": null, "status": status, "response_headers": {}, "response_body": null,
    })
}

/// A challenge, a secret, a list of two pages, a certificate with two polls, and a deletion that takes its time.
fn recorded() -> Value {
    let set = ["SetSecret", "PUT", "/secrets/{secret-name}", "/secrets/s1"];
    let mut challenge = exchange(set[0], set[1], set[2], set[3], 401);
    challenge["response_headers"]["www-authenticate"] =
        format!(r#"Bearer authorization="https://login.example/{TENANT}", resource="https://vault.azure.net""#).into();
    let mut stored = exchange(set[0], set[1], set[2], set[3], 200);
    stored["request_body"] = json!({"value": "v1"});
    stored["response_body"] =
        json!({"value": "v1", "id": "https://myvault.vault.azure.net/secrets/s1/1"});

    let mut first = exchange("GetSecrets", "GET", "/secrets", "/secrets", 200);
    first["response_body"] = json!({
        "value": [{"id": "https://myvault.vault.azure.net/secrets/s1"}],
        "nextLink": "https://myvault.vault.azure.net:443/secrets?api-version=7.4&$skiptoken=t1",
    });
    let mut second = exchange("GetSecrets", "GET", "/secrets", "/secrets", 200);
    second["query"]["$skiptoken"] = "t1".into();
    second["response_body"] = json!({"value": [], "nextLink": null});

    let [create, running, completed, made] = certificate();
    let [delete, missing, found] = deletion();
    json!([
        challenge, stored, first, second, create, running, completed, made, delete, missing, found
    ])
}

/// A certificate that is made while it is asked for.
fn certificate() -> [Value; 4] {
    let pending = "https://myvault.vault.azure.net/certificates/c1/pending?api-version=7.4";
    let mut create = exchange(
        "CreateCertificate",
        "POST",
        "/certificates/{certificate-name}/create",
        "/certificates/c1/create",
        202,
    );
    create["request_body"] = json!({"policy": {"issuer": {"name": "Self"}}});
    create["response_headers"]["location"] = pending.into();
    create["response_body"] = json!({"status": "inProgress", "issuer": {"name": "Self"}});
    let poll = |status: &str| {
        let mut poll = exchange(
            "GetCertificateOperation",
            "GET",
            "/certificates/{certificate-name}/pending",
            "/certificates/c1/pending",
            200,
        );
        poll["response_body"] = json!({
            "status": status, "target": "https://myvault.vault.azure.net/certificates/c1",
        });
        poll
    };
    let mut made = exchange(
        "GetCertificate",
        "GET",
        "/certificates/{certificate-name}/{certificate-version}",
        "/certificates/c1",
        200,
    );
    made["response_body"] = json!({"id": "https://myvault.vault.azure.net/certificates/c1/1"});
    [create, poll("inProgress"), poll("completed"), made]
}

/// A deletion that takes its time.
fn deletion() -> [Value; 3] {
    let delete = exchange(
        "DeleteSecret",
        "DELETE",
        "/secrets/{secret-name}",
        "/secrets/s1",
        200,
    );
    let probe = |status| {
        exchange(
            "GetDeletedSecret",
            "GET",
            "/deletedsecrets/{secret-name}",
            "/deletedsecrets/s1",
            status,
        )
    };
    let body = json!({"recoveryId": "https://myvault.vault.azure.net/deletedsecrets/s1"});
    let (mut delete, mut found) = (delete, probe(200));
    delete["response_body"] = body.clone();
    found["response_body"] = body;
    [delete, probe(404), found]
}

fn play(exchanges: Value) -> Outcome {
    let line = json!({"source": "own", "test": "run", "exchanges": exchanges});
    let file: PathBuf = [
        env!("CARGO_TARGET_TMPDIR"),
        &format!("flow-{:x}.jsonl", fingerprint(&line)),
    ]
    .iter()
    .collect();
    std::fs::write(&file, line.to_string()).unwrap();
    let mut outcomes = Vec::new();
    run(&file, &mut |outcome| outcomes.push(outcome.clone())).unwrap();
    outcomes.pop().unwrap()
}

/// A name for each run, so that tests do not share a file.
fn fingerprint(line: &Value) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    line.to_string().hash(&mut hasher);
    hasher.finish()
}

#[test]
fn a_run_is_played_in_order() {
    let outcome = play(recorded());
    assert_eq!((outcome.failure, outcome.exchanges), (None, 11));
    let calls: Vec<_> = outcome.calls.into_iter().collect();
    let expected = [
        ("(of them with a challenge)", 1),
        ("pages", 1),
        ("poller, to the end", 1),
        ("send", 2),
        ("wait_until_found", 1),
    ];
    assert_eq!(calls, expected);
}

#[test]
fn a_request_that_is_not_the_recorded_one_is_noticed() {
    type Change = (&'static str, fn(&mut Value));
    let changes: [Change; 5] = [
        ("another body", |run| {
            run[1]["request_body"] = json!({"value": "v2", "tags": 1})
        }),
        ("no challenge", |run| run[0]["status"] = 200.into()),
        ("another version", |run| {
            run[3]["query"]["api-version"] = "7.5".into()
        }),
        ("another state", |run| {
            run[6]["response_body"]["status"] = "cancelled".into()
        }),
        ("another resource", |run| {
            let challenge = r#"Bearer scope="https://evil.example/.default""#;
            run[0]["response_headers"]["www-authenticate"] = challenge.into();
        }),
    ];
    for (what, change) in changes {
        let mut run = recorded();
        change(&mut run);
        let outcome = play(run);
        assert!(outcome.failure.is_some(), "{what}");
    }
}
