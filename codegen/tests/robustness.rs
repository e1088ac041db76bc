//! What nobody would write: hostile texts in every place, and all that the fuzzers ever found.
#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, reason = "a test reports by panicking")]

mod targets;

use std::fs;
use std::path::{Path, PathBuf};

use arbitrary::Unstructured;
use keyvault_codegen::changes::compare;
use keyvault_codegen::{Files, Import, Part, generate, import_from, load_from};
use targets::{Style, description, large, same_but_for_texts, sound, texts};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

#[test]
fn texts_never_become_code() {
    arbtest::arbtest(|u| {
        let bytes = u.bytes(u.len())?;
        let [harmless, hostile] = [Style::Harmless, Style::Hostile].map(|style| {
            let documents = description(&mut Unstructured::new(bytes), style);
            let loaded = load_from(&texts(&documents), Path::new("spec"));
            assert!(
                !loaded.report.has_errors(),
                "{}",
                loaded.report.render(false)
            );
            let files = generate(&loaded.api).unwrap();
            sound(&loaded.api, &files);
            files
        });
        same_but_for_texts(&harmless, &hostile);
        Ok(())
    })
    .size_min(512)
    .budget_ms(10_000);
}

/// Whatever is compared with everything else would not come to an end here.
#[test]
fn a_description_of_5000_operations_is_no_trouble() {
    for (services, count) in [(1, 5000), (250, 1000)] {
        let files = texts(&large::openapi(services, count));
        let api = load_from(&files, Path::new("spec")).api;
        let operations = api.services.iter().flat_map(|service| service.operations());
        assert_eq!(operations.count(), count);
        let files = generate(&api).unwrap();
        let declared = files
            .iter()
            .map(|file| file.text.matches("rt::operation! {").count());
        assert_eq!(declared.sum::<usize>(), count);
        assert!(compare(&api, &api).changes.is_empty());
    }
}

#[test]
fn an_import_of_5000_operations_is_no_trouble() {
    for (services, count) in [(1, 5000), (250, 1000)] {
        let swagger = large::swagger(services, count);
        let order = Import {
            services: swagger.iter().map(service).collect(),
            spec: "spec".into(),
            keep_descriptions: true,
        };
        let files = swagger
            .iter()
            .map(|(name, root)| (Path::new("up").join(name), root.to_string()));
        let imported = import_from(&Files::in_memory(files), &order);
        assert!(
            !imported.report.has_errors(),
            "{}",
            imported.report.render(false)
        );
        assert_eq!(imported.files.len(), services);
    }
}

fn service((name, _): &(String, serde_json::Value)) -> (String, Vec<Part>) {
    let service = name.trim_end_matches(".json").to_owned();
    (service, vec![Path::new("up").join(name).into()])
}

/// All files below a folder of the corpus.
fn inputs(dir: &Path) -> Vec<PathBuf> {
    let mut inputs = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => inputs.extend(self::inputs(&path)),
            false => inputs.push(path),
        }
    }
    inputs.sort();
    inputs
}

fn replay(target: &str, body: fn(&[u8])) {
    let fuzz = Path::new(ROOT).join("../fuzz");
    for folder in ["corpus", "findings"] {
        let inputs = inputs(&fuzz.join(folder).join(target));
        assert!(
            folder == "findings" || inputs.len() > 3,
            "no corpus of {target}"
        );
        for input in inputs {
            eprintln!("{}", input.display());
            body(&fs::read(input).unwrap());
        }
    }
}

#[test]
fn the_corpus_of_document_finds_nothing() {
    replay("document", targets::document);
}

#[test]
fn the_corpus_of_import_finds_nothing() {
    replay("import", targets::import);
}

#[test]
fn the_corpus_of_lower_finds_nothing() {
    replay("lower", targets::lower);
}

#[test]
fn the_corpus_of_naming_finds_nothing() {
    replay("naming", targets::naming);
}

#[test]
fn the_corpus_of_emit_finds_nothing() {
    replay("emit", targets::emit);
}

#[test]
fn the_corpus_of_changes_finds_nothing() {
    replay("changes", targets::changes);
}
