use super::given::{self, Given, presence_text};
use super::pairs::pair;
use super::{ADDITIVE, Found, INVISIBLE, Impact, Meaning, Subject, What};
use crate::api::{Access, Field, Presence, TypeRef, Usage};
use crate::emit::{Face, is_left_out};
use crate::naming;
use std::collections::HashMap;

const SUBJECT: Subject = Subject::Field;

/// A model of one version: its name, its members, and where its values go.
#[derive(Clone, Copy)]
pub(super) struct Members<'a> {
    pub(super) model: &'a TypeRef,
    pub(super) fields: &'a [Field],
    pub(super) usage: Usage,
}

impl Members<'_> {
    fn face(&self, field: &Field) -> Face {
        Face::of(field, self.usage)
    }

    /// Whether `new` makes one; what has no required member is made by `Default`.
    fn has_new(&self) -> bool {
        let mut fields = self.fields.iter();
        fields.any(|field| self.face(field).is_required)
    }

    /// Whether members of it have setters.
    pub(super) fn has_setters(&self) -> bool {
        self.fields.iter().any(|field| self.face(field).is_set)
    }

    fn is_sent(&self) -> bool {
        self.usage != Usage::Output
    }

    /// Whether requests carry a member.
    fn sends(&self, field: &Field) -> bool {
        self.is_sent() && field.access != Access::ReadOnly
    }
}

pub(super) fn compare(found: &mut Found, model: &str, old: Members<'_>, new: Members<'_>) {
    let place = |field: &Field| format!("{model}.{}", field.wire);
    let pairs = pair(old.fields, new.fields, |field| field.wire.clone(), is_same);
    let same: Vec<_> = pairs.both.iter().chain(&pairs.renamed).copied().collect();
    for field in pairs.added {
        found.added(&place(field), SUBJECT, added(field, old, new));
    }
    for (before, after) in pairs.renamed {
        let what = What::Renamed {
            from: before.wire.clone(),
        };
        found.add(&place(after), SUBJECT, what, renamed(before, after));
        one(found, &place(after), (before, old), (after, new));
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
        one(found, &place(after), (before, old), (after, new));
    }
    for field in pairs.removed {
        found.removed(&place(field), SUBJECT, "it is gone");
    }
    order(found, model, (old, new), &same);
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

fn added(field: &Field, old: Members<'_>, new: Members<'_>) -> Meaning {
    if !new.face(field).is_required {
        return ADDITIVE;
    }
    let reason = match old.has_new() {
        true => "`new` takes one more argument",
        false => "`new` takes it, and stands in for `Default`",
    };
    let wire = match old.is_sent() && new.is_sent() {
        true => Impact::Breaking,
        false => Impact::Additive,
    };
    Meaning::of(Impact::Breaking, wire).because(reason)
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

/// A member, and the model that has it.
type Of<'a> = (&'a Field, Members<'a>);

fn one(found: &mut Found, place: &str, (before, old): Of<'_>, (after, new): Of<'_>) {
    presence(found, place, (before, old), (after, new));
    let accesses = (
        "access",
        access_text(before.access),
        access_text(after.access),
    );
    let meaning = access((before, old), (after, new));
    found.aspect(place, SUBJECT, accesses, meaning);
    let given = (
        Given::member(before, old.sends(before)),
        Given::member(after, new.sends(after)),
    );
    given::compare(found, place, SUBJECT, given.0, given.1);
    boxed(found, place, (before, old), (after, new));
}

/// `T` and `Option<T>` are different types for whoever reads the member.
fn presence(found: &mut Found, place: &str, (before, old): Of<'_>, (after, new): Of<'_>) {
    let (was, is) = (old.face(before).is_required, new.face(after).is_required);
    if before.presence == after.presence && before.access == after.access {
        // What only the service sets is there in answers, and cannot be in what callers make.
        let text = |of: Of<'_>| match is_left_out(of.0, of.1.usage) {
            true => "required in answers",
            false => "required",
        };
        if was != is {
            let texts = (
                "presence",
                text((before, old)).to_owned(),
                text((after, new)).to_owned(),
            );
            let meaning = Meaning::of(Impact::Breaking, Impact::Invisible);
            found.aspect(place, SUBJECT, texts, meaning.because(optional(is)));
        }
        return;
    }
    let wire = presence_on_the_wire((before, old), (after, new));
    let meaning = match (was == is, wire) {
        (false, _) => Meaning::of(Impact::Breaking, wire).because(optional(is)),
        (true, Impact::Breaking) => {
            Meaning::of(Impact::Invisible, wire).because("answers may lack it")
        }
        (true, _) => Meaning::of(Impact::Invisible, wire),
    };
    let texts = (
        "presence",
        presence_text(&before.presence),
        presence_text(&after.presence),
    );
    found.aspect(place, SUBJECT, texts, meaning);
}

fn optional(is_required: bool) -> &'static str {
    match is_required {
        true => "it is no longer an `Option`, and must be given",
        false => "it is an `Option` now",
    }
}

