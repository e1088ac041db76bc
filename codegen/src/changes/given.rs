//! What parameters and members have in common: a value that is given, and what is said of it.

use super::{Found, Impact, Meaning, Subject, shown, ty};
use crate::api::{Constraints, Field, Parameter, Presence, Type};

/// A value of a parameter or of a member.
pub(super) struct Given<'a> {
    ty: &'a Type,
    secret: bool,
    constraints: &'a Constraints,
    default: Option<&'a String>,
    deprecated: bool,
}

impl<'a> From<&'a Parameter> for Given<'a> {
    fn from(parameter: &'a Parameter) -> Self {
        Self {
            ty: &parameter.ty,
            secret: parameter.secret,
            constraints: &parameter.constraints,
            default: parameter.default.as_ref(),
            deprecated: parameter.deprecated,
        }
    }
}

impl<'a> From<&'a Field> for Given<'a> {
    fn from(field: &'a Field) -> Self {
        Self {
            ty: &field.ty,
            secret: field.secret,
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
    let (old, new) = ((before.ty, before.secret), (after.ty, after.secret));
    ty::compare(found, place, subject, old, new);
    limits(found, place, subject, before.constraints, after.constraints);
    let other = Meaning::of(Impact::Invisible, Impact::Breaking)
        .because("leaving it out means something else");
    let defaults = ("default", shown(before.default), shown(after.default));
    found.aspect(place, subject, defaults, other);
    found.deprecated(place, subject, before.deprecated, after.deprecated);
}

pub(super) fn presence_text(presence: &Presence) -> String {
    match presence {
        Presence::Required => "required".to_owned(),
        Presence::Optional => "optional".to_owned(),
        Presence::Constant(value) => format!("always {value}"),
    }
}

/// Limits are checked when a request runs, not when it is compiled.
fn limits(
    found: &mut Found,
    place: &str,
    subject: Subject,
    before: &Constraints,
    after: &Constraints,
) {
    let looser = Meaning::of(Impact::Invisible, Impact::Additive);
    let tighter = Meaning::of(Impact::Invisible, Impact::Breaking)
        .because("values that were taken are refused");
    let mut bound = |aspect, before: Option<i128>, after: Option<i128>, is_lower: bool| {
        let grows = before.is_none_or(|before| after.is_some_and(|after| after > before));
        let is_looser = after.is_none() || before.is_some() && grows != is_lower;
        let meaning = if is_looser { looser } else { tighter };
        found.aspect(
            place,
            subject,
            (aspect, shown(before.as_ref()), shown(after.as_ref())),
            meaning,
        );
    };
    bound(
        "minimum",
        before.minimum.map(Into::into),
        after.minimum.map(Into::into),
        true,
    );
    bound(
        "maximum",
        before.maximum.map(Into::into),
        after.maximum.map(Into::into),
        false,
    );
    bound(
        "minLength",
        before.min_length.map(Into::into),
        after.min_length.map(Into::into),
        true,
    );
    bound(
        "maxLength",
        before.max_length.map(Into::into),
        after.max_length.map(Into::into),
        false,
    );
    bound(
        "minItems",
        before.min_items.map(Into::into),
        after.min_items.map(Into::into),
        true,
    );
    bound(
        "maxItems",
        before.max_items.map(Into::into),
        after.max_items.map(Into::into),
        false,
    );
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
