use super::pairs::pair;
use super::{ADDITIVE, Found, Impact, Meaning, Subject, What};
use crate::api::{Enum, Variant};
use crate::naming;

const SUBJECT: Subject = Subject::Value;

pub(super) fn compare(found: &mut Found, enumeration: &str, old: &Enum, new: &Enum) {
    let place = |value: &Variant| format!("{enumeration}.{}", value.wire);
    let pairs = pair(
        &old.variants,
        &new.variants,
        |value| value.wire.clone(),
        |before, after| {
            rust_name(before) == rust_name(after) || before.wire.eq_ignore_ascii_case(&after.wire)
        },
    );
    for value in pairs.added {
        found.added(&place(value), SUBJECT, ADDITIVE);
    }
    let both = pairs
        .both
        .into_iter()
        .filter(|(before, after)| rust_name(before) != rust_name(after));
    for (before, after) in pairs.renamed.into_iter().chain(both) {
        found.add(
            &place(after),
            SUBJECT,
            What::Renamed {
                from: before.wire.clone(),
            },
            renamed(before, after),
        );
    }
    for value in pairs.removed {
        found.removed(&place(value), SUBJECT, "its variant is gone");
    }
    let meaning = match new.open {
        true => Meaning::of(Impact::Breaking, Impact::Additive)
            .because("it is no longer `Copy`, and any text becomes one"),
        false => Meaning::breaking("other values are refused, and have no variant"),
    };
    found.aspect(
        enumeration,
        Subject::Enumeration,
        ("open", old.open.to_string(), new.open.to_string()),
        meaning,
    );
}

fn rust_name(value: &Variant) -> Option<String> {
    naming::variant(value).ok().map(|name| name.to_string())
}

/// Reading takes any letter case.
fn renamed(before: &Variant, after: &Variant) -> Meaning {
    let rust = rust_name(before) == rust_name(after);
    let wire = before.wire == after.wire;
    match (rust, wire) {
        (true, true) => super::INVISIBLE,
        (true, false) => {
            Meaning::of(Impact::Invisible, Impact::Breaking).because("it is written in another way")
        }
        (false, true) => {
            Meaning::of(Impact::Breaking, Impact::Invisible).because("its variant has another name")
        }
        (false, false) => Meaning::breaking("it has another name"),
    }
}
