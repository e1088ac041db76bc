//! How operations go on after their first answer.

use super::{Found, Impact, Meaning, Subject, shown};
use crate::api::{LongRunning, Operation, Outcome, Paging};

const SUBJECT: Subject = Subject::Operation;

pub(super) fn compare(found: &mut Found, place: &str, old: &Operation, new: &Operation) {
    let (before, after) = (old.paging.as_ref(), new.paging.as_ref());
    let meaning = gained_or_lost(
        before.is_some(),
        after.is_some(),
        "its pages cannot be asked for any more",
    );
    found.aspect(
        place,
        SUBJECT,
        ("paging", paging(before), paging(after)),
        meaning,
    );
    let (before, after) = (old.long_running.as_ref(), new.long_running.as_ref());
    let mut meaning = gained_or_lost(
        before.is_some(),
        after.is_some(),
        "it cannot be polled any more",
    );
    if before.is_some() && after.is_some() && outcome(before) != outcome(after) {
        meaning = Meaning::breaking("what a poller gives in the end may be of another type");
    }
    found.aspect(
        place,
        SUBJECT,
        ("long-running", long_running(before), long_running(after)),
        meaning,
    );
    let (before, after) = (old.settled_by.as_ref(), new.settled_by.as_ref());
    let meaning = match (before, after) {
        (None, Some(_)) => Meaning::of(Impact::Additive, Impact::Invisible),
        _ => Meaning::of(Impact::Breaking, Impact::Invisible)
            .because("waiting for its effect asks another operation, or none"),
    };
    found.aspect(
        place,
        SUBJECT,
        ("settled by", shown(before), shown(after)),
        meaning,
    );
}

fn gained_or_lost(before: bool, after: bool, lost: &'static str) -> Meaning {
    match (before, after) {
        (false, true) => Meaning::of(Impact::Additive, Impact::Additive),
        (true, false) => Meaning::breaking(lost),
        _ => Meaning::of(Impact::Invisible, Impact::Breaking).because("it goes on in another way"),
    }
}

fn paging(paging: Option<&Paging>) -> String {
    let Some(paging) = paging else {
        return "none".to_owned();
    };
    format!(
        "{}, next at {}",
        paging.items,
        shown(paging.next_link.as_ref())
    )
}

fn outcome(protocol: Option<&LongRunning>) -> Option<&Outcome> {
    protocol.map(|protocol| &protocol.outcome)
}

fn long_running(protocol: Option<&LongRunning>) -> String {
    let Some(protocol) = protocol else {
        return "none".to_owned();
    };
    let outcome = match &protocol.outcome {
        Outcome::Linked { member, result } => {
            format!("{}.{} at {member}", result.service, result.name)
        }
        Outcome::FirstBody => "first body".to_owned(),
        Outcome::LastBody => "last body".to_owned(),
        Outcome::OriginalUri => "original URL".to_owned(),
        Outcome::Nothing => "nothing".to_owned(),
    };
    let pauses = protocol
        .pauses
        .as_ref()
        .map(|pause| format!("{} {}", pause.member, pause.values.join("|")));
    format!(
        "{:?}, state {} ({} / {}), result {outcome}, pauses {}",
        protocol.poll,
        shown(protocol.status.as_ref()),
        protocol.succeeded.join("|"),
        protocol.failed.join("|"),
        shown(pauses.as_ref()),
    )
}
