use keyvault_rest::Operation;
use keyvault_rest::backup::models::{
    OperationStatus, SASTokenParameter, SelectiveKeyRestoreOperationParameters,
};
use keyvault_rest::backup::{RestoreStatus, SelectiveKeyRestore, SelectiveKeyRestoreStatus};
use serde_json::json;

use super::{answer, sent, written};

const JOB: &str = "45aacd568a23b0s49a2803861e8dd3ase21f";

fn restore() -> SelectiveKeyRestore {
    let container =
        SASTokenParameter::new("https://myaccount.blob.core.windows.net/sascontainer/sasContainer")
            .token("se=2018-02-01T00%3A00Z&spr=https&sv=2017-04-17&sr=b&sig=REDACTED");
    SelectiveKeyRestore::new(
        "hsm-mail-key",
        SelectiveKeyRestoreOperationParameters::new(container, "mhsm-mypool-20200303062926785"),
    )
}

#[test]
fn the_request_is_that_of_the_reference() {
    assert_eq!(
        written(&sent(&restore())),
        "PUT https://myvault.vault.azure.net/keys/hsm-mail-key/restore?api-version=described\n\
         accept: application/json\n\
         content-type: application/json\n\
         {\"sasTokenParameters\":{\
         \"storageResourceUri\":\"https://myaccount.blob.core.windows.net/sascontainer/sasContainer\",\
         \"token\":\"se=2018-02-01T00%3A00Z&spr=https&sv=2017-04-17&sr=b&sig=REDACTED\"},\
         \"folder\":\"mhsm-mypool-20200303062926785\"}"
    );
}

#[test]
fn the_response_is_that_of_the_reference() {
    let sample = json!({
        "status": "InProgress",
        "statusDetails": "Selective Key restore is in progress",
        "jobId": JOB,
        "startTime": 1490790000,
        "endTime": 0
    });
    let mut answer = answer(202, &sample);
    let url = format!("https://myvault.vault.azure.net/restore/{JOB}/pending");
    let headers = answer.headers_mut();
    headers.insert("retry-after", 5.into());
    headers.insert("azure-asyncoperation", url.parse().unwrap());

    let response = restore().response(answer).unwrap();
    assert_eq!(response.status(), 202);
    assert_eq!(response.headers()["azure-asyncoperation"], url);
    let job = response.into_body();
    assert_eq!(job.status, Some(OperationStatus::InProgress));
    assert_eq!(job.job_id.as_deref(), Some(JOB));
    assert_eq!(job.start_time.unwrap().seconds(), 1_490_790_000);
    assert_eq!(serde_json::to_value(&job).unwrap(), sample);
}

#[test]
fn both_status_operations_ask_the_same_question() {
    let selective = written(&sent(&SelectiveKeyRestoreStatus::new(JOB)));
    assert_eq!(selective, written(&sent(&RestoreStatus::new(JOB))));
    assert!(selective.starts_with(&format!(
        "GET https://myvault.vault.azure.net/restore/{JOB}/pending?api-version=described\n"
    )));
}

#[test]
fn a_job_that_runs_has_nulls() {
    let running = json!({
        "status": "InProgress", "statusDetails": null, "jobId": JOB, "startTime": 1631926652,
        "endTime": null, "error": null
    });
    let status = SelectiveKeyRestoreStatus::new(JOB);
    let job = status.response(answer(200, &running)).unwrap().into_body();
    assert_eq!((job.end_time, job.error), (None, None));
}
