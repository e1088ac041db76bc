//! The entry of CHANGELOG.md.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use keyvault_codegen::File;
use keyvault_codegen::changes::{Changes, Format, Impact, render};

use crate::workspace;

/// Where it is.
const PATH: &str = "CHANGELOG.md";

/// The section of what is not released yet.
const UNRELEASED: &str = "## Unreleased";

/// How the heading of an entry begins.
const ENTRY: &str = "### API ";

/// The changelog with an entry for the changes, which are those since the last commit or since the tree as it is.
pub(super) fn file(
    root: &Path,
    since_commit: bool,
    versions: &BTreeMap<&str, &str>,
    changes: &Changes,
) -> Result<File, String> {
    let old = match std::fs::read_to_string(root.join(PATH)) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => "# Changelog\n".to_owned(),
        Err(error) => return Err(format!("cannot read {PATH}: {error}")),
    };
    // An entry of before belongs to another bump, even if it is to the same versions.
    let before = match since_commit {
        true => committed(root)?,
        false => old.clone(),
    };
    Ok(File {
        path: PATH.to_owned(),
        text: with_entry(&old, &before, versions, changes),
    })
}

/// The changelog of the last commit, which may have had none yet.
fn committed(root: &Path) -> Result<String, String> {
    let file = format!("./{PATH}");
    match workspace::git(root, &["ls-tree", "--name-only", "HEAD", &file])?.is_empty() {
        true => Ok(String::new()),
        false => workspace::at_revision(root, "HEAD", PATH),
    }
}

/// The text with an entry, and without those that were not there before: the changes are all that there are since.
fn with_entry(
    old: &str,
    before: &str,
    versions: &BTreeMap<&str, &str>,
    changes: &Changes,
) -> String {
    let old = without_others(old, before);
    let seen = seen(changes);
    if seen.changes.is_empty() {
        return old;
    }
    let heading = heading(versions, before);
    let body = render(&seen, Format::Markdown).replace("\n### ", "\n#### ");
    let body = body.replacen("### ", "#### ", 1);
    let entry = format!("{heading}\n\n{}\n", body.trim_end());
    insert(&old, &entry)
}

/// What users of the bindings see.
fn seen(changes: &Changes) -> Changes {
    let seen = changes.changes.iter();
    let seen = seen.filter(|change| change.rust.max(change.wire) != Impact::Invisible);
    Changes {
        changes: seen.cloned().collect(),
    }
}

/// `### API 2025-07-01 (keys, secrets)`, with a number if there is such a heading already.
fn heading(versions: &BTreeMap<&str, &str>, before: &str) -> String {
    let mut services: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (service, version) in versions {
        services.entry(version).or_default().push(service);
    }
    let named = services
        .iter()
        .map(|(version, services)| format!("{version} ({})", services.join(", ")));
    let first = format!("{ENTRY}{}", named.collect::<Vec<_>>().join(", "));
    let is_taken = |heading: &String| has(before, heading);
    let further = (2..).map(|number| format!("{first}, {number}"));
    let mut headings = std::iter::once(first.clone()).chain(further);
    headings.find(|heading| !is_taken(heading)).unwrap_or(first)
}

/// The text without the entries of what is not released that were not there before.
fn without_others(text: &str, before: &str) -> String {
    let mut kept = String::new();
    let (mut unreleased, mut dropped) = (false, false);
    for line in text.split_inclusive('\n') {
        let heading = line.trim_end();
        if heading.starts_with("## ") {
            (unreleased, dropped) = (heading == UNRELEASED, false);
        } else if heading.starts_with("### ") {
            dropped = unreleased && heading.starts_with(ENTRY) && !has(before, heading);
        }
        if !dropped {
            kept.push_str(line);
        }
    }
    match kept.len() == text.len() {
        true => kept,
        false => kept.trim_end().to_owned() + "\n",
    }
}

fn has(text: &str, heading: &str) -> bool {
    text.lines().any(|line| line.trim_end() == heading)
}

/// The entry comes last among what is not released.
fn insert(text: &str, entry: &str) -> String {
    let Some(start) = position(text, 0, |line| line == UNRELEASED) else {
        let first = position(text, 0, |line| line.starts_with("## ")).unwrap_or(text.len());
        let (before, after) = text.split_at(first);
        let before = before.trim_end();
        return join(&format!("{before}\n\n{UNRELEASED}"), entry, after);
    };
    let after = start + UNRELEASED.len();
    let end = position(text, after, |line| line.starts_with("## ")).unwrap_or(text.len());
    join(&text[..end], entry, &text[end..])
}

