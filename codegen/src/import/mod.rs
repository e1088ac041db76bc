//! Azure's Swagger 2.0 -> our OpenAPI 3.0.3 documents.
//!
//! Structure comes from upstream, prose from us: descriptions that the folder already holds stay
//! with the nodes that they describe. Importing the same input twice changes nothing.
//!
//! `swagger` (read) -> `convert` (structure) -> `hoist` (shared parts) -> `carry` (prose) ->
//! `arrange` -> text

mod arrange;
mod carry;
mod convert;
mod copied;
mod counterparts;
mod hoist;
mod operations;
mod parts;
mod prose;
mod survey;
mod swagger;
mod walk;
mod world;

pub use self::copied::{Comparison, Copied, compare_prose};
pub use self::survey::{Found, Route, Survey, Wanted, service_name, survey};

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use indexmap::IndexMap;
use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::document::{self, Files, OVERRIDES, yaml};
use crate::emit::plain;
use crate::source::At;
use crate::tree::File;

/// A file of upstream, or some of its operations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The file.
    pub file: PathBuf,
    /// The ids of the operations that are meant; all if there is no such list.
    pub only: Option<BTreeSet<String>>,
}

impl From<PathBuf> for Part {
    fn from(file: PathBuf) -> Self {
        Self { file, only: None }
    }
}

/// What to import, and where to.
#[derive(Clone, Debug)]
pub struct Import {
    /// The files of each service, which are merged into one document.
    pub services: IndexMap<String, Vec<Part>>,
    /// The folder of the description.
    pub spec: PathBuf,
    /// Whether upstream's descriptions are kept where we have none.
    pub keep_descriptions: bool,
}

/// What an import gives.
#[derive(Debug)]
pub struct Imported {
    /// The documents, ready to be written.
    pub files: Vec<File>,
    /// Nodes without a description.
    pub undescribed: Vec<At>,
    /// Described nodes that upstream has no more, and what was said of them.
    pub removed: Vec<(At, String)>,
    /// Definitions that no operation reaches, and that are left out therefore.
    pub unreached: Vec<At>,
    /// Services without a document: no operation stands in their files, or they have errors.
    pub without_operations: Vec<String>,
    /// What could not be imported; nothing should be written if it has errors.
    pub report: Report,
}

/// What stands in the folder already.
struct Present {
    documents: IndexMap<String, Value>,
    /// Places that overrides set.
    overridden: BTreeSet<String>,
}

/// Imports all services.
pub fn import(import: &Import) -> Imported {
    import_from(&Files::Disk, import)
}

/// The same from other files than those on disk.
pub fn import_from(files: &Files, import: &Import) -> Imported {
    let mut reader = swagger::Reader::new(files);
    let mut diagnostics = Vec::new();
    let present = present(&import.spec, &mut reader, &mut diagnostics);
    let mut imported = Imported {
        files: Vec::new(),
        undescribed: Vec::new(),
        removed: Vec::new(),
        unreached: Vec::new(),
        without_operations: Vec::new(),
        report: Report::default(),
    };
    let mut unreached = Vec::new();
    for (name, parts) in &import.services {
        let file = format!("{name}.yaml");
        let parts = reader.read_service(parts, &mut diagnostics);
        let converted = convert::service(&mut reader, &parts, &mut diagnostics);
        let Some(mut document) = converted.document else {
            imported.without_operations.push(name.clone());
            continue;
        };
        unreached.extend(converted.unreached);
        if !import.keep_descriptions {
            prose::strip(&mut document);
        }
        hoist::shared_parts(&mut document, &present.documents, &file);
        convert::rename_clashes(&mut document, &file, &present.overridden);
        let removed = carry::carry(&mut document, &present.documents, &file);
        imported.removed.extend(removed);
        prose::fill(&mut document);
        let document = arrange::document(&document);
        imported
            .undescribed
            .extend(prose::missing(&document, &file));
        match yaml::write(&document) {
            Ok(text) => imported.files.push(File {
                text: format!(
                    "{}\n{text}",
                    first_line(files, &import.spec.join(&file), &document)
                ),
                path: file,
            }),
            Err(error) => diagnostics.push(Diagnostic::new(
                Code::Internal,
                At::file(&file),
                error.message,
            )),
        }
    }
    imported.unreached = unreached_by_all(unreached, &import.services);
    imported.report = Report::new(diagnostics, reader.into_sources());
    imported
}

/// The definitions that no service reaches, of those among which their file is split.
fn unreached_by_all(found: Vec<At>, services: &IndexMap<String, Vec<Part>>) -> Vec<At> {
    let takers = |file: &str| {
        let takes =
            |parts: &&Vec<Part>| parts.iter().any(|part| swagger::normal(&part.file) == file);
        services.values().filter(takes).count()
    };
    let mut counted: IndexMap<At, usize> = IndexMap::new();
    for at in found {
        *counted.entry(at).or_default() += 1;
    }
    let unreached = counted
        .into_iter()
        .filter(|(at, count)| *count == takers(&at.file));
    unreached.map(|(at, _)| at).collect()
}

/// The documents and overrides that the folder holds; a folder that does not exist holds none.
fn present(
    spec: &Path,
    reader: &mut swagger::Reader<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Present {
    let mut present = Present {
        documents: IndexMap::new(),
        overridden: BTreeSet::new(),
    };
    let paths = match document::yaml_files(reader.files(), spec) {
        Ok(paths) => paths,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        // What cannot be seen must not be written over.
        Err(error) => {
            diagnostics.push(document::unreadable(spec, &error));
            return present;
        }
    };
    for path in paths {
        let file = document::file_name(&path);
        // A document that cannot be read must not be written over.
        let Some(root) = reader.read_present(&path, &file, diagnostics) else {
            continue;
        };
        if file == OVERRIDES {
            present.overridden = overridden(&root);
        } else {
            present.documents.insert(file, root);
        }
    }
    present
}

/// All places that overrides name.
fn overridden(overrides: &Value) -> BTreeSet<String> {
    let items = overrides.as_array().into_iter().flatten();
    let places = items.filter_map(|item| item.get("at"));
    places
        .flat_map(|at| match at {
            Value::Array(places) => places.iter().filter_map(Value::as_str).collect(),
            at => at.as_str().into_iter().collect::<Vec<_>>(),
        })
        .map(str::to_owned)
        .collect()
}

/// The comment at the top: that of the present document, or one made of its title.
fn first_line(files: &Files, path: &Path, document: &Value) -> String {
    let present = files.bytes(path).unwrap_or_default();
    let present = String::from_utf8_lossy(&present);
    match present.lines().next() {
        Some(line) if line.starts_with('#') => line.to_owned(),
        _ => {
            let title = document.pointer("/info/title").and_then(Value::as_str);
            // On one line, whatever is in it: what follows a comment is no comment.
            let file = document::file_name(path);
            let title = plain(title.unwrap_or(&file));
            format!("# {title}, as OpenAPI 3.0.3.")
        }
    }
}