fn presence_on_the_wire((_, old): Of<'_>, (after, new): Of<'_>) -> Impact {
    let is_given = old.is_sent() && new.is_sent() && after.access != Access::ReadOnly;
    let is_received = new.usage != Usage::Input;
    match (&after.presence, is_given, is_received) {
        (Presence::Required, true, _) | (Presence::Optional, _, true) => Impact::Breaking,
        _ => Impact::Additive,
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

/// A member that only the service sets has no setter, is no argument, and is not sent.
fn access((before, old): Of<'_>, (after, new): Of<'_>) -> Meaning {
    let (was, is) = (old.face(before), new.face(after));
    let is_told_elsewhere = before.presence != after.presence;
    if !new.is_sent() {
        // What was left out of what callers make is there in what is only received.
        return match was.is_required == is.is_required || is_told_elsewhere {
            true => INVISIBLE,
            false => {
                Meaning::of(Impact::Breaking, Impact::Invisible).because(optional(is.is_required))
            }
        };
    }
    let (rust, reason) = match (before.access, after.access) {
        _ if is_told_elsewhere && was.is_required != is.is_required => (Impact::Invisible, ""),
        _ if was.is_required && !is.is_required => (
            Impact::Breaking,
            "it is an `Option`, which is not sent, and no argument of `new`",
        ),
        _ if !was.is_required && is.is_required => (
            Impact::Breaking,
            "it is no longer an `Option`, and must be given",
        ),
        _ if was.is_set && !is.is_set => (
            Impact::Breaking,
            "its setter is gone, and it is not sent any more",
        ),
        _ if !was.is_set && is.is_set => (Impact::Additive, ""),
        _ => (Impact::Invisible, ""),
    };
    let (wire, why) = match (before.access, after.access) {
        (_, Access::ReadOnly) => (Impact::Breaking, "it is not sent any more"),
        (Access::ReadOnly, _) if is.is_required => (Impact::Breaking, "it must be given"),
        (Access::ReadOnly, _) => (Impact::Additive, ""),
        (_, Access::CreateOnly) => (Impact::Breaking, "it cannot be changed any more"),
        _ => (Impact::Additive, ""),
    };
    Meaning::of(rust, wire).because(if reason.is_empty() { why } else { reason })
}

/// A member through which a type holds itself is behind a `Box`.
fn boxed(found: &mut Found, place: &str, (before, old): Of<'_>, (after, new): Of<'_>) {
    let text = |is_boxed| match is_boxed {
        true => "boxed",
        false => "itself",
    };
    let was = found.old.is_boxed(old.model, &before.wire);
    let is = found.new.is_boxed(new.model, &after.wire);
    let meaning = Meaning::of(Impact::Breaking, Impact::Invisible).because(
        "it is of another type in Rust, for its type holds itself through it, or no longer does",
    );
    let texts = ("storage", text(was).to_owned(), text(is).to_owned());
    found.aspect(place, SUBJECT, texts, meaning);
}

/// Arguments of `new` stand in the order of the members.
fn order(
    found: &mut Found,
    model: &str,
    (old, new): (Members<'_>, Members<'_>),
    same: &[(&Field, &Field)],
) {
    // By the name of before, and by that of now, with that of now.
    let (mut was, mut is) = (HashMap::new(), HashMap::new());
    for (before, after) in same {
        if old.face(before).is_required && new.face(after).is_required {
            was.insert(before.wire.as_str(), after.wire.as_str());
            is.insert(after.wire.as_str(), after.wire.as_str());
        }
    }
    let names = |fields: &[Field], arguments: &HashMap<&str, &str>| -> Vec<String> {
        let found = fields.iter();
        let found = found.filter_map(|field| arguments.get(field.wire.as_str()));
        found.map(|name| (*name).to_owned()).collect()
    };
    let (before, after) = (names(old.fields, &was), names(new.fields, &is));
    found.order(model, Subject::Model, &before, &after);
}
