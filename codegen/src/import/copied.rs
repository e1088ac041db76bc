//! Whether our words are our own: runs of words that a description shares with upstream's files.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::document::{Documents, Files};
use crate::source::At;

/// How many words in a row two texts may not share.
const RUN: usize = 8;

/// A text of ours that shares a run of words with upstream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// The text.
    pub at: At,
    /// The first run that is shared.
    pub words: String,
}

/// What a comparison found.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// How many texts of ours were compared.
    pub texts: usize,
    /// How many files of upstream they were compared with.
    pub files: usize,
    /// The texts that are not ours alone.
    pub copied: Vec<Copied>,
}

/// Compares all texts of the description in `spec` with all texts of the JSON files below
/// `upstream`.
///
/// # Errors
/// If a file cannot be read, or the description breaks the grammar.
pub fn compare_prose(spec: &Path, upstream: &Path) -> Result<Comparison, String> {
    let mut runs = HashSet::new();
    let mut comparison = Comparison {
        files: collect(upstream, &mut runs)?,
        ..Comparison::default()
    };
    let (documents, diagnostics) = Documents::read(&Files::Disk, spec);
    if let Some(diagnostic) = diagnostics.iter().find(|d| d.is_error()) {
        return Err(format!("{}: {}", diagnostic.at, diagnostic.message));
    }
    for (file, root) in documents.iter() {
        compare(&At::file(file), root, &runs, &mut comparison);
    }
    Ok(comparison)
}

fn collect(dir: &Path, runs: &mut HashSet<String>) -> Result<usize, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", dir.display());
    let mut files = 0;
    for entry in fs::read_dir(dir).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            files += collect(&path, runs)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            let text = fs::read_to_string(&path);
            let text = text.map_err(|error| format!("{}: {error}", path.display()))?;
            let root = serde_json::from_str(text.trim_start_matches('\u{feff}'));
            let root: Value = root.map_err(|error| format!("{}: {error}", path.display()))?;
            each_text(&root, &mut |text| runs.extend(self::runs(text)));
            files += 1;
        }
    }
    Ok(files)
}

fn each_text(node: &Value, visit: &mut impl FnMut(&str)) {
    match node {
        Value::String(text) => visit(text),
        Value::Array(items) => items.iter().for_each(|item| each_text(item, visit)),
        Value::Object(members) => members.values().for_each(|child| each_text(child, visit)),
        _ => {}
    }
}

fn compare(at: &At, node: &Value, upstream: &HashSet<String>, comparison: &mut Comparison) {
    match node {
        Value::Object(members) => {
            for (key, child) in members {
                compare(&at.child(key), child, upstream, comparison);
            }
        }
        Value::Array(items) => {
            for (index, child) in items.iter().enumerate() {
                compare(&at.item(index), child, upstream, comparison);
            }
        }
        Value::String(text) if is_prose(at) => {
            comparison.texts += 1;
            if let Some(words) = runs(text).find(|run| upstream.contains(run)) {
                comparison.copied.push(Copied {
                    at: at.clone(),
                    words,
                });
            }
        }
        _ => {}
    }
}

fn is_prose(at: &At) -> bool {
    matches!(
        at.pointer.last().as_str(),
        "description" | "summary" | "title"
    )
}

/// All runs of words in a text, without regard to case and punctuation.
fn runs(text: &str) -> impl Iterator<Item = String> + use<> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let count = (words.len() + 1).saturating_sub(RUN);
    (0..count).map(move |start| words[start..start + RUN].join(" "))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::compare_prose;

    #[test]
    fn a_shared_run_of_words_is_found_whatever_its_case_and_punctuation() {
        let dir = tempfile::tempdir().unwrap();
        let (spec, up) = (dir.path().join("spec"), dir.path().join("up"));
        fs::create_dir(&spec).unwrap();
        fs::create_dir(&up).unwrap();
        let upstream = r#"{"x": "The quick, brown fox jumps over THE lazy dog at noon."}"#;
        fs::write(up.join("a.json"), upstream).unwrap();
        let ours = "openapi: 3.0.3\npaths: {}\ninfo:\n  version: '1'\n  title: brown fox jumps over the lazy\n  description: A fox. Quick brown fox jumps over the `lazy` dog!\n";
        fs::write(spec.join("a.yaml"), ours).unwrap();
        let comparison = compare_prose(&spec, &up).unwrap();
        assert_eq!((comparison.texts, comparison.files), (2, 1));
        let copied: Vec<_> = comparison.copied.iter().map(|c| c.words.as_str()).collect();
        assert_eq!(copied, ["quick brown fox jumps over the lazy dog"]);
    }

    #[test]
    fn a_description_that_cannot_be_read_is_not_passed_over() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a.yaml"), "a: [1\n").unwrap();
        let error = compare_prose(dir.path(), dir.path()).unwrap_err();
        assert!(error.starts_with("a.yaml"), "{error}");
    }

    #[test]
    fn a_warning_stops_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let ours = "openapi: 3.0.3\npaths: {}\nx-colour: green\ninfo: {title: T, version: '1'}\n";
        fs::write(dir.path().join("a.yaml"), ours).unwrap();
        assert_eq!(compare_prose(dir.path(), dir.path()).unwrap().texts, 1);
    }
}
