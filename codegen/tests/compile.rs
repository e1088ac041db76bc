//! The crates that the fixtures make compile, without warnings and with any one feature.
#![forbid(unsafe_code)]
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test reports by panicking"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use arbitrary::Unstructured;
use keyvault_codegen::{Loaded, Plan, features, generate, load, load_from, manifest};
use targets::{Style, description, taken, texts};

mod targets;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Writes the crate of a description, if it is accepted, and returns its features.
fn write(loaded: Loaded, out: &Path) -> Option<Vec<String>> {
    let Loaded { api, report, .. } = loaded;
    if report.has_errors() {
        return None;
    }
    let files = generate(&api).unwrap();
    Plan::new(out, &files).unwrap().apply().unwrap();
    let name = out.file_name().unwrap().to_string_lossy();
    let runtime = Path::new(ROOT).join("../runtime");
    let manifest = manifest(&api, &name, &runtime.to_string_lossy()).unwrap();
    // Here the crates are members of one workspace.
    let manifest = manifest.replace("[workspace]\n", "");
    fs::write(out.join("Cargo.toml"), manifest).unwrap();
    let features = features(&api).unwrap();
    Some(features.into_iter().map(|feature| feature.name).collect())
}

fn fixtures() -> Vec<PathBuf> {
    let entries = fs::read_dir(Path::new(ROOT).join("tests/fixtures")).unwrap();
    let mut fixtures: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    fixtures.sort();
    fixtures
}

fn check(workspace: &Path, arguments: &[&str]) {
    cargo(workspace, "check", arguments);
}

fn cargo(workspace: &Path, command: &str, arguments: &[&str]) {
    let output = Command::new(env!("CARGO"))
        .args([command, "--quiet", "--offline"])
        .args(arguments)
        .current_dir(workspace)
        // What they depend on is built once for all of them, and nothing is built that is not read.
        .env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("crates"),
        )
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("RUSTFLAGS", "-D warnings")
        .env("RUSTDOCFLAGS", "-D warnings")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}:\n{said}");
}

/// Makes one workspace of the crates.
fn finish(workspace: &Path, members: &[String]) {
    let members = members.join(", ");
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{members}]\n");
    fs::write(workspace.join("Cargo.toml"), manifest).unwrap();
    // The versions that this repository is tested with; nothing has to be fetched.
    let lock = Path::new(ROOT).join("../Cargo.lock");
    fs::copy(lock, workspace.join("Cargo.lock")).unwrap();
}

/// Bytes without an order that anybody would notice.
fn noise(seed: u64) -> Vec<u8> {
    let step = |state: &u64| {
        Some(
            state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1),
        )
    };
    let states = std::iter::successors(Some(seed), step);
    states
        .skip(8)
        .map(|state| (state >> 56) as u8)
        .take(4096)
        .collect()
}

#[test]
fn hostile_texts_and_names_make_crates_that_compile_and_documentation_without_a_warning() {
    let workspace = tempfile::tempdir().unwrap();
    let workspace = workspace.path();
    let mut members = Vec::new();
    for seed in 0..6 {
        let documents = description(&mut Unstructured::new(&noise(seed)), Style::Hostile);
        let loaded = load_from(&texts(&documents), Path::new("spec"));
        let name = format!("hostile{seed}");
        write(loaded, &workspace.join(&name)).expect("valid by construction");
        members.push(format!("{name:?}"));
    }
    let mut documents = taken::documents();
    documents.retain(|document| {
        let loaded = load_from(&texts(std::slice::from_ref(document)), Path::new("spec"));
        !loaded.report.has_errors()
    });
    assert!(
        documents.len() > 50,
        "{} of the names are accepted",
        documents.len()
    );
    let loaded = load_from(&texts(&documents), Path::new("spec"));
    write(loaded, &workspace.join("taken")).expect("each for itself was accepted");
    members.push("\"taken\"".to_owned());
    finish(workspace, &members);

    check(workspace, &["--workspace", "--all-features"]);
    cargo(workspace, "doc", &["--workspace", "--no-deps"]);
}

#[test]
fn every_accepted_fixture_makes_a_crate_that_compiles() {
    let workspace = tempfile::tempdir().unwrap();
    let workspace = workspace.path();
    let mut single_features = Vec::new();
    let mut members = Vec::new();
    for fixture in fixtures() {
        let name = fixture.file_name().unwrap().to_string_lossy().into_owned();
        if let Some(features) = write(load(&fixture.join("spec")), &workspace.join(&name)) {
            if features.len() > 1 {
                single_features.extend(features.into_iter().map(|f| (name.clone(), f)));
            }
            members.push(format!("{name:?}"));
        }
    }
    assert!(members.len() > 25, "the fixtures were not found");
    finish(workspace, &members);

    check(workspace, &["--workspace"]);
    check(workspace, &["--workspace", "--features", "server"]);
    for (member, feature) in &single_features {
        let member = ["--package", member, "--no-default-features"];
        for features in [feature.clone(), format!("{feature},server")] {
            check(
                workspace,
                &[&member[..], &["--features", &features]].concat(),
            );
        }
    }
}
