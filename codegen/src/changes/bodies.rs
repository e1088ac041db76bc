use super::ty::{self, Typed};
use super::{ADDITIVE, Found, Impact, Meaning, ONE_LESS, ONE_MORE, Subject, What, listed};
use crate::api::{Body, Operation, Payload, Success};
use crate::naming;

/// The body of the request, and that of the response.
pub(super) fn compare(found: &mut Found, place: &str, old: &Operation, new: &Operation) {
    request(found, place, old, new);
    result(found, place, &old.payload, &new.payload);
    let more = Meaning::of(Impact::Invisible, Impact::Additive);
    let gone = Meaning::of(Impact::Invisible, Impact::Breaking).because("answers may lack it");
    let is_gone = |old: &[String], new: &[String]| old.iter().any(|name| !new.contains(name));
    let all = |operation: &Operation| -> Vec<_> {
        operation
            .successes
            .iter()
            .map(|success| success.status.to_string())
            .collect()
    };
    let meaning = if is_gone(&all(old), &all(new)) {
        gone
    } else {
        more
    };
    let statuses = ("statuses", listed(&all(old), ", "), listed(&all(new), ", "));
    found.aspect(place, Subject::Result, statuses, meaning);
    for (before, after) in same_status(old, new) {
        let meaning = if is_gone(&before.headers, &after.headers) {
            gone
        } else {
            more
        };
        let headers = (
            "headers",
            in_any_order(&before.headers),
            in_any_order(&after.headers),
        );
        found.aspect(
            &format!("{place} {}", after.status),
            Subject::Result,
            headers,
            meaning,
        );
    }
}

/// The successes that both versions declare.
fn same_status<'a>(
    old: &'a Operation,
    new: &'a Operation,
) -> impl Iterator<Item = (&'a Success, &'a Success)> {
    new.successes.iter().filter_map(|after| {
        let mut before = old.successes.iter();
        let before = before.find(|before| before.status == after.status)?;
        Some((before, after))
    })
}

fn request(found: &mut Found, place: &str, old: &Operation, new: &Operation) {
    const SUBJECT: Subject = Subject::Body;
    match (&old.body, &new.body) {
        (None, None) => {}
        (
            None,
            Some(Body {
                required: false, ..
            }),
        ) => found.added(place, SUBJECT, ADDITIVE),
        (None, Some(_)) => {
            found.added(place, SUBJECT, ONE_MORE);
        }
        (Some(_), None) => found.removed(place, SUBJECT, "it cannot be given any more"),
        (Some(before), Some(after)) => {
            let (old, new) = (Typed::plain(&before.ty), Typed::plain(&after.ty));
            ty::compare(found, place, SUBJECT, old, new);
            setter(found, place, before, after);
            let meaning = match after.required {
                true => ONE_MORE,
                false => ONE_LESS,
            };
            found.aspect(
                place,
                SUBJECT,
                (
                    "required",
                    before.required.to_string(),
                    after.required.to_string(),
                ),
                meaning,
            );
        }
    }
}

/// What may be left out has a setter, of the body's name.
fn setter(found: &mut Found, place: &str, before: &Body, after: &Body) {
    let name = |body| naming::body(body).ok().map(|name| name.to_string());
    if before.required || after.required || name(before) == name(after) {
        return;
    }
    let what = What::Renamed {
        from: before.name.clone(),
    };
    let meaning =
        Meaning::of(Impact::Breaking, Impact::Invisible).because("its setter has another name");
    found.add(place, Subject::Body, what, meaning);
}

fn result(found: &mut Found, place: &str, old: &Payload, new: &Payload) {
    let text = |payload: &Payload| match payload {
        Payload::None => "nothing".to_owned(),
        Payload::Always(ty) => ty::text(ty, false),
        Payload::Maybe(ty) => format!("{} or nothing", ty::text(ty, false)),
    };
    let meaning = match (old, new) {
        (Payload::Always(before), Payload::Always(after))
        | (Payload::Maybe(before), Payload::Maybe(after))
            if found.is_same(before, after) =>
        {
            return;
        }
        (Payload::Always(before), Payload::Always(after))
        | (Payload::Maybe(before), Payload::Maybe(after)) => {
            ty::meaning(found, Typed::plain(before), Typed::plain(after))
        }
        (Payload::None, _) => Meaning::of(Impact::Breaking, Impact::Additive)
            .because("what it gives back is of another type"),
        (Payload::Maybe(before), Payload::Always(after)) if found.is_same(before, after) => {
            Meaning::of(Impact::Breaking, Impact::Invisible)
                .because("what it gives back is no longer optional")
        }
        _ => Meaning::breaking("what it gives back is of another type"),
    };
    found.aspect(
        place,
        Subject::Result,
        ("type", text(old), text(new)),
        meaning,
    );
}

/// Headers have no order.
fn in_any_order(headers: &[String]) -> String {
    let mut headers = headers.to_vec();
    headers.sort_unstable();
    listed(&headers, ", ")
}
