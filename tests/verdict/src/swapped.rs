//! Arguments that change places and are of one type: the code compiles, and makes something else.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use keyvault_codegen::api::Api;
use keyvault_codegen::changes::{Change, What};
use keyvault_codegen::{PRELUDE, Probe};

use crate::at::Places;
use crate::explain::touches;
use crate::rustc::{Bindings, Rustc};

/// The places of the changes of order by which the same code, run against both versions, makes something else.
pub(crate) fn proved(
    rustc: &Rustc,
    both: [&Bindings; 2],
    changes: &[Change],
    probes: &[Probe],
    old: &Api,
    folder: &Path,
) -> Result<BTreeSet<String>, String> {
    let places = Places::new(old, changes);
    let is_order = |change: &&Change| {
        matches!(
            change.what,
            What::Changed {
                aspect: "order of arguments",
                ..
            }
        )
    };
    let swapped: Vec<(&Change, &str)> = changes
        .iter()
        .filter(is_order)
        .filter_map(|change| {
            let at = places.at(change);
            let mut probes = probes.iter().filter(|probe| touches(change, &at, probe));
            Some((change, probes.find_map(|probe| probe.shown.as_deref())?))
        })
        .collect();
    if swapped.is_empty() {
        return Ok(BTreeSet::new());
    }
    let source = folder.join("swapped.rs");
    let lines: String = swapped
        .iter()
        .map(|(_, shown)| format!("println!(\"{{}}\", {shown});\n"))
        .collect();
    fs::write(&source, format!("{PRELUDE}fn main() {{\n{lines}}}\n"))
        .map_err(|error| format!("{}: {error}", source.display()))?;
    let [before, after] = both.map(|bindings| rustc.run(&source, bindings, folder));
    let (before, after) = (before?, after?);
    let differ = before
        .lines()
        .zip(after.lines())
        .zip(swapped)
        .filter(|((before, after), _)| before != after);
    Ok(differ
        .map(|(_, (change, _))| change.place.clone())
        .collect())
}
