//! Reads a description's folder: YAML texts -> JSON documents, corrected and checked.
//!
//! The only stage that reads files. What leaves it obeys the grammar of OpenAPI 3.0.

pub(crate) mod budget;
mod files;
pub(crate) mod grammar;
mod overrides;
mod quick;
mod refusal;
mod target;
pub(crate) mod yaml;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use indexmap::IndexMap;
use serde_json::Value;

pub use self::files::Files;
use self::files::NoBytes;
use self::refusal::Refusal;
pub(crate) use self::refusal::unreadable;
pub(crate) use self::target::nearest_node;
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::source::{At, RefusalKind, Source, Sources, Spot, as_yaml};

/// The file that holds corrections to the others.
pub const OVERRIDES: &str = "overrides.yaml";

/// The documents of a description.
#[derive(Debug, Default)]
pub struct Documents {
    documents: IndexMap<String, Value>,
    /// The files that are no documents, of which nothing more can be said.
    broken: BTreeSet<String>,
    sources: Sources,
    overrides: overrides::Outcome,
}

impl Documents {
    /// Reads every `*.yaml` of a folder, applies its overrides, and checks the result.
    ///
    /// Goes on after a problem wherever it can, so that one run shows all of them.
    pub fn read(files: &Files, dir: &Path) -> (Self, Vec<Diagnostic>) {
        let mut documents = Self::default();
        let mut diagnostics = Vec::new();
        let corrections = documents.read_files(files, dir, &mut diagnostics);
        if let Some(corrections) = corrections {
            documents.overrides =
                overrides::apply(&corrections, &mut documents.documents, &mut diagnostics);
        }
        let mut found = Vec::new();
        let broken = &mut documents.broken;
        documents.documents.retain(|file, root| {
            let usable = grammar::check(file, root, &mut found);
            usable || !broken.insert(file.clone())
        });
        found.retain(|diagnostic| !documents.is_awaited(diagnostic));
        diagnostics.extend(found);
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
        self.overrides.applied()
    }

    /// Whether a diagnostic is about something that an override would have corrected, had it been in
    /// order.
    pub fn is_awaited(&self, diagnostic: &Diagnostic) -> bool {
        self.overrides.awaits(&diagnostic.at)
    }

    /// Leads a diagnostic from the documents as they are now to the texts: to where its places stood
    /// before the overrides, or to the override that put them there.
    pub fn relocate(&self, diagnostic: &mut Diagnostic) {
        for related in &mut diagnostic.related {
            let before = self.overrides.before(&related.at, &related.part);
            related.at = before.unwrap_or_else(|written| written);
        }
        match self.overrides.before(&diagnostic.at, &diagnostic.part) {
            Ok(at) => diagnostic.at = at,
            Err(written) => {
                let corrected = std::mem::replace(&mut diagnostic.at, written);
                diagnostic.part = Spot::Value;
                let label = "the override corrects this";
                *diagnostic = diagnostic.clone().see(corrected, label);
            }
        }
    }

    /// Gives the texts away, to show diagnostics with.
    pub fn into_sources(self) -> Sources {
        self.sources
    }

