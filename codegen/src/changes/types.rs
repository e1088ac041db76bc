use super::pairs::pair;
use super::{ADDITIVE, Found, INVISIBLE, Impact, Meaning, Subject, What, fields, ty, values};
use crate::api::{Api, Service, Shape, TypeDef, TypeRef, Usage};
use crate::naming;
use std::collections::{BTreeMap, BTreeSet};

/// The types that have another name now.
pub(super) fn renamed(old: &Api, new: &Api) -> BTreeMap<TypeRef, TypeRef> {
    let mut renamed = BTreeMap::new();
    for old in &old.services {
        let Some(new) = new.service(&old.name) else {
            continue;
        };
        for (before, after) in pairs(old, new).renamed {
            renamed.insert(reference(old, before), reference(new, after));
        }
    }
    renamed
}

fn reference(service: &Service, def: &TypeDef) -> TypeRef {
    TypeRef {
        service: service.name.clone(),
        name: def.name.clone(),
    }
}

fn pairs<'a>(old: &'a Service, new: &'a Service) -> super::pairs::Pairs<'a, TypeDef> {
    pair(
        &old.types,
        &new.types,
        |def| def.name.clone(),
        is_same_shape,
    )
}

/// Types with the same members, or nearly so, are the same under another name. One or two members tell nothing.
fn is_same_shape(old: &TypeDef, new: &TypeDef) -> bool {
    const FEWEST: usize = 2;
    let (old, new) = (names(&old.shape), names(&new.shape));
    let common = old.intersection(&new).count();
    let all = old.union(&new).count();
    common >= FEWEST && common * 5 >= all * 4
}

fn names(shape: &Shape) -> BTreeSet<String> {
    match shape {
        Shape::Model(fields) => fields
            .iter()
            .map(|field| format!("field {}", field.wire))
            .collect(),
        Shape::Enum(values) => values
            .variants
            .iter()
            .map(|value| format!("value {}", value.wire))
            .collect(),
        Shape::Alias(_) => BTreeSet::new(),
    }
}

pub(super) fn compare(found: &mut Found, old: &Service, new: &Service) {
    let place = |service: &Service, def: &TypeDef| format!("{}.{}", service.name, def.name);
    let pairs = pairs(old, new);
    for def in pairs.added {
        found.added(&place(new, def), subject(def), ADDITIVE);
    }
    for (before, after) in pairs.renamed {
        let what = What::Renamed {
            from: before.name.clone(),
        };
        found.add(
            &place(new, after),
            subject(after),
            what,
            rename(before, after),
        );
        one(found, &place(new, after), before, after);
    }
    for (before, after) in pairs.both {
        if rust_name(before) != rust_name(after) {
            let from = before
                .client_name
                .clone()
                .unwrap_or_else(|| before.name.clone());
            found.add(
                &place(new, after),
                subject(after),
                What::Renamed { from },
                rename(before, after),
            );
        }
        one(found, &place(new, after), before, after);
    }
    for def in pairs.removed {
        found.removed(&place(old, def), subject(def), "it is gone");
    }
}

fn subject(def: &TypeDef) -> Subject {
    match def.shape {
        Shape::Model(_) => Subject::Model,
        Shape::Enum(_) => Subject::Enumeration,
        Shape::Alias(_) => Subject::Alias,
    }
}

fn rust_name(def: &TypeDef) -> Option<String> {
    naming::type_def(def).ok().map(|name| name.to_string())
}

fn rename(before: &TypeDef, after: &TypeDef) -> Meaning {
    match rust_name(before) == rust_name(after) {
        true => INVISIBLE,
        false => {
            Meaning::of(Impact::Breaking, Impact::Invisible).because("it has another name in Rust")
        }
    }
}

fn one(found: &mut Found, place: &str, before: &TypeDef, after: &TypeDef) {
    let subject = subject(after);
    match (&before.shape, &after.shape) {
        (Shape::Model(old), Shape::Model(new)) => {
            usage(found, place, before.usage, after.usage);
            fields::compare(found, place, (old, before.usage), (new, after.usage));
        }
        (Shape::Enum(old), Shape::Enum(new)) => values::compare(found, place, old, new),
        (Shape::Alias(old), Shape::Alias(new)) => {
            ty::compare(found, place, subject, (old, false), (new, false));
        }
        (old, new) => {
            let kind = |shape: &Shape| match shape {
                Shape::Model(_) => "model".to_owned(),
                Shape::Enum(_) => "enumeration".to_owned(),
                Shape::Alias(ty) => ty::text(ty, false),
            };
            let another = Meaning::breaking("it is of another kind");
            found.aspect(place, subject, ("kind", kind(old), kind(new)), another);
        }
    }
    found.deprecated(place, subject, before.deprecated, after.deprecated);
}

/// What is only received has no constructor and no setters.
fn usage(found: &mut Found, place: &str, before: Usage, after: Usage) {
    let is_made = |usage: Usage| usage != Usage::Output;
    let text = |usage: Usage| match usage {
        Usage::Input => "sent",
        Usage::Output => "received",
        Usage::Both => "sent and received",
    };
    let meaning = match (is_made(before), is_made(after)) {
        (false, true) => Meaning::of(Impact::Additive, Impact::Invisible),
        (true, false) => Meaning::of(Impact::Breaking, Impact::Invisible)
            .because("its constructor and setters are gone"),
        _ => INVISIBLE,
    };
    found.aspect(
        place,
        Subject::Model,
        ("usage", text(before).to_owned(), text(after).to_owned()),
        meaning,
    );
}
