//! Enumerations may get values, so a match has an arm for those.

use keyvault_rest::backup::models::OperationStatus;

fn is_over(status: OperationStatus) -> bool {
    match status {
        OperationStatus::InProgress => false,
        OperationStatus::Succeeded | OperationStatus::Canceled | OperationStatus::Failed => true,
        OperationStatus::UnknownValue(_) => false,
    }
}

fn main() {
    is_over(OperationStatus::Failed);
}
