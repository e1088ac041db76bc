use super::fields::{self, Members};
use super::pairs::pair;
use super::ty::{self, Typed};
use super::{ADDITIVE, Found, INVISIBLE, Impact, Meaning, Subject, What, values};
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
        one(found, &place(new, after), (old, before), (new, after));
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
        one(found, &place(new, after), (old, before), (new, after));
    }
    for def in pairs.removed {
        found.removed(&place(old, def), subject(def), "it is gone");
    }
}

/// A type, and the service that has it.
type Of<'a> = (&'a Service, &'a TypeDef);

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

fn one(found: &mut Found, place: &str, (old, before): Of<'_>, (new, after): Of<'_>) {
    let subject = subject(after);
    let models = (reference(old, before), reference(new, after));
    match (&before.shape, &after.shape) {
        (Shape::Model(old), Shape::Model(new)) => {
            let (old, new) = (
                Members {
                    model: &models.0,
                    fields: old,
                    usage: before.usage,
                },
                Members {
                    model: &models.1,
                    fields: new,
                    usage: after.usage,
                },
            );
            usage(found, place, old, new);
            fields::compare(found, place, old, new);
        }
        (Shape::Enum(old), Shape::Enum(new)) => values::compare(found, place, old, new),
        (Shape::Alias(old), Shape::Alias(new)) => {
            ty::compare(found, place, subject, Typed::plain(old), Typed::plain(new));
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

/// What is only received has no setters.
fn usage(found: &mut Found, place: &str, before: Members<'_>, after: Members<'_>) {
    let is_made = |members: Members<'_>| members.usage != Usage::Output;
    let text = |usage: Usage| match usage {
        Usage::Input => "sent",
        Usage::Output => "received",
        Usage::Both => "sent and received",
    };
    let meaning = match (is_made(before), is_made(after)) {
        (false, true) if after.has_setters() => Meaning::of(Impact::Additive, Impact::Invisible),
        (true, false) if before.has_setters() => {
            Meaning::of(Impact::Breaking, Impact::Invisible).because("its setters are gone")
        }
        _ => INVISIBLE,
    };
    let texts = (
        "usage",
        text(before.usage).to_owned(),
        text(after.usage).to_owned(),
    );
    found.aspect(place, Subject::Model, texts, meaning);
}
