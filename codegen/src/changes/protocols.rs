//! How operations go on after their first answer.

use super::{Found, INVISIBLE, Impact, Meaning, Subject, shown};
use crate::api::{LongRunning, Operation, Outcome, Paging, Poll};

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
    match (&old.long_running, &new.long_running) {
        (Some(before), Some(after)) => long_running(found, place, before, after),
        (before, after) => {
            let is = |protocol: &Option<LongRunning>| protocol.is_some().to_string();
            let meaning = gained_or_lost(
                before.is_some(),
                after.is_some(),
                "it cannot be polled any more",
            );
            found.aspect(
                place,
                SUBJECT,
                ("long-running", is(before), is(after)),
                meaning,
            );
        }
    }
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

/// Each fact of the protocol by itself.
fn long_running(found: &mut Found, place: &str, before: &LongRunning, after: &LongRunning) {
    let elsewhere =
        Meaning::of(Impact::Invisible, Impact::Breaking).because("it goes on in another way");
    // Where nothing was said, the headers of the answers say it, as before.
    let polls = match before.poll {
        Poll::Unspecified => INVISIBLE,
        _ => elsewhere,
    };
    let poll = |protocol: &LongRunning| format!("{:?}", protocol.poll);
    found.aspect(place, SUBJECT, ("poll", poll(before), poll(after)), polls);
    let member = |protocol: &LongRunning| shown(protocol.status.as_ref());
    found.aspect(
        place,
        SUBJECT,
        ("state", member(before), member(after)),
        polls,
    );
    let states = |words: &[String]| words.join(", ");
    let words = (
        "states of success",
        states(&before.succeeded),
        states(&after.succeeded),
    );
    found.aspect(place, SUBJECT, words, elsewhere);
    let words = (
        "states of failure",
        states(&before.failed),
        states(&after.failed),
    );
    found.aspect(place, SUBJECT, words, elsewhere);
    let result = Meaning::breaking("what a poller gives in the end may be of another type");
    found.aspect(
        place,
        SUBJECT,
        ("result", outcome(before), outcome(after)),
        result,
    );
    let pauses = |protocol: &LongRunning| {
        let pause = protocol.pauses.as_ref();
        shown(
            pause
                .map(|pause| format!("{} is {}", pause.member, states(&pause.values)))
                .as_ref(),
        )
    };
    found.aspect(
        place,
        SUBJECT,
        ("pauses", pauses(before), pauses(after)),
        elsewhere,
    );
}

fn outcome(protocol: &LongRunning) -> String {
    match &protocol.outcome {
        Outcome::Linked { member, result } => {
            format!("{}.{} at {member}", result.service, result.name)
        }
        Outcome::FirstBody => "first body".to_owned(),
        Outcome::LastBody => "last body".to_owned(),
        Outcome::OriginalUri => "original URL".to_owned(),
        Outcome::Nothing => "nothing".to_owned(),
    }
}
