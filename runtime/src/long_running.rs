//! How operations go on after their first answer, as data.

/// The protocol of a long-running operation: where to ask, what the answers mean, where the result is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LongRunning {
    /// Where its state is asked for.
    pub poll: Poll,
    /// The member of the answers that holds the state, with dots between levels; `None` where the HTTP status tells:
    /// 202 while it runs, any other success when it is over.
    pub status: Option<&'static str>,
    /// The states that mean success. Any state that is neither here nor in `failed` means that it runs.
    pub succeeded: &'static [&'static str],
    /// The states that mean failure; it can arrive with the HTTP status 200.
    pub failed: &'static [&'static str],
    /// Where its result is in the end.
    pub outcome: Outcome,
    /// The case in which it does not end by itself; `None` where it always does.
    pub pauses: Option<Pause>,
}

/// The answers by which a long-running operation shows that it goes on only after somebody has acted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pause {
    /// The member of the answers to look at, with dots between levels.
    pub member: &'static str,
    /// The values of the member that mean so.
    pub values: &'static [&'static str],
}

/// Where the state of a long-running operation is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Poll {
    /// At the URL of the header `Azure-AsyncOperation`.
    AzureAsyncOperation,
    /// At the URL of the header `Operation-Location`.
    OperationLocation,
    /// At the URL of the header `Location`, which may change from answer to answer.
    Location,
    /// At the URL of the request itself, with `GET`.
    OriginalUri,
    /// The description does not say: by the headers of the answer.
    Unspecified,
}

/// Where the result of a long-running operation is in the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// In the first answer already; the later ones tell the state alone.
    FirstBody,
    /// In the answer that tells of success.
    LastBody,
    /// At the URL of the request itself, with `GET`.
    OriginalUri,
    /// At the URL that this member of the last answer holds, with `GET`.
    Linked(&'static str),
    /// There is none.
    Nothing,
}

impl LongRunning {
    /// What is usual where the state is asked for in this way; the other methods say what differs.
    #[must_use]
    pub const fn new(poll: Poll) -> Self {
        Self {
            poll,
            status: match poll {
                Poll::AzureAsyncOperation | Poll::OperationLocation => Some("status"),
                Poll::Location | Poll::OriginalUri | Poll::Unspecified => None,
            },
            succeeded: &["Succeeded"],
            failed: &["Failed", "Canceled"],
            outcome: Outcome::LastBody,
            pauses: None,
        }
    }

    /// Names the member that holds the state.
    #[must_use]
    pub const fn status(mut self, member: &'static str) -> Self {
        self.status = Some(member);
        self
    }

    /// Lists the states that mean success.
    #[must_use]
    pub const fn succeeded(mut self, states: &'static [&'static str]) -> Self {
        self.succeeded = states;
        self
    }

    /// Lists the states that mean failure.
    #[must_use]
    pub const fn failed(mut self, states: &'static [&'static str]) -> Self {
        self.failed = states;
        self
    }

    /// Says where the result is.
    #[must_use]
    pub const fn outcome(mut self, outcome: Outcome) -> Self {
        self.outcome = outcome;
        self
    }

    /// Says by which values of which member the answers show that somebody has to act first.
    #[must_use]
    pub const fn pauses(mut self, member: &'static str, values: &'static [&'static str]) -> Self {
        self.pauses = Some(Pause { member, values });
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_from_the_usual_is_kept() {
        const CREATE: LongRunning = LongRunning::new(Poll::Location)
            .status("status")
            .succeeded(&["completed"])
            .failed(&["cancelled"])
            .outcome(Outcome::Linked("target"))
            .pauses("issuer.name", &["Unknown"]);
        assert_eq!(CREATE.status, Some("status"));
        assert_eq!(
            (CREATE.succeeded, CREATE.failed),
            (&["completed"][..], &["cancelled"][..])
        );
        assert_eq!(CREATE.outcome, Outcome::Linked("target"));
        let pause = CREATE.pauses.unwrap();
        assert_eq!(
            (pause.member, pause.values),
            ("issuer.name", &["Unknown"][..])
        );
        assert_eq!(
            LongRunning::new(Poll::AzureAsyncOperation).status,
            Some("status")
        );
        assert_eq!(LongRunning::new(Poll::Location).status, None);
        assert_eq!(LongRunning::new(Poll::Location).pauses, None);
    }
}
