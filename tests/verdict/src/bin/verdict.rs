//! `verdict OLD NEW`: proves what `cargo xtask changes OLD NEW` says, with the compiler. OLD and NEW are folders of
//! descriptions. Exit status: 0 when all that breaks is said to break and nothing else is, 1 when not, 2 when the
//! arguments are wrong.
#![forbid(unsafe_code)]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use keyvault_codegen::changes::compare;
use keyvault_codegen::{Checked, load};
use keyvault_verdict::{Judgement, Rustc, judge};

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [old, new] = arguments.as_slice() else {
        eprintln!("usage: verdict OLD NEW");
        return ExitCode::from(2);
    };
    match judged(old, new) {
        Ok(judgement) => {
            show(old, new, &judgement);
            match judgement.is_sound() {
                true => ExitCode::SUCCESS,
                false => ExitCode::FAILURE,
            }
        }
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn judged(old: &Path, new: &Path) -> Result<Judgement, String> {
    let (old, new) = (described(old)?, described(new)?);
    let rustc = Rustc::new(&target()?)?;
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let bindings = |api: &Checked, name: &str| rustc.bindings(api, None, &folder.path().join(name));
    let (before, after) = (bindings(&old, "old")?, bindings(&new, "new")?);
    let changes = compare(&old, &new).changes;
    let (old, new) = ((&*old, &before), (&*new, &after));
    judge(&rustc, old, new, &changes, folder.path())
}

fn described(folder: &Path) -> Result<Checked, String> {
    let loaded = load(folder);
    match loaded.report.has_errors() {
        false => Ok(loaded.api),
        true => Err(loaded.report.render(false)),
    }
}

/// A folder beside this program, in what cargo builds.
fn target() -> Result<PathBuf, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let target = program.ancestors().nth(2);
    let target = target.ok_or("this program is in no target folder")?;
    Ok(target.join("tmp/verdict"))
}

fn show(old: &Path, new: &Path, judgement: &Judgement) {
    for use_ in &judgement.unexplained {
        println!("UNEXPLAINED {use_}");
    }
    for change in &judgement.unproved {
        println!(
            "UNPROVED {}: {:?} ({})",
            change.place, change.what, change.reason
        );
    }
    println!(
        "{} -> {}: {} items in {} uses: {} break, {} do not; {} breaking changes proved, {} unproved; {} other changes; \
         {} unexplained",
        name(old),
        name(new),
        judgement.items,
        judgement.uses,
        judgement.broken,
        judgement.items.saturating_sub(judgement.broken),
        judgement.proved,
        judgement.unproved.len(),
        judgement.harmless,
        judgement.unexplained.len(),
    );
}

fn name(folder: &Path) -> String {
    folder
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
