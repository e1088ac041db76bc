//! `expect.yaml` of a pair.

use std::fs;
use std::path::Path;

use keyvault_codegen::changes::{Change, Impact, Verdict, What};
use serde::Deserialize;

/// What must come of a pair.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// What a release with the changes is: `patch`, `minor` or `major`.
    pub verdict: String,
    /// All changes, in order.
    pub changes: Vec<Line>,
    /// What the compiler says of the consumer with the new version.
    #[serde(default)]
    pub breaks: Vec<Refusal>,
    /// What the consumer prints.
    pub shows: Option<Shown>,
    /// The features that the consumer asks for, if not all.
    pub features: Option<Vec<String>>,
    /// What the compiler says of `tolerated.rs` with the new version.
    #[serde(default)]
    pub tolerated: Vec<Refusal>,
    /// Why that is no breaking change.
    pub because: Option<String>,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// `field things.Thing.size added`, `operation things.Get: paging none -> value`.
    pub what: String,
    /// `breaking`, `additive` or `invisible` for code.
    pub rust: String,
    /// The same for requests and answers.
    pub wire: String,
}

/// An error of the compiler.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    /// Such as `E0061`; what is no error of code has none.
    pub code: Option<String>,
    /// What stands in the line that it is about.
    pub at: Option<String>,
    /// What it says, among other things.
    pub says: String,
}

/// What a consumer prints with each version.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shown {
    /// With the old one.
    pub old: String,
    /// With the new one.
    pub new: String,
}

impl Expectation {
    /// Reads it, and sees that it contradicts nothing.
    pub fn read(path: &Path) -> Result<Self, String> {
        let place = |error: String| format!("{}: {error}", path.display());
        let text = fs::read_to_string(path).map_err(|error| place(error.to_string()))?;
        let read: Self = serde_yaml::from_str(&text).map_err(|error| place(error.to_string()))?;
        read.checked().map_err(place)
    }

    fn checked(self) -> Result<Self, String> {
        let is_major = self.verdict == "major";
        let breaks = !self.breaks.is_empty();
        if self.changes.is_empty() {
            return Err("a pair without changes shows nothing".to_owned());
        }
        if is_major && !breaks && self.shows.is_none() {
            return Err(
                "`major` must say what the consumer `breaks` on, or what it `shows`".to_owned(),
            );
        }
        if breaks && (!is_major || self.shows.is_some()) {
            return Err("a consumer that `breaks` makes it `major`, and shows nothing".to_owned());
        }
        if self
            .shows
            .as_ref()
            .is_some_and(|shown| shown.old == shown.new)
        {
            return Err("what is shown must differ".to_owned());
        }
        if self.tolerated.is_empty() != self.because.is_none() {
            return Err("`tolerated` needs a reason in `because`".to_owned());
        }
        Ok(self)
    }
}

impl Line {
    /// The line of a change that was found.
    pub fn of(change: &Change) -> Self {
        let subject = format!("{:?}", change.subject).to_ascii_lowercase();
        let place = &change.place;
        let what = match &change.what {
            What::Added => format!("{subject} {place} added"),
            What::Removed => format!("{subject} {place} removed"),
            What::Renamed { from } => format!("{subject} {place} renamed from {from}"),
            What::Changed { aspect, from, to } => {
                format!("{subject} {place}: {aspect} {from} -> {to}")
            }
        };
        Self {
            what,
            rust: impact(change.rust).to_owned(),
            wire: impact(change.wire).to_owned(),
        }
    }

    /// What it is about and what happened, without place and values: `field added`, `operation paging`.
    pub fn kind(&self) -> String {
        let subject = self.what.split(' ').next().unwrap_or_default();
        let happened = match self.what.split_once(": ") {
            Some((_, aspect)) => match ASPECTS.iter().find(|known| aspect.starts_with(**known)) {
                Some(known) => known,
                None => aspect.split(' ').next().unwrap_or_default(),
            },
            None if self.what.contains(" renamed from ") => "renamed",
            None => self.what.rsplit(' ').next().unwrap_or_default(),
        };
        format!("{subject} {happened}")
    }
}

/// The aspects that are more than one word.
const ASPECTS: &[&str] = &[
    "features needed",
    "host request",
    "order of arguments",
    "settled by",
    "slashes kept",
    "states of failure",
    "states of success",
    "takes api-version",
];

fn impact(impact: Impact) -> &'static str {
    match impact {
        Impact::Breaking => "breaking",
        Impact::Additive => "additive",
        Impact::Invisible => "invisible",
    }
}

/// A verdict as expectations write it.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Major => "major",
        Verdict::Minor => "minor",
        Verdict::Patch => "patch",
    }
}
