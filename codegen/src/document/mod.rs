//! Reads a description's folder: YAML texts -> JSON documents, corrected and checked.
//!
//! The only stage that reads files. What leaves it obeys the grammar of OpenAPI 3.0.

pub(crate) mod grammar;
mod overrides;
pub(crate) mod yaml;

use std::fs::{self, DirEntry};
use std::io;
use std::path::{Path, PathBuf};

use indexmap::IndexMap;
use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{At, Source, Sources};

/// The file that holds corrections to the others.
pub const OVERRIDES: &str = "overrides.yaml";

/// The documents of a description.
#[derive(Debug, Default)]
pub struct Documents {
    documents: IndexMap<String, Value>,
    sources: Sources,
    overrides: Vec<overrides::Applied>,
}

impl Documents {
    /// Reads every `*.yaml` of a folder, applies its overrides, and checks the result.
    ///
    /// Goes on after a problem wherever it can, so that one run shows all of them.
    pub fn read(dir: &Path) -> (Self, Vec<Diagnostic>) {
        let mut documents = Self::default();
        let mut diagnostics = Vec::new();
        let corrections = documents.read_files(dir, &mut diagnostics);
        if let Some(corrections) = corrections {
            documents.overrides =
                overrides::apply(&corrections, &mut documents.documents, &mut diagnostics);
        }
        for (file, root) in &documents.documents {
            grammar::check(file, root, &mut diagnostics);
        }
        (documents, diagnostics)
    }

    /// The documents by file name, in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.documents
            .iter()
            .map(|(file, root)| (file.as_str(), root))
    }

    /// How many overrides were applied.
    pub fn overrides(&self) -> usize {
        self.overrides.len()
    }

    /// Leads a diagnostic about something that an override put there to the override.
    pub fn relocate(&self, diagnostic: &mut Diagnostic) {
        let inside = |applied: &&overrides::Applied| diagnostic.at.is_inside(&applied.at);
        if let Some(applied) = self.overrides.iter().rev().find(inside) {
            diagnostic.message = format!("{} (at {})", diagnostic.message, diagnostic.at);
            diagnostic.at = applied.written.clone();
        }
    }

    /// Gives the texts away, to show diagnostics with.
    pub fn into_sources(self) -> Sources {
        self.sources
    }

    /// The node at an address.
    pub fn get(&self, at: &At) -> Option<&Value> {
        self.documents.get(&at.file)?.pointer(at.pointer.as_str())
    }

    /// The address that a `$ref` found in document `from` means.
    pub fn target(&self, from: &str, reference: &str) -> Option<At> {
        // A reference is a URI; its fragment may be percent-encoded.
        let reference = percent_encoding::percent_decode_str(reference)
            .decode_utf8()
            .ok()?;
        let mut at = At::parse(&reference)?;
        if at.file.is_empty() {
            from.clone_into(&mut at.file);
        } else if let Some(file) = at.file.strip_prefix("./") {
            at.file = file.to_owned();
        }
        self.get(&at).is_some().then_some(at)
    }

    /// The document that a `$ref` names, if there is none of that name.
    pub fn missing_document<'r>(&self, reference: &'r str) -> Option<&'r str> {
        let (file, _) = reference.split_once('#')?;
        let name = file.strip_prefix("./").unwrap_or(file);
        (!name.is_empty() && !self.documents.contains_key(name)).then_some(name)
    }

    /// Reads all files, keeps the documents, and returns what the overrides file says.
    fn read_files(&mut self, dir: &Path, diagnostics: &mut Vec<Diagnostic>) -> Option<Value> {
        let mut corrections = None;
        for path in description_files(dir, diagnostics) {
            let file = file_name(&path);
            let Some(root) = read_file(&path, &file, &mut self.sources, diagnostics) else {
                continue;
            };
            if file == OVERRIDES {
                corrections = Some(root);
            } else {
                self.documents.insert(file, root);
            }
        }
        corrections
    }
}

/// Reads a file as YAML or JSON and keeps its text, under the name that diagnostics give it.
pub(crate) fn read_file(
    path: &Path,
    file: &str,
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Value> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            diagnostics.push(unreadable(path, &error));
            return None;
        }
    };
    let (source, parsed) = parse(path.display().to_string(), &text);
    sources.insert(file.to_owned(), source);
    match parsed {
        Ok(root) => Some(root),
        Err(unreadable) => {
            diagnostics.push(unreadable.diagnostic(file));
            None
        }
    }
}

/// Why a text is no document.
struct Unreadable {
    message: String,
    help: &'static str,
}

impl Unreadable {
    /// As a diagnostic about the file.
    fn diagnostic(self, file: &str) -> Diagnostic {
        Diagnostic::new(Code::InvalidYaml, At::file(file), self.message).help(self.help)
    }
}

/// Reads a text as YAML, of which JSON is a part.
fn parse(shown: String, text: &str) -> (Source, Result<Value, Unreadable>) {
    let text = text.trim_start_matches('\u{feff}').to_owned();
    let source = Source::new(shown.clone(), text.clone());
    if let Some(refusal) = source.refusal() {
        let unreadable = Unreadable {
            message: refusal.message.clone(),
            help: refusal.help,
        };
        let source = Source::failing_at(shown, text, refusal.line, refusal.column);
        return (source, Err(unreadable));
    }
    match yaml::read(&text) {
        Ok(root) => (source, Ok(root)),
        Err(error) => {
            let (line, column) = error.position.unwrap_or((1, 1));
            let unreadable = Unreadable {
                message: error.message,
                help: "correct the YAML at this place",
            };
            (
                Source::failing_at(shown, text, line, column),
                Err(unreadable),
            )
        }
    }
}

/// The files of a folder that must hold a description.
fn description_files(dir: &Path, diagnostics: &mut Vec<Diagnostic>) -> Vec<PathBuf> {
    let paths = match yaml_files(dir) {
        Ok(paths) => paths,
        Err(error) => {
            diagnostics.push(unreadable(dir, &error));
            return Vec::new();
        }
    };
    if !paths.iter().any(|path| file_name(path) != OVERRIDES) {
        let diagnostic = Diagnostic::new(
            Code::Unreadable,
            At::file(dir.display().to_string()),
            "the folder holds no description",
        );
        diagnostics.push(diagnostic.help("put one OpenAPI 3.0 document per service in it, *.yaml"));
    }
    paths
}

/// The YAML files of a folder, in the order of their names.
pub(crate) fn yaml_files(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(dir)?.collect::<io::Result<Vec<_>>>()?;
    let mut paths: Vec<_> = entries
        .iter()
        .map(DirEntry::path)
        .filter(|path| path.extension().is_some_and(|e| e == "yaml" || e == "yml"))
        .collect();
    paths.sort();
    Ok(paths)
}

pub(crate) fn file_name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

pub(crate) fn unreadable(path: &Path, error: &std::io::Error) -> Diagnostic {
    Diagnostic::new(
        Code::Unreadable,
        At::file(path.display().to_string()),
        format!("cannot be read: {error}"),
    )
    .help("check the path and its permissions")
}
