//! The command, and what it must not let pass.
#![forbid(unsafe_code)]
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test reports by panicking"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use keyvault_codegen::changes::{Change, Impact, Subject, What, compare};
use keyvault_codegen::{Checked, load};
use keyvault_verdict::{Judgement, Rustc, judge};

/// Two folders of descriptions: the new one lacks a service of the old one.
fn version(name: &str) -> PathBuf {
    let pairs = Path::new(env!("CARGO_MANIFEST_DIR")).join("pairs");
    pairs.join("service_removed").join(name)
}

fn verdict(old: &Path, new: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_verdict"));
    command.arg(old).arg(new).output().unwrap()
}

#[test]
fn the_command_proves_what_breaks() {
    let output = verdict(&version("old"), &version("new"));
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(
        said,
        "old -> new: 4 items in 22 uses: 3 break, 1 do not; 2 breaking changes proved, 0 unproved; 0 other changes; \
         0 unexplained\n"
    );
    assert!(output.status.success());
}

#[test]
fn the_command_refuses_what_is_no_description() {
    let output = verdict(&version("old"), Path::new("/nowhere"));
    assert_eq!(output.status.code(), Some(1));
    assert!(!output.stderr.is_empty());
}

/// The judgement of the two versions, with other changes than were found.
fn judged(other: impl FnOnce(&mut Vec<Change>)) -> Judgement {
    let api = |name: &str| -> Checked { load(&version(name)).api };
    let (old, new) = (api("old"), api("new"));
    let mut changes = compare(&old, &new).changes;
    other(&mut changes);
    let rustc = Rustc::new(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("verdict")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let bindings = |api: &Checked, name: &str| {
        let folder = folder.path().join(name);
        rustc.bindings(api, None, &folder).unwrap()
    };
    let (before, after) = (bindings(&old, "old"), bindings(&new, "new"));
    let (old, new) = ((&*old, &before), (&*new, &after));
    judge(&rustc, old, new, &changes, folder.path()).unwrap()
}

#[test]
fn what_is_said_is_sound() {
    assert!(judged(|_| {}).is_sound());
}

#[test]
fn a_break_that_nobody_tells_of_is_found() {
    let judgement = judged(Vec::clear);
    assert!(!judgement.is_sound());
    let told = judgement.unexplained.join("\n");
    assert!(told.contains("others.ListOthers (Named)"), "{told}");
    assert!(told.contains("the feature others is gone"), "{told}");
}

#[test]
fn a_change_that_only_seems_to_break_is_found() {
    let judgement = judged(|changes| {
        changes.push(Change {
            place: "things.GetThing".to_owned(),
            subject: Subject::Operation,
            what: What::Removed,
            rust: Impact::Breaking,
            wire: Impact::Breaking,
            reason: String::new(),
        });
    });
    assert!(judgement.unexplained.is_empty());
    assert_eq!(judgement.unproved.len(), 1);
    assert_eq!(judgement.unproved[0].place, "things.GetThing");
}
