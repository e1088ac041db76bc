//! Each folder of `pairs/` is a test of its own: two versions of a small description, and a user of the first.
//!
//! - `old.yaml` and `new.yaml`, or folders `old/` and `new/` of several documents;
//! - `consumer.rs` is code as users write it. It compiles against the crate of the old version;
//! - `expect.yaml` holds all that `compare` finds, what the compiler says of the consumer with the new version, and what
//!   it prints with each where it compiles and does something else;
//! - `tolerated.rs` is code that no longer compiles although the changes break nothing by the rules of semantic
//!   versioning, with what the compiler says under `tolerated` and the reason under `because`.
//!
//! Besides, every use of every item that a program can think of is tried on both, and must break or not as is said.
#![forbid(unsafe_code)]

#[path = "pairs/check.rs"]
mod check;
#[path = "pairs/expectation.rs"]
mod expectation;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};
use std::{fs, io};

use keyvault_verdict::Rustc;
use libtest_mimic::{Arguments, Failed, Trial};

use crate::check::check;
use crate::expectation::Expectation;

const PAIRS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/pairs");

/// The compiler, once somebody asks for it.
type Shared = Arc<OnceLock<Result<Rustc, String>>>;

fn main() -> io::Result<ExitCode> {
    let rustc = Shared::default();
    let pairs = folders(Path::new(PAIRS))?;
    let mut trials: Vec<_> = pairs.iter().map(|pair| trial(pair, &rustc)).collect();
    trials.push(Trial::test("every_kind_of_change_has_a_pair", move || {
        every_kind(&pairs)
    }));
    Ok(libtest_mimic::run(&Arguments::from_args(), trials).exit_code())
}

fn trial(pair: &Path, rustc: &Shared) -> Trial {
    let name = pair.file_name().unwrap_or_default().to_string_lossy();
    let (pair, rustc) = (pair.to_owned(), Arc::clone(rustc));
    let run = move || {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("verdict");
        let rustc = rustc.get_or_init(|| Rustc::new(&target));
        let rustc = rustc.as_ref().map_err(Clone::clone)?;
        Ok(check(&pair, rustc)?)
    };
    Trial::test(name.into_owned(), run).with_kind("pair")
}

fn folders(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let paths = fs::read_dir(dir)?.map(|entry| entry.map(|entry| entry.path()));
    let mut paths = paths.collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

/// All that `compare` can tell, as `subject kind`. What is added there belongs here too, and in a pair.
const KINDS: &[&str] = &[
    "alias added",
    "alias deprecated",
    "alias kind",
    "alias removed",
    "alias renamed",
    "alias type",
    "body added",
    "body removed",
    "body renamed",
    "body required",
    "body type",
    "enumeration added",
    "enumeration deprecated",
    "enumeration kind",
    "enumeration open",
    "enumeration removed",
    "enumeration renamed",
    "export added",
    "export path",
    "export removed",
    "field access",
    "field added",
    "field default",
    "field deprecated",
    "field maxItems",
    "field maxLength",
    "field maximum",
    "field minItems",
    "field minLength",
    "field minimum",
    "field pattern",
    "field presence",
    "field removed",
    "field renamed",
    "field storage",
    "field type",
    "field uniqueItems",
    "model added",
    "model deprecated",
    "model kind",
    "model order of arguments",
    "model removed",
    "model renamed",
    "model usage",
    "operation added",
    "operation deprecated",
    "operation idempotent",
    "operation long-running",
    "operation order of arguments",
    "operation paging",
    "operation pauses",
    "operation permission",
    "operation poll",
    "operation removed",
    "operation renamed",
    "operation result",
    "operation route",
    "operation settled by",
    "operation state",
    "operation states of failure",
    "operation states of success",
    "operation takes api-version",
    "parameter added",
    "parameter default",
    "parameter deprecated",
    "parameter location",
    "parameter maxLength",
    "parameter maximum",
    "parameter minLength",
    "parameter minimum",
    "parameter pattern",
    "parameter presence",
    "parameter removed",
    "parameter renamed",
    "parameter slashes kept",
    "parameter type",
    "result headers",
    "result statuses",
    "result type",
    "service added",
    "service api-version",
    "service endpoint",
    "service feature",
    "service features needed",
    "service host request",
    "service removed",
    "service scopes",
    "value added",
    "value removed",
    "value renamed",
];

fn every_kind(pairs: &[PathBuf]) -> Result<(), Failed> {
    let mut found = BTreeSet::new();
    for pair in pairs {
        let expectation = Expectation::read(&pair.join("expect.yaml"))?;
        found.extend(expectation.changes.iter().map(|change| change.kind()));
    }
    let known: BTreeSet<_> = KINDS.iter().map(|kind| (*kind).to_owned()).collect();
    let list = |kinds: Vec<&String>| format!("{kinds:?}");
    let missing = list(known.difference(&found).collect());
    let new = list(found.difference(&known).collect());
    match known == found {
        true => Ok(()),
        false => Err(format!("without a pair: {missing}; not among the kinds: {new}").into()),
    }
}
