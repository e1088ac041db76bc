//! The Swagger files below some folders.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::diagnostic::Diagnostic;
use crate::document::unreadable;

/// Upstream keeps requests and responses in folders of this name, thousands of them.
const EXAMPLES: &str = "examples";

/// The files in the order of their paths. A file that cannot be parsed is taken for one of them, so that it is told.
pub(super) fn swagger_files(
    folders: &[PathBuf],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in folders {
        collect(folder, &mut found, diagnostics);
    }
    found.sort();
    found.dedup();
    found
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>, diagnostics: &mut Vec<Diagnostic>) {
    let entries = fs::read_dir(folder).and_then(|entries| {
        let paths = entries.map(|entry| entry.map(|entry| entry.path()));
        paths.collect::<Result<Vec<_>, _>>()
    });
    let entries = match entries {
        Ok(entries) => entries,
        Err(error) => return diagnostics.push(unreadable(folder, &error)),
    };
    for path in entries {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            // A link may lead back to where it stands.
            if name != EXAMPLES && !name.starts_with('.') && !path.is_symlink() {
                collect(&path, found, diagnostics);
            }
        } else if name.ends_with(".json") && may_be_swagger(&path) {
            found.push(path);
        }
    }
}

fn may_be_swagger(path: &Path) -> bool {
    let text = fs::read(path).unwrap_or_default();
    match serde_json::from_slice::<Value>(&text) {
        Ok(root) => root.get("swagger").is_some(),
        Err(_) => true,
    }
}
