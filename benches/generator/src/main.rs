//! How long each stage of the generator takes for descriptions of growing size: `generator [MOST]`.
//!
//! What grows in proportion has the same time for each operation in every row.
#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, reason = "a benchmark reports by panicking")]

#[allow(missing_docs, reason = "shared with the tests of the generator")]
#[path = "../../../codegen/tests/targets/large.rs"]
mod large;

use std::path::Path;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use keyvault_codegen::changes::{Format, compare, render};
use keyvault_codegen::{Api, Files, Import, generate, import_from, load_from};
use serde_json::Value;

/// The smallest description.
const LEAST: usize = 80;

fn main() {
    let most = std::env::args().nth(1).and_then(|most| most.parse().ok());
    let most = most.unwrap_or(64);
    println!(
        "| services | operations | load | generate | import | import again | changes | all, for each operation | peak memory in MB |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for many in [false, true] {
        for factor in [1, 4, 16, 64].into_iter().filter(|factor| *factor <= most) {
            let operations = LEAST * factor;
            // As many services as operations in each, or one.
            let services = if many { 5 * factor } else { 1 };
            row(services, operations);
        }
    }
}

fn row(services: usize, operations: usize) {
    forget_peak();
    let documents = in_memory("spec", &large::openapi(services, operations));
    let (load, api) = timed(|| {
        let loaded = load_from(&documents, Path::new("spec"));
        assert!(
            !loaded.report.has_errors(),
            "{}",
            loaded.report.render(false)
        );
        loaded.api
    });
    let (generate, _) = timed(|| generate(&api).unwrap());
    let upstream = in_memory("up", &large::swagger(services, operations));
    let (import, present) = timed(|| import(&upstream, services));
    let (again, _) = timed(|| self::import(&present, services));
    let other = without_every_tenth(&api);
    let (changes, _) = timed(|| render(&compare(&api, &other), Format::Markdown));
    let stages = [load, generate, import, again, changes];
    let each = stages.iter().sum::<Duration>() / u32::try_from(operations).unwrap();
    let cells = stages.map(|time| format!("{time:.1?}")).join(" | ");
    let peak = peak().map_or_else(|| "not told".to_owned(), |peak| (peak / 1_000).to_string());
    println!("| {services} | {operations} | {cells} | {each:.1?} | {peak} |");
}

/// What the processor spent on it: other programs do not count.
fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = spent();
    let done = work();
    (spent().saturating_sub(start), done)
}

/// What the processor spent on this program so far; where the system does not tell, the time that passed.
fn spent() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/self/schedstat").ok();
    let told = told.and_then(|told| told.split(' ').next()?.parse().ok());
    told.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

/// From now on the peak is that of what comes; where the system does not offer that, it stays that of all.
fn forget_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// The most memory that this program had, in kB, if the system tells.
fn peak() -> Option<u64> {
    let told = std::fs::read_to_string("/proc/self/status").ok()?;
    let peak = told.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    peak.split_whitespace().next()?.parse().ok()
}

fn in_memory(folder: &str, documents: &[(String, Value)]) -> Files {
    let files = documents.iter();
    Files::in_memory(files.map(|(name, root)| (Path::new(folder).join(name), root.to_string())))
}

/// The files, and what was made of them beside.
fn import(files: &Files, services: usize) -> Files {
    let part = |service: usize| Path::new("up").join(format!("s{service}.json"));
    let order = Import {
        services: (0..services)
            .map(|service| (format!("s{service}"), vec![part(service).into()]))
            .collect(),
        spec: "spec".into(),
        keep_descriptions: true,
    };
    let imported = import_from(files, &order);
    assert!(
        !imported.report.has_errors(),
        "{}",
        imported.report.render(false)
    );
    let mut files = files.clone();
    if let Files::Memory(files) = &mut files {
        let written = imported.files.into_iter();
        files.extend(written.map(|file| (Path::new("spec").join(file.path), file.text.into())));
    }
    files
}

/// A version in which some operations and types are gone, and as many are new.
fn without_every_tenth(api: &Api) -> Api {
    let mut api = api.clone();
    for service in &mut api.services {
        let groups = service
            .groups
            .iter_mut()
            .flat_map(|group| &mut group.operations);
        for operation in groups.step_by(10) {
            operation.id.push('2');
            operation.idempotent ^= true;
        }
        for def in service.types.iter_mut().step_by(10) {
            def.name.push('2');
        }
    }
    api
}
