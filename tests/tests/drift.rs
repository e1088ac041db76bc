//! The checked-in bindings are what the checked-in description says.
#![forbid(unsafe_code)]
#![allow(clippy::panic, reason = "a test reports by panicking")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use keyvault_codegen::api::Api;
use keyvault_codegen::{Checked, File, Plan, generate, generate_calls, load};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn api() -> Checked {
    let loaded = load(&repository().join("spec"));
    assert!(
        loaded.report.diagnostics().is_empty(),
        "{}",
        loaded.report.render(false)
    );
    loaded.api
}

fn files(api: &Checked) -> Vec<File> {
    generate(api).unwrap_or_else(|error| panic!("{error}"))
}

fn assert_up_to_date(folder: &str, files: &[File]) {
    let plan = Plan::new(&repository().join(folder), files);
    let plan = plan.unwrap_or_else(|error| panic!("{error}"));
    let diff = plan.diff();
    assert!(plan.is_empty(), "run `cargo xtask codegen`:\n{diff}");
}

#[test]
fn generated_is_up_to_date() {
    let api = api();
    assert_up_to_date("generated", &files(&api));
    let calls = generate_calls(&api).unwrap_or_else(|error| panic!("{error}"));
    assert_up_to_date("tests", &calls);
}

#[test]
fn generating_twice_gives_the_same_bytes() {
    assert_eq!(files(&api()), files(&api()));
}

#[test]
fn the_checked_in_api_reads_back_and_generates_the_same() {
    let text = std::fs::read_to_string(repository().join("generated/api.json"));
    let text = text.unwrap_or_else(|error| panic!("{error}"));
    let read: Api = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(read, *api());
    let read = Checked::new(read).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(files(&read), files(&api()));
}

#[test]
fn every_type_of_the_description_is_declared() {
    let api = api();
    let files = files(&api);
    let texts = files.iter().map(|file| file.text.as_str());
    let declared = texts.flat_map(|text| {
        let kinds = [
            "rt::model! {",
            "rt::open_enum! {",
            "rt::closed_enum! {",
            "pub type ",
        ];
        text.lines()
            .filter(move |line| kinds.iter().any(|kind| line.starts_with(kind)))
    });
    let described: usize = api.services.iter().map(|service| service.types.len()).sum();
    assert_eq!(declared.count(), described);
    assert!(described > 200);
}

#[test]
fn no_emitted_file_is_longer_than_two_thousand_lines() {
    let api = api();
    let calls = generate_calls(&api).unwrap_or_else(|error| panic!("{error}"));
    for file in files(&api).iter().chain(&calls) {
        let lines = file.text.lines().count();
        let rust = file.path.ends_with(".rs");
        assert!(!rust || lines <= 2_000, "{}: {lines} lines", file.path);
    }
}

#[test]
fn the_features_of_the_crate_are_its_services() {
    let manifest = std::fs::read_to_string(repository().join("generated/Cargo.toml"));
    let manifest = manifest.unwrap_or_else(|error| panic!("{error}"));
    let full = manifest
        .lines()
        .find_map(|line| line.strip_prefix("full = "))
        .unwrap_or_else(|| panic!("there is no feature `full`"));
    let full: BTreeSet<_> = full
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect();
    let api = api();
    let services = api.services.iter().filter(|s| !s.groups.is_empty());
    let services: BTreeSet<_> = services.map(|service| service.name.clone()).collect();
    assert_eq!(full, services);
}
