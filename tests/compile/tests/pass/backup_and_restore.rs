//! Full backup, full restore, selective restore, pre-checks, and their status.

use keyvault_rest::backup::models::{
    FullBackupOperation, OperationStatus, PreBackupOperationParameters,
    PreRestoreOperationParameters, RestoreOperation, RestoreOperationParameters, SASTokenParameter,
    SelectiveKeyRestoreOperation, SelectiveKeyRestoreOperationParameters,
};
use keyvault_rest::backup::{
    FullBackup, FullBackupStatus, FullRestoreOperation, PreFullBackup, PreFullRestoreOperation,
    RestoreStatus, SelectiveKeyRestore, SelectiveKeyRestoreStatus,
};
use keyvault_rest::common::models::Error as ServiceReason;
use keyvault_rest::runtime::Poll;
use keyvault_rest::{Operation, UnixTime};

const CONTAINER: &str = "https://myaccount.blob.core.windows.net/backups";

fn start() {
    let container = SASTokenParameter::new(CONTAINER).token("sig");
    let identity = SASTokenParameter::new(CONTAINER).use_managed_identity(true);
    let _ = FullBackup::new(container.clone());
    let _ = FullRestoreOperation::new(RestoreOperationParameters::new(container, "folder"));
    let _ = SelectiveKeyRestore::new(
        "my-key",
        SelectiveKeyRestoreOperationParameters::new(identity.clone(), "folder"),
    );
    let _ =
        PreFullBackup::new(PreBackupOperationParameters::default().storage_resource_uri(CONTAINER));
    let _ = PreFullRestoreOperation::new(
        PreRestoreOperationParameters::default()
            .sas_token_parameters(identity)
            .folder_to_restore("folder"),
    );
}

fn follow(job: SelectiveKeyRestoreOperation) -> Option<(SelectiveKeyRestoreStatus, UnixTime)> {
    Some((SelectiveKeyRestoreStatus::new(job.job_id?), job.start_time?))
}

fn is_over(status: &OperationStatus) -> bool {
    match status {
        OperationStatus::Succeeded | OperationStatus::Failed | OperationStatus::Canceled => true,
        OperationStatus::InProgress => false,
        _ => false,
    }
}

fn reason(job: FullBackupOperation) -> Option<String> {
    let error: ServiceReason = job.error?;
    let inner: Option<Box<ServiceReason>> = error.inner_error;
    inner.and_then(|inner| inner.code).or(error.code)
}

fn restored(job: RestoreOperation) -> bool {
    job.status.as_ref().is_some_and(is_over)
}

fn main() {
    let _ = (start, follow, reason, restored);
    let _ = (FullBackupStatus::new("job"), RestoreStatus::new("job"));
    let poll = FullBackup::META.protocol().map(|protocol| protocol.poll);
    assert_eq!(poll, Some(Poll::AzureAsyncOperation));
}
