use crate::ServiceError;
use std::fmt;

/// A long-running operation that did not come to its end.
#[derive(Clone, Debug)]
pub struct LongRunningError {
    operation: &'static str,
    kind: LongRunningErrorKind,
    state: Option<String>,
    answer: Box<ServiceError>,
}

/// Why a long-running operation did not come to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LongRunningErrorKind {
    /// It failed, or was cancelled.
    Failed,
    /// It does not go on before somebody acts: a certificate whose issuer is unknown waits for its merge.
    Paused,
    /// It still ran when the time for waiting was up.
    StillRunning,
}

impl LongRunningError {
    /// For drivers of [`Polling`](crate::Polling): what they found at the end, with the last answer.
    #[must_use]
    pub fn new(
        operation: &'static str,
        kind: LongRunningErrorKind,
        state: Option<String>,
        answer: ServiceError,
    ) -> Self {
        Self {
            operation,
            kind,
            state,
            answer: Box::new(answer),
        }
    }

    /// The operation: `FullBackup`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Why it did not come to its end.
    #[must_use]
    pub fn kind(&self) -> LongRunningErrorKind {
        self.kind
    }

    /// The last state, in the service's word: `Failed`.
    #[must_use]
    pub fn state(&self) -> Option<&str> {
        self.state.as_deref()
    }

    /// The last answer, with the code and message of the failure. Its status may well be 200.
    #[must_use]
    pub fn answer(&self) -> &ServiceError {
        &self.answer
    }
}

/// One line: `FullBackup failed (Failed): BadSas: The token has expired.` The HTTP status, often 200, says nothing.
impl fmt::Display for LongRunningError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verb = match self.kind {
            LongRunningErrorKind::Failed => "failed",
            LongRunningErrorKind::Paused => "waits for somebody to act",
            LongRunningErrorKind::StillRunning => "still runs",
        };
        write!(f, "{} {verb}", self.operation)?;
        if let Some(state) = &self.state {
            f.write_str(" (")?;
            super::service::write_one_line(state, f)?;
            f.write_str(")")?;
        }
        match self.kind {
            LongRunningErrorKind::Failed => self.answer.write_details(f),
            LongRunningErrorKind::Paused | LongRunningErrorKind::StillRunning => Ok(()),
        }
    }
}

impl std::error::Error for LongRunningError {}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderMap, StatusCode};

    fn shown(kind: LongRunningErrorKind) -> String {
        let body = br#"{"status":"Failed","error":{"code":"BadSas","message":"It has expired."}}"#;
        let answer = ServiceError::new(StatusCode::OK, HeaderMap::new(), body.to_vec());
        LongRunningError::new("FullBackup", kind, Some("Failed\n".to_owned()), answer).to_string()
    }

    #[test]
    fn a_failure_is_shown_with_code_and_message_and_without_the_status() {
        assert_eq!(
            shown(LongRunningErrorKind::Failed),
            r"FullBackup failed (Failed\n): BadSas: It has expired."
        );
        assert_eq!(
            shown(LongRunningErrorKind::StillRunning),
            r"FullBackup still runs (Failed\n)"
        );
    }
}