fn join(before: &str, entry: &str, after: &str) -> String {
    let gap = if after.is_empty() { "" } else { "\n" };
    format!("{}\n\n{entry}{gap}{after}", before.trim_end())
}

/// Where the first line after `from` starts that is meant.
fn position(text: &str, from: usize, is_meant: impl Fn(&str) -> bool) -> Option<usize> {
    let mut at = from;
    for line in text[from..].split_inclusive('\n') {
        if is_meant(line.trim_end()) {
            return Some(at);
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use keyvault_codegen::changes::{Change, Subject, What};

    use super::*;

    fn changes(rust: Impact) -> Changes {
        let change = Change {
            place: "keys.GetKey".to_owned(),
            subject: Subject::Operation,
            what: What::Added,
            rust,
            wire: rust,
            reason: String::new(),
        };
        Changes {
            changes: vec![change],
        }
    }

    fn versions() -> BTreeMap<&'static str, &'static str> {
        BTreeMap::from([("keys", "2"), ("locks", "1"), ("secrets", "2")])
    }

    const OLD: &str =
        "# Changelog\n\n## Unreleased\n\n### Added\n\n- Locks.\n\n## 0.1.0\n\n- All.\n";

    const NEW: &str = "# Changelog\n\n## Unreleased\n\n### Added\n\n- Locks.\n\n### API 1 (locks), 2 (keys, secrets)\n\n\
        #### Added\n\n- operation `keys.GetKey` added\n\n## 0.1.0\n\n- All.\n";

    #[test]
    fn the_entry_comes_last_among_what_is_not_released() {
        let new = with_entry(OLD, OLD, &versions(), &changes(Impact::Additive));
        assert_eq!(new, NEW);
    }

    #[test]
    fn a_second_run_replaces_the_entry_of_the_first() {
        let again = with_entry(NEW, OLD, &versions(), &changes(Impact::Additive));
        assert_eq!(again, NEW);
    }

    #[test]
    fn an_entry_of_other_versions_that_was_not_there_before_is_replaced_too() {
        let text = |entries: &str| {
            format!(
                "# Changelog\n\n## Unreleased\n\n{entries}## 0.1.0\n\n### API 0 (keys)\n\n- All.\n"
            )
        };
        let other = "### API 9 (management)\n\n#### Added\n\n- x\n\n";
        let kept = "### Fixed\n\n- y\n\n";
        let entry = "### API 1 (locks), 2 (keys, secrets)\n\n#### Added\n\n- operation `keys.GetKey` added\n\n";
        let (old, before) = (text(&format!("{other}{kept}")), text(kept));
        let new = |changes| with_entry(&old, &before, &versions(), &changes);
        let expected = text(&format!("{kept}{entry}"));
        assert_eq!(new(changes(Impact::Additive)), expected);
        // What was undone leaves no entry.
        assert_eq!(new(changes(Impact::Invisible)), before);
    }

    #[test]
    fn an_entry_that_was_committed_stays() {
        let again = with_entry(NEW, NEW, &versions(), &changes(Impact::Additive));
        let (first, second) = again
            .split_once("### API 1 (locks), 2 (keys, secrets), 2\n")
            .unwrap();
        assert!(
            first.contains("### API 1 (locks), 2 (keys, secrets)\n"),
            "{again}"
        );
        assert!(
            second.contains("`keys.GetKey` added\n\n## 0.1.0\n"),
            "{again}"
        );
    }

    #[test]
    fn what_users_do_not_see_makes_no_entry() {
        let new = with_entry(OLD, OLD, &versions(), &changes(Impact::Invisible));
        assert_eq!(new, OLD);
    }

    #[test]
    fn a_changelog_without_the_section_gets_one() {
        let entry = "### E\n\n- e\n";
        assert_eq!(
            insert("# Changelog\n\n## 0.1.0\n", entry),
            "# Changelog\n\n## Unreleased\n\n### E\n\n- e\n\n## 0.1.0\n"
        );
        assert_eq!(
            insert("# Changelog\n", entry),
            "# Changelog\n\n## Unreleased\n\n### E\n\n- e\n"
        );
    }
}
