//! What parameters and members have in common: a value that is given, and what is said of it.

use super::ty::{self, Typed};
use super::{Found, INVISIBLE, Impact, Meaning, Subject, shown};
use crate::api::{Constraints, Field, Parameter, Presence};

/// A value of a parameter or of a member.
pub(super) struct Given<'a> {
    typed: Typed<'a>,
    /// Whether it shows in code at all; what is always the same does not.
    is_seen: bool,
    /// Whether requests carry it; what is only received is neither refused nor left out by anybody.
    is_sent: bool,
    constraints: &'a Constraints,
    default: Option<&'a String>,
    deprecated: bool,
}

impl<'a> From<&'a Parameter> for Given<'a> {
    fn from(parameter: &'a Parameter) -> Self {
        Self {
            typed: Typed {
                ty: &parameter.ty,
                secret: parameter.secret,
            },
            is_seen: !matches!(parameter.presence, Presence::Constant(_)),
            is_sent: true,
            constraints: &parameter.constraints,
            default: parameter.default.as_ref(),
            deprecated: parameter.deprecated,
        }
    }
}

impl<'a> Given<'a> {
    pub(super) fn member(field: &'a Field, is_sent: bool) -> Self {
        Self {
            typed: Typed {
                ty: &field.ty,
                secret: field.secret,
            },
            is_seen: true,
            is_sent,
            constraints: &field.constraints,
            default: field.default.as_ref(),
            deprecated: field.deprecated,
        }
    }
}

pub(super) fn compare(
    found: &mut Found,
    place: &str,
    subject: Subject,
    before: Given<'_>,
    after: Given<'_>,
) {
    let is_seen = before.is_seen && after.is_seen;
    if is_seen {
        ty::compare(found, place, subject, before.typed, after.typed);
    }
    limits(found, place, subject, &before, &after);
    let other = Meaning::of(Impact::Invisible, Impact::Breaking)
        .because("leaving it out means something else");
    let defaults = ("default", shown(before.default), shown(after.default));
    found.aspect(place, subject, defaults, if_sent(&before, &after, other));
    if is_seen {
        found.deprecated(place, subject, before.deprecated, after.deprecated);
    }
}

/// What a change means that only those feel who send values before and after it.
fn if_sent(before: &Given<'_>, after: &Given<'_>, meaning: Meaning) -> Meaning {
    match before.is_sent && after.is_sent {
        true => meaning,
        false => INVISIBLE,
    }
}

pub(super) fn presence_text(presence: &Presence) -> String {
    match presence {
        Presence::Required => "required".to_owned(),
        Presence::Optional => "optional".to_owned(),
        Presence::Constant(value) => format!("always {value}"),
    }
}

/// Limits are checked when a request runs, not when it is compiled.
fn limits(found: &mut Found, place: &str, subject: Subject, old: &Given<'_>, new: &Given<'_>) {
    let looser = Meaning::of(Impact::Invisible, Impact::Additive);
    let tighter = Meaning::of(Impact::Invisible, Impact::Breaking)
        .because("values that were taken are refused");
    let (looser, tighter) = (if_sent(old, new, looser), if_sent(old, new, tighter));
    let (before, after) = (old.constraints, new.constraints);
    for ((aspect, is_lower, before), (_, _, after)) in bounds(before).into_iter().zip(bounds(after))
    {
        let grows = before.is_none_or(|before| after.is_some_and(|after| after > before));
        let is_looser = after.is_none() || before.is_some() && grows != is_lower;
        let meaning = if is_looser { looser } else { tighter };
        let bound = (aspect, shown(before.as_ref()), shown(after.as_ref()));
        found.aspect(place, subject, bound, meaning);
    }
    let pattern = if after.pattern.is_none() {
        looser
    } else {
        tighter
    };
    found.aspect(
        place,
        subject,
        (
            "pattern",
            shown(before.pattern.as_ref()),
            shown(after.pattern.as_ref()),
        ),
        pattern,
    );
    let unique = if after.unique_items { tighter } else { looser };
    found.aspect(
        place,
        subject,
        (
            "uniqueItems",
            before.unique_items.to_string(),
            after.unique_items.to_string(),
        ),
        unique,
    );
}

/// Each bound: its keyword, whether it is a lower one, and its value.
fn bounds(of: &Constraints) -> [(&'static str, bool, Option<i128>); 6] {
    [
        ("minimum", true, of.minimum.map(Into::into)),
        ("maximum", false, of.maximum.map(Into::into)),
        ("minLength", true, of.min_length.map(Into::into)),
        ("maxLength", false, of.max_length.map(Into::into)),
        ("minItems", true, of.min_items.map(Into::into)),
        ("maxItems", false, of.max_items.map(Into::into)),
    ]
}
