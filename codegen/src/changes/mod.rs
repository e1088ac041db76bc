//! What differs between two [`Api`]s, and what it means for those who use the bindings and for what goes over the wire.

mod bodies;
mod exports;
mod fields;
mod given;
mod operations;
mod pairs;
mod parameters;
mod protocols;
mod render;
mod services;
mod side;
mod ty;
mod types;
mod values;

pub use self::render::{Format, render};

use self::side::Side;
use crate::api::{Api, TypeRef};
use serde::Serialize;
use std::collections::BTreeMap;

/// What a change means for one side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Impact {
    /// Nothing is seen of it.
    Invisible,
    /// There is more than before; all that worked still works.
    Additive,
    /// Something that worked no longer does.
    Breaking,
}

/// What a change is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it all")]
pub enum Subject {
    Export,
    Service,
    Operation,
    Parameter,
    Body,
    Result,
    Model,
    Field,
    Enumeration,
    Value,
    Alias,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It has another name.
    Renamed {
        /// The name of before.
        from: String,
    },
    /// Something about it is different.
    Changed {
        /// What.
        aspect: &'static str,
        /// As it was.
        from: String,
        /// As it is.
        to: String,
    },
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Where: `keys.KeyAttributes.attestation`.
    pub place: String,
    /// What it is about.
    pub subject: Subject,
    /// What happened.
    pub what: What,
    /// What it means for code that uses the bindings: whether it still compiles.
    pub rust: Impact,
    /// What it means for requests and responses.
    pub wire: Impact,
    /// Why it breaks something; empty if it does not.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// All differences: of what the root of the crate has, then of one service after the other. Of things of one kind in the same surroundings, what is new comes first,
/// then what has another name, then what is in both versions, and at last what is gone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// One after the other.
    pub changes: Vec<Change>,
}

/// What a release with these changes is, by semantic versioning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nothing that users of the bindings see.
    Patch,
    /// More than before.
    Minor,
    /// Code that uses the bindings may have to change.
    Major,
}

impl Changes {
    /// What a release with them is.
    pub fn verdict(&self) -> Verdict {
        match self.changes.iter().map(|change| change.rust).max() {
            Some(Impact::Breaking) => Verdict::Major,
            Some(Impact::Additive) => Verdict::Minor,
            Some(Impact::Invisible) | None => Verdict::Patch,
        }
    }

    /// Whether anything that worked no longer does, on either side.
    pub fn is_breaking(&self) -> bool {
        let breaks = |change: &Change| change.rust.max(change.wire) == Impact::Breaking;
        self.changes.iter().any(breaks)
    }
}

/// Compares two versions. Descriptions in prose do not count.
pub fn compare(old: &Api, new: &Api) -> Changes {
    let mut found = Found {
        old: Side::of(old),
        new: Side::of(new),
        renamed: types::renamed(old, new),
        changes: Vec::new(),
    };
    exports::compare(&mut found, old, new);
    services::compare(&mut found, old, new);
    Changes {
        changes: found.changes,
    }
}

/// What was found so far, and what the comparison of references has to know.
struct Found<'a> {
    old: Side<'a>,
    new: Side<'a>,
    /// Types by the name of before, with the name of now.
    renamed: BTreeMap<TypeRef, TypeRef>,
    changes: Vec<Change>,
}

/// What a change means on both sides, and why it breaks one of them.
#[derive(Clone, Copy)]
struct Meaning {
    rust: Impact,
    wire: Impact,
    reason: &'static str,
}

const INVISIBLE: Meaning = Meaning::of(Impact::Invisible, Impact::Invisible);
const ADDITIVE: Meaning = Meaning::of(Impact::Additive, Impact::Additive);

/// One more required input.
const ONE_MORE: Meaning =
    Meaning::breaking("`new` takes one more argument, and requests without it are refused");
/// A required input that became optional.
const ONE_LESS: Meaning = Meaning::of(Impact::Breaking, Impact::Additive)
    .because("`new` takes one argument less; a setter replaces it");

impl Meaning {
    const fn of(rust: Impact, wire: Impact) -> Self {
        Self {
            rust,
            wire,
            reason: "",
        }
    }

    const fn because(mut self, reason: &'static str) -> Self {
        self.reason = reason;
        self
    }

    const fn breaking(reason: &'static str) -> Self {
        Self::of(Impact::Breaking, Impact::Breaking).because(reason)
    }
}

impl Found<'_> {
    fn add(&mut self, place: &str, subject: Subject, what: What, meaning: Meaning) {
        let Meaning { rust, wire, reason } = meaning;
        let (place, reason) = (place.to_owned(), reason.to_owned());
        self.changes.push(Change {
            place,
            subject,
            what,
            rust,
            wire,
            reason,
        });
    }

    fn added(&mut self, place: &str, subject: Subject, meaning: Meaning) {
        self.add(place, subject, What::Added, meaning);
    }

    fn removed(&mut self, place: &str, subject: Subject, reason: &'static str) {
        self.add(place, subject, What::Removed, Meaning::breaking(reason));
    }

    /// Something about a thing that may be as it was.
    fn aspect(
        &mut self,
        place: &str,
        subject: Subject,
        (aspect, from, to): (&'static str, String, String),
        meaning: Meaning,
    ) {
        if from != to {
            self.add(place, subject, What::Changed { aspect, from, to }, meaning);
        }
    }
}

impl Found<'_> {
    /// Using what is deprecated gives a warning.
    fn deprecated(&mut self, place: &str, subject: Subject, before: bool, after: bool) {
        let warned = Meaning::of(Impact::Additive, Impact::Invisible);
        let aspect = ("deprecated", before.to_string(), after.to_string());
        self.aspect(place, subject, aspect, warned);
    }

    /// Arguments of `new` that change places may compile, and mean something else.
    fn order(&mut self, place: &str, subject: Subject, before: &[String], after: &[String]) {
        let swapped = Meaning::of(Impact::Breaking, Impact::Invisible)
            .because("the arguments of `new` change places");
        let aspect = ("order of arguments", before.join(", "), after.join(", "));
        self.aspect(place, subject, aspect, swapped);
    }
}

/// A change of something that is there or not, such as a default.
fn shown<T: ToString>(value: Option<&T>) -> String {
    value.map_or_else(|| "none".to_owned(), ToString::to_string)
}

/// The same of several things, none of which may be there.
fn listed(values: &[String], between: &str) -> String {
    let all = values.join(between);
    shown((!values.is_empty()).then_some(&all))
}

#[cfg(test)]
mod tests;
