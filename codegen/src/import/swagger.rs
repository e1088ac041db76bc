//! Swagger files: read once each, checked, and looked into by reference.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use indexmap::IndexMap;
use serde_json::Value;

use super::Part;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{self, grammar};
use crate::source::{At, Sources};

/// All files that were read, by path.
#[derive(Default)]
pub(super) struct Reader {
    documents: BTreeMap<String, Option<Value>>,
    sources: Sources,
}

impl Reader {
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
            let root = document::read_file(Path::new(path), path, &mut self.sources, diagnostics);
            let root = root.filter(|root| grammar::check_swagger(path, root, diagnostics));
            self.documents.insert(path.to_owned(), root);
        }
        self.documents.get(path)?.as_ref()
    }

    /// Reads a document of our own.
    pub(super) fn read_present(
        &mut self,
        path: &Path,
        file: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Value> {
        document::read_file(path, file, &mut self.sources, diagnostics)
    }

    /// The node at an address in a file that was read.
    pub(super) fn get(&self, at: &At) -> Option<&Value> {
        let root = self.documents.get(&at.file)?.as_ref()?;
        root.pointer(at.pointer.as_str())
    }

    /// The address that a reference at `at` means; reads the file if need be.
    pub(super) fn target(
        &mut self,
        at: &At,
        reference: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<At> {
        let target = self.address(at, reference);
        let file = target.as_ref().map(|target| target.file.clone());
        if let Some(file) = file
            && !self.documents.contains_key(&file)
            && !Path::new(&file).exists()
        {
            let message = format!("there is no file {file}");
            let diagnostic = Diagnostic::new(Code::UnknownReference, at.clone(), message);
            diagnostics.push(diagnostic.help("put the file where the reference leads"));
            return None;
        }
        let found = target.filter(|target| {
            self.read(&target.file, diagnostics).is_some() && self.get(target).is_some()
        });
        if found.is_none() {
            let message = format!("`{reference}` leads nowhere");
            let diagnostic = Diagnostic::new(Code::UnknownReference, at.clone(), message);
            diagnostics.push(diagnostic.help("correct the reference, or add what it names"));
        }
        found
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
