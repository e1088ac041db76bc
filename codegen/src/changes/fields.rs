use super::given::{self, presence_text};
use super::pairs::pair;
use super::{ADDITIVE, Found, INVISIBLE, Impact, Meaning, ONE_MORE, Subject, What};
use crate::api::{Access, Field, Presence, Usage};
use crate::naming;

const SUBJECT: Subject = Subject::Field;

/// The members of a model, and where its values go.
type Members<'a> = (&'a [Field], Usage);

pub(super) fn compare(
    found: &mut Found,
    model: &str,
    (old, old_usage): Members<'_>,
    (new, usage): Members<'_>,
) {
    let place = |field: &Field| format!("{model}.{}", field.wire);
    let made = old_usage != Usage::Output && usage != Usage::Output;
    let pairs = pair(old, new, |field| field.wire.clone(), is_same);
    for field in pairs.added {
        found.added(&place(field), SUBJECT, added(field, made));
    }
    for (before, after) in pairs.renamed {
        let what = What::Renamed {
            from: before.wire.clone(),
        };
        found.add(&place(after), SUBJECT, what, renamed(before, after));
        one(found, &place(after), before, after, usage);
    }
    for (before, after) in pairs.both {
        if rust_name(before) != rust_name(after) {
            let from = before
                .client_name
                .clone()
                .unwrap_or_else(|| before.wire.clone());
            found.add(
                &place(after),
                SUBJECT,
                What::Renamed { from },
                renamed(before, after),
            );
        }
        one(found, &place(after), before, after, usage);
    }
    for field in pairs.removed {
        found.removed(&place(field), SUBJECT, "it is gone");
    }
    if made {
        order(found, model, old, new);
    }
}

/// A member of the same Rust name, or that differs in letter case alone, is the same under another name.
fn is_same(before: &Field, after: &Field) -> bool {
    let alike =
        rust_name(before) == rust_name(after) || before.wire.eq_ignore_ascii_case(&after.wire);
    alike && before.ty == after.ty
}

fn rust_name(field: &Field) -> Option<String> {
    naming::field(field).ok().map(|name| name.to_string())
}

/// Whether `new` takes it.
fn is_argument(field: &Field) -> bool {
    field.presence == Presence::Required && field.access != Access::ReadOnly
}

fn added(field: &Field, made: bool) -> Meaning {
    match made && is_argument(field) {
        true => ONE_MORE,
        false => ADDITIVE,
    }
}

fn renamed(before: &Field, after: &Field) -> Meaning {
    match (
        rust_name(before) == rust_name(after),
        before.wire == after.wire,
    ) {
        (true, true) => INVISIBLE,
        (true, false) => {
            Meaning::of(Impact::Invisible, Impact::Breaking).because("it has another name in JSON")
        }
        (false, true) => {
            Meaning::of(Impact::Breaking, Impact::Invisible).because("it has another name in Rust")
        }
        (false, false) => Meaning::breaking("it has another name"),
    }
}

fn one(found: &mut Found, place: &str, before: &Field, after: &Field, usage: Usage) {
    let presences = (
        "presence",
        presence_text(&before.presence),
        presence_text(&after.presence),
    );
    found.aspect(place, SUBJECT, presences, presence(before, after, usage));
    let accesses = (
        "access",
        access_text(before.access),
        access_text(after.access),
    );
    found.aspect(
        place,
        SUBJECT,
        accesses,
        access(before.access, after.access, usage),
    );
    given::compare(found, place, SUBJECT, before.into(), after.into());
}

/// `T` and `Option<T>` are different types for whoever reads the member.
fn presence(before: &Field, after: &Field, usage: Usage) -> Meaning {
    let sent = usage != Usage::Output;
    let received = usage != Usage::Input;
    match (&before.presence, &after.presence) {
        (Presence::Optional, Presence::Required) => {
            let wire = if sent {
                Impact::Breaking
            } else {
                Impact::Additive
            };
            Meaning::of(Impact::Breaking, wire)
                .because("it is no longer an `Option`, and must be given")
        }
        (Presence::Required, Presence::Optional) => {
            let wire = if received {
                Impact::Breaking
            } else {
                Impact::Additive
            };
            Meaning::of(Impact::Breaking, wire).because("it is an `Option` now")
        }
        _ => INVISIBLE,
    }
}

fn access_text(access: Access) -> String {
    let text = match access {
        Access::ReadWrite => "read and write",
        Access::ReadOnly => "read-only",
        Access::CreateOnly => "only when made",
    };
    text.to_owned()
}

/// A member that only the service sets has no setter, and is not sent.
fn access(before: Access, after: Access, usage: Usage) -> Meaning {
    match (before, after, usage) {
        (_, _, Usage::Output) => INVISIBLE,
        (_, Access::ReadOnly, _) => {
            Meaning::breaking("its setter is gone, and it is not sent any more")
        }
        (Access::ReadOnly, _, _) => ADDITIVE,
        (_, Access::CreateOnly, _) => Meaning::of(Impact::Invisible, Impact::Breaking)
            .because("it cannot be changed any more"),
        _ => Meaning::of(Impact::Invisible, Impact::Additive),
    }
}

fn order(found: &mut Found, model: &str, old: &[Field], new: &[Field]) {
    let arguments = |fields: &[Field], others: &[Field]| -> Vec<String> {
        let arguments = fields.iter().filter(|field| is_argument(field));
        let both = arguments.filter(|field| {
            others
                .iter()
                .any(|other| other.wire == field.wire && is_argument(other))
        });
        both.map(|field| field.wire.clone()).collect()
    };
    let (before, after) = (arguments(old, new), arguments(new, old));
    found.order(model, Subject::Model, &before, &after);
}
