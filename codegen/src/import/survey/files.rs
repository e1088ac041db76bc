//! The Swagger files below some folders.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::diagnostic::Diagnostic;
use crate::document::unreadable;

/// Upstream keeps requests and responses in folders of this name, thousands of them.
const EXAMPLES: &str = "examples";

/// What some editors put before a text in UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A file that may be one of upstream's.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Candidate {
    pub(super) path: PathBuf,
    /// The version that it names, as long as nothing of it is checked.
    pub(super) version: Option<String>,
}

/// The files in the order of their paths. A file that cannot be parsed is taken for one of them, so that it is told.
pub(super) fn swagger_files(
    folders: &[PathBuf],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Candidate> {
    let mut found = Vec::new();
    for folder in folders {
        collect(folder, &mut found, diagnostics);
    }
    found.sort();
    found.dedup();
    found
}

fn collect(folder: &Path, found: &mut Vec<Candidate>, diagnostics: &mut Vec<Diagnostic>) {
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
        } else if name.ends_with(".json") {
            found.extend(candidate(path));
        }
    }
}

fn candidate(path: PathBuf) -> Option<Candidate> {
    let text = fs::read(&path).unwrap_or_default();
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&text);
    let Ok(root) = serde_json::from_slice::<Value>(text) else {
        let version = None;
        return Some(Candidate { path, version });
    };
    root.get("swagger")?;
    let version = root.pointer("/info/version").and_then(Value::as_str);
    let version = version.map(str::to_owned);
    Some(Candidate { path, version })
}
