//! What the fuzz targets of `fuzz/` do with their bytes. `cargo test` does the same with the corpus.
#![allow(
    dead_code,
    unused_imports,
    missing_docs,
    clippy::panic,
    clippy::unwrap_used,
    reason = "several tests take what they need of it, and report by panicking"
)]

mod checks;
mod description;
pub mod large;
mod mutate;
mod naming;
pub mod taken;
mod words;

use std::path::Path;

use arbitrary::Unstructured;
use keyvault_codegen::changes::{Format, compare, render};
use keyvault_codegen::{Api, Checked, Files, Import, Loaded, generate, import_from, load_from};
use serde_json::Value;

pub use self::checks::{same_but_for_texts, sound};
pub use self::description::{Style, description};
pub use self::naming::naming;

/// Bytes as files: what stands behind a line `%% NAME` is the file NAME.
fn files(data: &[u8], first: &str) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![(first.to_owned(), Vec::new())];
    for line in data.split_inclusive(|byte| *byte == b'\n') {
        let name = line.strip_prefix(b"%% ").map(<[u8]>::trim_ascii_end);
        match (
            name.and_then(|name| std::str::from_utf8(name).ok()),
            files.last_mut(),
        ) {
            (Some(name), _) => files.push((name.to_owned(), Vec::new())),
            (None, Some((_, content))) => content.extend(line),
            (None, None) => {}
        }
    }
    files.retain(|(name, content)| name != first || !content.is_empty());
    files
}

fn in_folder(folder: &str, files: &[(String, Vec<u8>)]) -> Files {
    Files::in_memory(
        files
            .iter()
            .map(|(name, content)| (Path::new(folder).join(name), content.clone())),
    )
}

fn load_memory(files: &Files) -> Loaded {
    load_from(files, Path::new("spec"))
}

/// Bytes as the files of a description.
pub fn document(data: &[u8]) {
    let files = files(data, "a.yaml");
    accept_or_report(&in_folder("spec", &files));
}

/// What is accepted becomes code; what is not is said in words that a terminal can show.
fn accept_or_report(files: &Files) {
    let loaded = load_memory(files);
    checks::shows(&loaded.report.render(false));
    if !loaded.report.has_errors() {
        let files = generate(&loaded.api).unwrap_or_else(|error| panic!("{error}"));
        sound(&loaded.api, &files);
    }
}

/// Bytes as Swagger files, each the document of a service.
pub fn import(data: &[u8]) {
    let files = files(data, "a.json");
    let mut order = Import {
        services: Default::default(),
        spec: "spec".into(),
        keep_descriptions: data.len().is_multiple_of(2),
    };
    for (name, _) in files.iter().filter(|(name, _)| !name.ends_with(".yaml")) {
        // Files that differ behind a dash belong to one service.
        let stem = name.split(['.', '-']).next().unwrap_or_default();
        let paths: &mut Vec<_> = order.services.entry(stem.to_owned()).or_default();
        paths.push(Path::new("up").join(name).into());
    }
    let up = files
        .iter()
        .map(|(name, content)| (Path::new("up").join(name), content.clone()));
    let imported = import_from(&Files::in_memory(up.clone()), &order);
    checks::shows(&imported.report.render(false));
    if imported.report.has_errors() {
        return;
    }
    let written = imported.files.iter();
    let written =
        written.map(|file| (Path::new("spec").join(&file.path), file.text.clone().into()));
    let both = Files::in_memory(up.chain(written));
    let again = import_from(&both, &order);
    assert!(!again.report.has_errors(), "{}", again.report.render(false));
    for (first, second) in imported.files.iter().zip(&again.files) {
        let hint = "importing twice is not importing once";
        assert_eq!(first.text, second.text, "{hint}: {}", first.path);
    }
    let Files::Memory(mut description) = both else {
        return;
    };
    description.retain(|path, _| path.starts_with("spec"));
    accept_or_report(&Files::Memory(description));
}

/// A description that is nearly right.
pub fn lower(data: &[u8]) {
    let u = &mut Unstructured::new(data);
    let mut documents = description(u, Style::Hostile);
    for _ in 0..u.int_in_range(0..=4).unwrap_or(0) {
        let index = u.choose_index(documents.len()).unwrap_or(0);
        mutate::value(u, &mut documents[index].1);
    }
    accept_or_report(&texts(&documents));
}

/// Documents as the files of a folder.
pub fn texts(documents: &[(String, Value)]) -> Files {
    Files::in_memory(
        documents
            .iter()
            .map(|(name, root)| (Path::new("spec").join(name), ascii(root))),
    )
}

/// JSON that is YAML too, which has no control characters as they are.
fn ascii(root: &Value) -> String {
    let mut text = String::new();
    for c in root.to_string().chars() {
        match c {
            ' '..='~' => text.push(c),
            c => {
                let units = c.encode_utf16(&mut [0; 2]).to_vec();
                text.extend(units.iter().map(|unit| format!("\\u{unit:04x}")));
            }
        }
    }
    text
}

/// The Api of a description.
fn described(u: &mut Unstructured<'_>) -> Api {
    let documents = description(u, Style::Hostile);
    load_memory(&texts(&documents)).api.into_api()
}

/// An Api that may be one of no description.
fn api(u: &mut Unstructured<'_>) -> Api {
    let api = described(u);
    altered(u, &api).unwrap_or(api)
}

fn altered(u: &mut Unstructured<'_>, api: &Api) -> Option<Api> {
    let mut value = serde_json::to_value(api).unwrap();
    for _ in 0..u.int_in_range(0..=4).unwrap_or(0) {
        mutate::value(u, &mut value);
    }
    serde_json::from_value(value).ok()
}

/// Any Api becomes code that parses, the same each time, or none.
pub fn emit(data: &[u8]) {
    let api = Checked::new(api(&mut Unstructured::new(data)));
    match api.and_then(|api| Ok((generate(&api)?, api))) {
        Ok((files, api)) => {
            sound(&api, &files);
            assert!(files == generate(&api).unwrap(), "two runs differ");
        }
        Err(error) => assert!(
            !matches!(error, keyvault_codegen::GenerateError::Emitted { .. }),
            "{error}"
        ),
    }
}

/// Any two Apis can be compared, and each is the same as itself.
pub fn changes(data: &[u8]) {
    let u = &mut Unstructured::new(data);
    let old = api(u);
    let new = altered(u, &old).unwrap_or_default();
    for (old, new) in [(&old, &new), (&new, &old)] {
        let changes = compare(old, new);
        for format in [
            Format::Terminal { colour: false },
            Format::Markdown,
            Format::Json,
        ] {
            render(&changes, format);
        }
    }
    // What no description gives may be ambiguous, and is only not to panic.
    let described = described(&mut Unstructured::new(data));
    let changes = compare(&described, &described);
    assert!(changes.changes.is_empty(), "{:#?}", changes.changes);
}
