//! Which change makes the compiler refuse which use.

use keyvault_codegen::changes::{Change, Subject, What};
use keyvault_codegen::{Probe, ProbeSubject, Way};

use crate::at::{At, is_of_type};

/// Whether a change is about what a probe does.
pub(crate) fn touches(change: &Change, at: &At, probe: &Probe) -> bool {
    if change.subject == Subject::Service {
        let is_hosted = probe.way == Way::Hosted && probe.place == at.item;
        return match change.what {
            What::Removed => is_hosted || is_within(&probe.place, &at.item),
            What::Changed { aspect, .. } => is_hosted && aspect == "host request",
            _ => false,
        };
    }
    let subject = match change.subject {
        Subject::Export => ProbeSubject::Export,
        subject if is_of_type(subject) => ProbeSubject::Type,
        _ => ProbeSubject::Operation,
    };
    let is_item = probe.subject == subject && probe.place == at.item;
    is_item && (is_whole(change) || is_way(change, at, &probe.way))
}

/// Whether a probe names what a change is about.
pub(crate) fn is_felt(change: &Change, at: &At, probe: &Probe) -> bool {
    let place = match &at.member {
        Some(member) => format!("{}.{member}", at.item),
        None => at.item.clone(),
    };
    match change.subject {
        Subject::Service => {
            let mut named = probe.rests_on.iter();
            change.what == What::Removed && named.any(|named| is_within(named, &place))
        }
        Subject::Field => change.what != What::Added && probe.rests_on.contains(&place),
        _ => is_whole(change) && probe.rests_on.contains(&place),
    }
}

fn is_within(place: &str, service: &str) -> bool {
    let rest = place.strip_prefix(service);
    rest.is_some_and(|rest| rest.starts_with('.'))
}

/// Whether an item is not there any more as what it was.
fn is_whole(change: &Change) -> bool {
    use Subject::{Alias, Enumeration, Export, Model, Operation};
    match (&change.what, change.subject) {
        (What::Removed, Export) => true,
        (What::Removed | What::Renamed { .. }, Operation | Model | Enumeration | Alias) => true,
        (What::Changed { aspect, .. }, Model | Enumeration | Alias) => {
            ["kind", "type"].contains(aspect)
        }
        _ => false,
    }
}

/// Whether a change of a part of an item is about one way of using it.
fn is_way(change: &Change, at: &At, way: &Way) -> bool {
    let aspect = match &change.what {
        What::Changed { aspect, .. } => aspect,
        _ => "",
    };
    let is_new = change.what == What::Added;
    let is_member = |name: &String| !is_new && Some(name) == at.member.as_ref();
    match (change.subject, way) {
        (Subject::Export, Way::Same) => aspect == "path",
        (Subject::Operation, Way::Made) | (Subject::Model, Way::Made) => {
            aspect == "order of arguments"
        }
        (Subject::Operation, Way::Item) => aspect == "paging",
        (Subject::Operation, Way::Final) => ["long-running", "result"].contains(&aspect),
        (Subject::Operation, Way::Settled) => aspect == "settled by",
        (Subject::Parameter, Way::Set(name)) => is_member(name),
        (Subject::Body, Way::Set(name)) => !is_new && name.is_empty(),
        (Subject::Parameter | Subject::Body | Subject::Field, Way::Made) => true,
        (Subject::Result, Way::Output | Way::Item | Way::Final) => true,
        (Subject::Model, Way::Set(_)) => aspect == "usage",
        (Subject::Field, Way::Read(name) | Way::Set(name)) => is_member(name),
        (Subject::Enumeration, Way::Texts) => aspect == "open",
        (Subject::Value, Way::Value(name)) => is_member(name),
        _ => false,
    }
}
