//! Two versions, the changes between them, and what the compiler says.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use keyvault_codegen::api::Api;
use keyvault_codegen::changes::{Change, Impact, Subject, What};
use keyvault_codegen::{Probe, features, generate_probes};

use crate::at::{At, Places};
use crate::explain::{is_felt, touches};
use crate::rustc::{Bindings, CompileError, Rustc};
use crate::{swapped, uses};

/// What the compiler says of the changes between two versions.
#[derive(Debug, Default)]
pub struct Judgement {
    /// How many items the old version has: operations, types, and services that share a host.
    pub items: usize,
    /// How many uses of them were compiled.
    pub uses: usize,
    /// How many items can no longer be used as before, by a breaking change of them or of what they name.
    pub broken: usize,
    /// How many breaking changes break a use, take away a feature, or let the same code send something else.
    pub proved: usize,
    /// How many changes break nothing, and do not say so either.
    pub harmless: usize,
    /// Breaking changes that break no use.
    pub unproved: Vec<Change>,
    /// Uses that break without a change that says so.
    pub unexplained: Vec<String>,
}

impl Judgement {
    /// Whether the changes say what the compiler says.
    pub fn is_sound(&self) -> bool {
        self.unproved.is_empty() && self.unexplained.is_empty()
    }
}

/// Compiles a use of every item of the old version against both, and holds what is said to have changed against it.
///
/// # Errors
/// If the old version does not compile with its own uses, or the compiler does not work.
pub fn judge(
    rustc: &Rustc,
    (old, old_bindings): (&Api, &Bindings),
    (new, new_bindings): (&Api, &Bindings),
    changes: &[Change],
    folder: &Path,
) -> Result<Judgement, String> {
    let probes = generate_probes(old).map_err(|error| error.to_string())?;
    if let Some(error) = uses::refused(rustc, old_bindings, &probes, folder)?
        .values()
        .next()
    {
        return Err(format!("the old version has no such use:\n{}", error.text));
    }
    let refused = uses::refused(rustc, new_bindings, &probes, folder)?;
    let mut judgement = weigh(old, changes, &probes, &refused);
    features_judged(&mut judgement, changes, old, new)?;
    let both = [old_bindings, new_bindings];
    let swapped = swapped::proved(rustc, both, &judgement.unproved, &probes, old, folder)?;
    let all = judgement.unproved.len();
    judgement
        .unproved
        .retain(|change| !swapped.contains(&change.place));
    judgement.proved += all - judgement.unproved.len();
    Ok(judgement)
}

fn weigh(
    old: &Api,
    changes: &[Change],
    probes: &[Probe],
    refused: &BTreeMap<usize, CompileError>,
) -> Judgement {
    let places = Places::new(old, changes);
    let breaking: Vec<(&Change, At)> = changes
        .iter()
        .filter(|change| change.rust == Impact::Breaking)
        .map(|change| (change, places.at(change)))
        .collect();
    let item = |probe: &Probe| (probe.subject, probe.place.clone());
    let items: BTreeSet<_> = probes.iter().map(item).collect();
    let broken: BTreeSet<_> = refused.keys().map(|index| item(&probes[*index])).collect();
    let mut judgement = Judgement {
        // What stands for no item is there for the probes alone.
        items: items.iter().filter(|(_, place)| !place.is_empty()).count(),
        uses: probes.len(),
        broken: broken.len(),
        harmless: changes.len() - breaking.len(),
        ..Judgement::default()
    };
    for (index, error) in refused {
        let probe = &probes[*index];
        let is_explained =
            |(change, at): &(&Change, At)| touches(change, at, probe) || is_felt(change, at, probe);
        if !breaking.iter().any(is_explained) {
            let use_ = format!("{} ({:?}): {}", probe.place, probe.way, error.text);
            judgement.unexplained.push(use_);
        }
    }
    for (change, at) in breaking {
        let breaks = |index: &usize| touches(change, &at, &probes[*index]);
        match refused.keys().any(breaks) {
            true => judgement.proved += 1,
            false => judgement.unproved.push(change.clone()),
        }
    }
    judgement
}

/// Features are no code: what they are is read from both manifests.
fn features_judged(
    judgement: &mut Judgement,
    changes: &[Change],
    old: &Api,
    new: &Api,
) -> Result<(), String> {
    let names = |api: &Api| -> Result<BTreeMap<String, BTreeSet<String>>, String> {
        let features = features(api).map_err(|error| format!("no name: {}", error.0))?;
        let features = features.into_iter();
        Ok(features
            .map(|feature| (feature.name, feature.needs))
            .collect())
    };
    let (before, after) = (names(old)?, names(new)?);
    let is_of = |change: &Change, service: &str| {
        change.subject == Subject::Service
            && change.place == service
            && change.rust == Impact::Breaking
    };
    for (feature, needs) in &before {
        let is_kept = after.get(feature).is_some_and(|now| needs.is_subset(now));
        if !is_kept && !changes.iter().any(|change| is_of(change, feature)) {
            let lost = format!("the feature {feature} is gone, or needs less");
            judgement.unexplained.push(lost);
        }
    }
    let is_proved = |change: &Change| {
        let (before, after) = (before.get(&change.place), after.get(&change.place));
        match (&change.what, before, after) {
            (
                What::Changed {
                    aspect: "feature", ..
                },
                before,
                after,
            ) => before.is_some() != after.is_some(),
            (
                What::Changed {
                    aspect: "features needed",
                    ..
                },
                Some(before),
                Some(after),
            ) => !before.is_subset(after),
            _ => false,
        }
    };
    let all = judgement.unproved.len();
    judgement.unproved.retain(|change| !is_proved(change));
    judgement.proved += all - judgement.unproved.len();
    Ok(())
}
