use super::given::{self, presence_text};
use super::pairs::pair;
use super::{ADDITIVE, Found, INVISIBLE, Impact, Meaning, ONE_LESS, ONE_MORE, Subject, What};
use crate::api::{Location, Operation, Parameter, Presence};
use crate::naming;
use std::collections::HashMap;

const SUBJECT: Subject = Subject::Parameter;

pub(super) fn compare(found: &mut Found, operation: &str, old: &Operation, new: &Operation) {
    let place = |parameter: &Parameter| format!("{operation}({})", parameter.wire);
    let pairs = pair(
        &old.parameters,
        &new.parameters,
        Parameter::key,
        |before, after| same_segment(old, before, new, after) || same_name(before, after),
    );
    let same: Vec<_> = pairs.both.iter().chain(&pairs.renamed).copied().collect();
    for parameter in pairs.added {
        found.added(&place(parameter), SUBJECT, added(parameter));
    }
    for (before, after) in pairs.renamed {
        if before.wire != after.wire {
            let what = What::Renamed {
                from: before.wire.clone(),
            };
            found.add(&place(after), SUBJECT, what, renamed(before, after));
        }
        one(found, &place(after), before, after);
    }
    for (before, after) in pairs.both {
        let is_set = |parameter: &Parameter| parameter.presence == Presence::Optional;
        if is_set(before) && is_set(after) && name(before) != name(after) {
            let what = What::Renamed {
                from: before
                    .client_name
                    .clone()
                    .unwrap_or_else(|| before.wire.clone()),
            };
            found.add(&place(after), SUBJECT, what, renamed(before, after));
        }
        one(found, &place(after), before, after);
    }
    for parameter in pairs.removed {
        found.removed(&place(parameter), SUBJECT, "it cannot be given any more");
    }
    order(found, operation, old, new, &same);
}

/// Parameters in the same segment of the path are the same, whatever their names.
fn same_segment(old: &Operation, before: &Parameter, new: &Operation, after: &Parameter) -> bool {
    use crate::api::Segment;
    let at = |operation: &Operation, name: &str| {
        operation
            .path
            .0
            .iter()
            .position(|segment| matches!(segment, Segment::Parameter(other) if other == name))
    };
    let in_path = before.location == Location::Path && after.location == Location::Path;
    in_path && at(old, &before.wire).is_some() && at(old, &before.wire) == at(new, &after.wire)
}

/// Parameters of the same Rust name are the same, wherever they go.
fn same_name(before: &Parameter, after: &Parameter) -> bool {
    name(before) == name(after) && before.ty == after.ty
}

fn name(parameter: &Parameter) -> Option<String> {
    naming::parameter(parameter)
        .ok()
        .map(|name| name.to_string())
}

/// The name of its setter; the arguments of `new` have none that matters.
fn setter(parameter: &Parameter) -> Option<String> {
    name(parameter).filter(|_| parameter.presence == Presence::Optional)
}

fn added(parameter: &Parameter) -> Meaning {
    match parameter.presence {
        Presence::Required => ONE_MORE,
        Presence::Optional => ADDITIVE,
        Presence::Constant(_) => Meaning::of(Impact::Invisible, Impact::Additive),
    }
}

fn renamed(before: &Parameter, after: &Parameter) -> Meaning {
    let rust = match (setter(before), setter(after)) {
        (Some(before), Some(after)) if before != after => Impact::Breaking,
        _ => Impact::Invisible,
    };
    let wire = match after.location == Location::Path || before.wire == after.wire {
        true => Impact::Invisible,
        false => Impact::Breaking,
    };
    let reason = match (rust, wire) {
        (Impact::Breaking, _) => "its setter has another name",
        (_, Impact::Breaking) => "requests name it in another way",
        _ => "",
    };
    Meaning::of(rust, wire).because(reason)
}

fn one(found: &mut Found, place: &str, before: &Parameter, after: &Parameter) {
    let presences = (
        "presence",
        presence_text(&before.presence),
        presence_text(&after.presence),
    );
    found.aspect(
        place,
        SUBJECT,
        presences,
        presence(&before.presence, &after.presence),
    );
    let location = |parameter: &Parameter| parameter.location.as_str().to_owned();
    let elsewhere = Meaning::of(Impact::Invisible, Impact::Breaking)
        .because("requests carry it in another place");
    let locations = ("location", location(before), location(after));
    found.aspect(place, SUBJECT, locations, elsewhere);
    let slashes = Meaning::of(Impact::Invisible, Impact::Breaking)
        .because("its slashes are sent in another way");
    found.aspect(
        place,
        SUBJECT,
        (
            "slashes kept",
            before.raw.to_string(),
            after.raw.to_string(),
        ),
        slashes,
    );
    given::compare(found, place, SUBJECT, before.into(), after.into());
}

fn presence(before: &Presence, after: &Presence) -> Meaning {
    match (before, after) {
        (Presence::Optional, Presence::Required) => ONE_MORE,
        (Presence::Required, Presence::Optional) => ONE_LESS,
        (Presence::Constant(_), Presence::Constant(_)) => {
            Meaning::of(Impact::Invisible, Impact::Breaking).because("requests carry another value")
        }
        (Presence::Constant(_), Presence::Optional) => ADDITIVE,
        (Presence::Constant(_), _) => Meaning::breaking("`new` takes one more argument"),
        (_, Presence::Constant(_)) => Meaning::breaking("it cannot be given any more"),
        _ => INVISIBLE,
    }
}

/// Arguments of `new` stand in the order of the parameters.
fn order(
    found: &mut Found,
    operation: &str,
    old: &Operation,
    new: &Operation,
    same: &[(&Parameter, &Parameter)],
) {
    let is_argument = |parameter: &Parameter| parameter.presence == Presence::Required;
    // By the key of before, and by that of now, with the name of now.
    let (mut was, mut is) = (HashMap::new(), HashMap::new());
    for (before, after) in same {
        if is_argument(before) && is_argument(after) {
            was.insert(before.key(), after.wire.as_str());
            is.insert(after.key(), after.wire.as_str());
        }
    }
    let names = |operation: &Operation, arguments: &HashMap<String, &str>| -> Vec<String> {
        let found = operation.parameters.iter();
        let found = found.filter_map(|parameter| arguments.get(&parameter.key()));
        found.map(|name| (*name).to_owned()).collect()
    };
    let (before, after) = (names(old, &was), names(new, &is));
    found.order(operation, Subject::Operation, &before, &after);
}
