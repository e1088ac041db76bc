use super::Answer;
use crate::LongRunning;
use http::StatusCode;

/// How far a long-running operation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It runs, or is in a state that we do not know.
    Running,
    /// It does not go on before somebody acts.
    Paused,
    /// It is over, and brought about what was asked for.
    Succeeded,
    /// It is over, and failed or was cancelled.
    Failed,
}

/// Words that mean the same wherever they come from; the protocol can name more.
const SUCCEEDED: [&str; 3] = ["Succeeded", "Success", "Completed"];
const FAILED: [&str; 3] = ["Failed", "Canceled", "Cancelled"];

/// The state that an answer shows. A word counts more than the status: failure arrives with the status 200.
pub(super) fn of(protocol: &LongRunning, answer: &Answer<'_>, of_resource: bool) -> State {
    let word = answer.state(protocol.status);
    let is = |words: &[&str]| {
        word.is_some_and(|word| words.iter().any(|other| other.eq_ignore_ascii_case(word)))
    };
    if is(protocol.failed) || is(&FAILED) {
        return State::Failed;
    }
    if is(protocol.succeeded) || is(&SUCCEEDED) {
        return State::Succeeded;
    }
    if waits_for_somebody(protocol, answer) {
        return State::Paused;
    }
    // Where the status tells, another word in the body does not; but a resource tells of itself.
    let word_counts = protocol.status.is_some() || of_resource;
    match word.is_some() && word_counts || answer.status() == StatusCode::ACCEPTED {
        true => State::Running,
        false => State::Succeeded,
    }
}

fn waits_for_somebody(protocol: &LongRunning, answer: &Answer<'_>) -> bool {
    let Some(pause) = protocol.pauses else {
        return false;
    };
    let value = answer.text(pause.member);
    value.is_some_and(|value| {
        pause
            .values
            .iter()
            .any(|other| other.eq_ignore_ascii_case(value))
    })
}
