//! Swagger files: read once each, checked, and looked into by reference.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use indexmap::IndexMap;
use serde_json::Value;

use super::Part;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::document::{self, Files, grammar};
use crate::source::{At, Sources};

/// All files that were read, by path.
pub(super) struct Reader<'a> {
    files: &'a Files,
    documents: BTreeMap<String, Option<Value>>,
    sources: Sources,
}

impl<'a> Reader<'a> {
    pub(super) fn new(files: &'a Files) -> Self {
        Self {
            files,
            documents: BTreeMap::new(),
            sources: Sources::default(),
        }
    }

    /// Where it reads from.
    pub(super) fn files(&self) -> &'a Files {
        self.files
    }

    /// Reads the files of a service; returns those that are sound, with the operations to take.
    pub(super) fn read_service(
        &mut self,
        parts: &[Part],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> IndexMap<String, Option<BTreeSet<String>>> {
        let parts = parts
            .iter()
            .map(|part| (normal(&part.file), part.only.clone()));
        parts
            .filter(|(path, _)| self.read(path, diagnostics).is_some())
            .collect()
    }

    /// The document at a path, read and checked on first use.
    pub(super) fn read(&mut self, path: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<&Value> {
        if !self.documents.contains_key(path) {
            let root = document::read_file(
                self.files,
                Path::new(path),
                path,
                &mut self.sources,
                diagnostics,
            );
            let before = diagnostics.len();
            match root {
                Some(root) if !grammar::check_swagger(path, &root, diagnostics) => {
                    self.documents.insert(path.to_owned(), None);
                    let is_swagger = diagnostics[before..]
                        .iter()
                        .all(|d| d.code != Code::UnsupportedVersion);
                    if is_swagger {
                        self.check_references(&At::file(path), &root, &root, diagnostics);
                    }
                }
                root => _ = self.documents.insert(path.to_owned(), root),
            }
        }
        self.documents.get(path)?.as_ref()
    }

    /// Looks at the references of a file that is not converted, so that one run shows all problems.
    fn check_references(
        &mut self,
        at: &At,
        node: &Value,
        root: &Value,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        match node {
            Value::Object(members) => {
                for (key, child) in members.iter().filter(|(key, _)| !key.contains("example")) {
                    let at = at.child(key);
                    match child.as_str() {
                        Some(reference) if key == "$ref" => {
                            self.check_reference(&at, reference, root, diagnostics);
                        }
                        _ => self.check_references(&at, child, root, diagnostics),
                    }
                }
            }
            Value::Array(items) => {
                for (index, child) in items.iter().enumerate() {
                    self.check_references(&at.item(index), child, root, diagnostics);
                }
            }
            _ => {}
        }
    }

    fn check_reference(
        &mut self,
        at: &At,
        reference: &str,
        root: &Value,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        match self.address(at, reference) {
            Some(target) if target.file == at.file => {
                if target.pointer.find(root).is_none() {
                    diagnostics.push(nowhere(at, reference, root, &target));
                }
            }
            _ => _ = self.target(at, reference, diagnostics),
        }
    }

    /// Reads a document of our own.
    pub(super) fn read_present(
        &mut self,
        path: &Path,
        file: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Value> {
        document::read_file(self.files, path, file, &mut self.sources, diagnostics)
    }

    /// The node at an address in a file that was read.
    pub(super) fn get(&self, at: &At) -> Option<&Value> {
        let root = self.documents.get(&at.file)?.as_ref()?;
        at.pointer.find(root)
    }

    /// The address that a reference at `at` means; reads the file if need be.
    pub(super) fn target(
        &mut self,
        at: &At,
        reference: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<At> {
        let Some(target) = self.address(at, reference) else {
            let message = format!("`{reference}` leads nowhere");
            let name = reference.rsplit('/').next().unwrap_or_default();
            let help = format!("write `#/definitions/{name}`, or where else it is to lead");
            diagnostics.push(astray(at, message, help));
            return None;
        };
        if !self.documents.contains_key(&target.file) && !self.files.has(Path::new(&target.file)) {
            let message = format!("there is no file {}", target.file);
            let help = neighbour(self.files, &target.file)
                .map(|name| format!("did you mean `{name}`?"))
                .unwrap_or_else(|| "put the file there, or correct the reference".to_owned());
            diagnostics.push(astray(at, message, help));
            return None;
        }
        // Of a file that cannot be used enough has been said.
        let root = self.read(&target.file, diagnostics)?;
        if target.pointer.find(root).is_some() {
            return Some(target);
        }
        diagnostics.push(nowhere(at, reference, root, &target));
        None
    }

    fn address(&self, at: &At, reference: &str) -> Option<At> {
        let reference = percent_encoding::percent_decode_str(reference)
            .decode_utf8()
            .ok()?;
        let mut target = At::parse(&reference)?;
        target.file = match target.file.as_str() {
            "" => at.file.clone(),
            file => {
                let dir = Path::new(&at.file).parent().unwrap_or(Path::new(""));
                normal(&dir.join(file))
            }
        };
        Some(target)
    }

    pub(super) fn into_sources(self) -> Sources {
        self.sources
    }
}

fn astray(at: &At, message: String, help: String) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::UnknownReference, at.clone(), message);
    diagnostic.value().help(help)
}

/// A reference to a node that the file does not have.
fn nowhere(at: &At, reference: &str, root: &Value, target: &At) -> Diagnostic {
    let message = format!("`{reference}` leads nowhere");
    let file = reference.split('#').next().unwrap_or_default();
    let help = match document::nearest_node(root, &target.pointer) {
        Some(meant) => format!("did you mean `{file}#{meant}`?"),
        None => "correct the reference, or add what it names".to_owned(),
    };
    astray(at, message, help)
}

/// The file in the same folder whose name is most like that of one which is not there.
fn neighbour(files: &Files, file: &str) -> Option<String> {
    let path = Path::new(file);
    let name = path.file_name()?.to_str()?;
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let paths = files.folder(folder.unwrap_or(Path::new("."))).ok()?;
    let names: BTreeSet<_> = paths.iter().map(|path| document::file_name(path)).collect();
    nearest(name, names.iter().map(String::as_str)).map(str::to_owned)
}

/// A path without `.` and `..`, with `/`.
pub(super) fn normal(path: &Path) -> String {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if normal.file_name().is_some() => _ = normal.pop(),
            component => normal.push(component),
        }
    }
    normal.to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::normal;

    #[test]
    fn references_meet_at_one_spelling_of_a_path() {
        assert_eq!(normal(Path::new("a/b/../../c/./d.json")), "c/d.json");
        assert_eq!(normal(Path::new("../a/../b")), "../b");
        assert_eq!(normal(Path::new("/a/../b")), "/b");
    }
}
