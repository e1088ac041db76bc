//! How operations go on after their first answer.

use super::{Found, INVISIBLE, Impact, Meaning, Side, Subject, listed, shown};
use crate::api::{LongRunning, Operation, Outcome, Paging, Payload, Poll, Type};
use crate::emit::last;

const SUBJECT: Subject = Subject::Operation;

pub(super) fn compare(found: &mut Found, place: &str, old: &Operation, new: &Operation) {
    pages(found, place, old, new);
    match (&old.long_running, &new.long_running) {
        (Some(before), Some(after)) => {
            long_running(found, place, before, after);
            result(found, place, (old, before), (new, after));
        }
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
}

/// How its pages go on. What they hold is part of the type.
fn pages(found: &mut Found, place: &str, old: &Operation, new: &Operation) {
    let (before, after) = (old.paging.as_ref(), new.paging.as_ref());
    let meaning = match (items(&found.old, old), items(&found.new, new)) {
        (Some(before), Some(after)) if !found.is_same_rust(before, after) => {
            Meaning::breaking("its pages hold items of another type")
        }
        _ => gained_or_lost(
            before.is_some(),
            after.is_some(),
            "its pages cannot be asked for any more",
        ),
    };
    let pages = ("paging", paging(before), paging(after));
    found.aspect(place, SUBJECT, pages, meaning);
}

/// What the pages of an operation hold.
fn items<'a>(side: &Side<'a>, operation: &'a Operation) -> Option<&'a Type> {
    let page = side
        .types
        .page(&operation.payload, operation.paging.as_ref()?);
    page.ok().map(|page| page.item)
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
    let states = |words: &[String]| listed(words, ", ");
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

/// What is there in the end, and where it is found. Its type is part of the code.
fn result(
    found: &mut Found,
    place: &str,
    (old, before): (&Operation, &LongRunning),
    (new, after): (&Operation, &LongRunning),
) {
    if is_same_outcome(found, &before.outcome, &after.outcome) {
        return;
    }
    let results = (last(old, before), last(new, after));
    let is_same = match (&results.0, &results.1) {
        (Payload::None, Payload::None) => true,
        (Payload::Always(before), Payload::Always(after))
        | (Payload::Maybe(before), Payload::Maybe(after)) => found.is_same_rust(before, after),
        _ => false,
    };
    let meaning = match is_same {
        true => {
            Meaning::of(Impact::Invisible, Impact::Breaking).because("its result is somewhere else")
        }
        false => Meaning::breaking("what a poller gives in the end is of another type"),
    };
    let outcomes = ("result", outcome(&before.outcome), outcome(&after.outcome));
    found.aspect(place, SUBJECT, outcomes, meaning);
}

fn is_same_outcome(found: &Found, before: &Outcome, after: &Outcome) -> bool {
    match (before, after) {
        (
            Outcome::Linked { member, result },
            Outcome::Linked {
                member: now,
                result: other,
            },
        ) => member == now && found.is_same_name(result, other),
        (before, after) => before == after,
    }
}

fn outcome(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Linked { member, result } => {
            format!("{}.{} at {member}", result.service, result.name)
        }
        Outcome::FirstBody => "first body".to_owned(),
        Outcome::LastBody => "last body".to_owned(),
        Outcome::OriginalUri => "original URL".to_owned(),
        Outcome::Nothing => "nothing".to_owned(),
    }
}