    /// The node at an address.
    pub fn get(&self, at: &At) -> Option<&Value> {
        at.pointer.find(self.documents.get(&at.file)?)
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

    /// Whether a file is there that is no document.
    pub fn is_broken(&self, file: &str) -> bool {
        self.broken.contains(file)
    }

    /// What is wrong with a `$ref` in document `from` that leads nowhere, and what to do about it.
    pub fn astray(&self, from: &str, reference: &str) -> (String, String) {
        if let Some(file) = self.missing_document(reference) {
            let message = format!("there is no document `{file}` beside this one");
            let known = self.documents.keys().map(String::as_str);
            let help = did_you_mean(file, known);
            let add = || "correct the name, or add the document".to_owned();
            return (message, help.unwrap_or_else(add));
        }
        let message = format!("`{reference}` leads nowhere");
        let Some(at) = At::parse(reference) else {
            let name = reference.rsplit('/').next().unwrap_or_default();
            let help = format!("write `#/components/schemas/{name}`, or where else it is to lead");
            return (message, help);
        };
        let file = at.file.strip_prefix("./").unwrap_or(&at.file);
        let root = self
            .documents
            .get(if file.is_empty() { from } else { file });
        let meant = root.and_then(|root| nearest_node(root, &at.pointer));
        let help = match meant {
            Some(meant) => format!("did you mean `{}#{meant}`?", at.file),
            None => "correct the reference, or describe what it names".to_owned(),
        };
        (message, help)
    }

    /// Reads all files, keeps the documents, and returns what the overrides file says.
    fn read_files(
        &mut self,
        files: &Files,
        dir: &Path,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Value> {
        let mut corrections = None;
        for path in description_files(files, dir, diagnostics) {
            let file = file_name(&path);
            let Some(root) = read_file(files, &path, &file, &mut self.sources, diagnostics) else {
                self.broken.insert(file);
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
    files: &Files,
    path: &Path,
    file: &str,
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Value> {
    let bytes = match files.bytes(path) {
        Ok(bytes) => bytes,
        Err(NoBytes::Unreadable(error)) => {
            diagnostics.push(unreadable(path, &error));
            return None;
        }
        Err(NoBytes::TooLong) => {
            diagnostics.push(refusal::too_long(path));
            return None;
        }
    };
    let (source, parsed) = parse(path.display().to_string(), bytes);
    sources.insert(file.to_owned(), source);
    parsed
        .map_err(|refusal| diagnostics.push(refusal.diagnostic(file)))
        .ok()
}

/// Reads a text as YAML, of which JSON is a part.
fn parse(shown: String, bytes: Vec<u8>) -> (Source, Result<Value, Refusal>) {
    let failing = |text: String, refusal: Refusal| {
        let source = Source::failing_at(
            shown.clone(),
            text,
            (refusal.line, refusal.column),
            refusal.length,
        );
        (source, Err(refusal))
    };
    let text = match String::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(error) => {
            let (text, refusal) = Refusal::of_bytes(error.as_bytes());
            return failing(text, refusal);
        }
    };
    let yaml = as_yaml(&text);
    if let Some(root) = quick::read(&yaml) {
        return (Source::new(shown, text), Ok(root));
    }
    let source = Source::new(shown.clone(), text.clone());
    if let Some(refused) = source.refusal() {
        let refusal = Refusal {
            code: match refused.kind {
                RefusalKind::TooLarge => Code::TooLarge,
                RefusalKind::NotAllowed => Code::InvalidYaml,
                RefusalKind::Broken => {
                    let own = (refused.message.clone(), (refused.line, refused.column));
                    let (message, place) = yaml::complaint(&yaml).unwrap_or(own);
                    let refusal = Refusal::of_syntax(&shown, &text, &message, place);
                    return failing(text, refusal);
                }
            },
            message: refused.message.clone(),
            line: refused.line,
            column: refused.column,
            length: refused.length,
            help: refused.help,
        };
        return failing(text, refusal);
    }
    match yaml::read(&yaml) {
        Ok(root) => (source, Ok(root)),
        Err(error) => {
            let place = error.position.unwrap_or((1, 1));
            let refusal = Refusal::of_syntax(&shown, &text, &error.message, place);
            failing(text, refusal)
        }
    }
}

/// The files of a folder that must hold a description.
fn description_files(files: &Files, dir: &Path, diagnostics: &mut Vec<Diagnostic>) -> Vec<PathBuf> {
    let paths = match yaml_files(files, dir) {
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
            "the folder holds no document",
        );
        diagnostics.push(
            diagnostic
                .help("put an OpenAPI 3.0 document for each service in it, such as keys.yaml"),
        );
    }
    paths
}

/// The YAML files of a folder, in the order of their names.
pub(crate) fn yaml_files(files: &Files, dir: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = files.folder(dir)?;
    paths.retain(|path| path.extension().is_some_and(|e| e == "yaml" || e == "yml"));
    Ok(paths)
}

pub(crate) fn file_name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}
