//! Which uses of the old version the compiler refuses.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use keyvault_codegen::{PRELUDE, Probe};

use crate::rustc::{Bindings, CompileError, Rustc};

/// The probes that do not compile, by their index, each with the first thing that the compiler says.
///
/// The compiler looks at types only when all names are found, so that it is asked again without what it refused.
pub(crate) fn refused(
    rustc: &Rustc,
    bindings: &Bindings,
    probes: &[Probe],
    folder: &Path,
) -> Result<BTreeMap<usize, CompileError>, String> {
    let source = folder.join("probes.rs");
    let mut refused = BTreeMap::new();
    loop {
        fs::write(&source, file(probes, &refused))
            .map_err(|error| format!("{}: {error}", source.display()))?;
        let errors = rustc.check(&source, bindings, folder)?;
        if errors.is_empty() {
            return Ok(refused);
        }
        let before = refused.len();
        for error in errors {
            let index = error.line.checked_sub(first_line());
            let index = index.filter(|index| *index < probes.len());
            let index = index.ok_or_else(|| format!("not of a probe:\n{}", error.text))?;
            refused.entry(index).or_insert(error);
        }
        if refused.len() == before {
            return Err("the compiler refuses what is not there any more".to_owned());
        }
    }
}

/// One line for each probe; those that are refused leave theirs empty.
fn file(probes: &[Probe], refused: &BTreeMap<usize, CompileError>) -> String {
    let lines = probes.iter().enumerate().map(|(index, probe)| {
        let is_refused = refused.contains_key(&index);
        let code = if is_refused { "" } else { probe.code.as_str() };
        format!("{code}\n")
    });
    std::iter::once(PRELUDE.to_owned()).chain(lines).collect()
}

/// The line of the first probe.
fn first_line() -> usize {
    PRELUDE.lines().count() + 1
}
