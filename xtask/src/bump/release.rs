//! The version number of the next release.

use std::path::Path;

use keyvault_codegen::Api;
use keyvault_codegen::changes::{Changes, Verdict, compare};
use semver::Version;
use toml_edit::DocumentMut;

use crate::{changes, workspace};

/// The version number of the next release.
pub(super) struct Suggestion {
    pub(super) version: Version,
    /// What it follows from, for people.
    pub(super) sentence: String,
}

/// The version number of the next release, and what it follows from.
///
/// What counts is all that has changed since the last release, not only since the last commit.
pub(super) fn suggestion(root: &Path, api: &Api, recent: &Changes) -> Result<Suggestion, String> {
    let current = current(root)?;
    let last = last_release(root);
    let Ok(Some(Release {
        tag,
        version,
        api: old,
    })) = last
    else {
        let next = next(&current, recent.verdict());
        let why = match last {
            Err(error) => format!("the last release cannot be compared with: {error}"),
            Ok(_) => "there is no tag vX.Y.Z to compare with".to_owned(),
        };
        let sentence = format!(
            "suggested version: {next}, if {current} is released ({}); {why}\n",
            word(recent.verdict())
        );
        return Ok(Suggestion {
            version: next,
            sentence,
        });
    };
    let verdict = compare(&old, api).verdict();
    let next = next(&version, verdict).max(current.clone());
    let already = if next == current {
        ", which it has already"
    } else {
        ""
    };
    let sentence = format!(
        "suggested version: {next}{already} ({} since {tag})\n",
        word(verdict)
    );
    Ok(Suggestion {
        version: next,
        sentence,
    })
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Major => "breaking changes",
        Verdict::Minor => "additions",
        Verdict::Patch => "no change that users see",
    }
}

/// The version of the workspace.
fn current(root: &Path) -> Result<Version, String> {
    let failed = |message: &dyn std::fmt::Display| format!("Cargo.toml: {message}");
    let text = std::fs::read_to_string(root.join("Cargo.toml")).map_err(|error| failed(&error))?;
    let manifest: DocumentMut = text
        .parse()
        .map_err(|error: toml_edit::TomlError| failed(&error.message()))?;
    let version = manifest["workspace"]["package"]["version"].as_str();
    let version = version.ok_or_else(|| failed(&"there is no workspace.package.version"))?;
    version
        .parse()
        .map_err(|error: semver::Error| failed(&error))
}

/// A version that was released.
struct Release {
    tag: String,
    version: Version,
    api: Api,
}

/// The last one that there is a tag `vX.Y.Z` of, in the history of this tree.
fn last_release(root: &Path) -> Result<Option<Release>, String> {
    // Without a commit there is no history.
    if workspace::git(root, &["rev-parse", "--verify", "--quiet", "HEAD"]).is_err() {
        return Ok(None);
    }
    let tags = workspace::git(root, &["tag", "--list", "v*", "--merged"])?;
    let version = |tag: &str| tag.strip_prefix('v')?.parse::<Version>().ok();
    let tags = tags.lines().map(str::trim);
    let releases = tags.filter_map(|tag| Some((version(tag)?, tag.to_owned())));
    let Some((version, tag)) = releases.max() else {
        return Ok(None);
    };
    let api = changes::at_revision(root, &tag)?;
    Ok(Some(Release { tag, version, api }))
}

/// Semantic versioning as cargo reads it: before 1.0.0, the second number breaks and the third adds.
fn next(last: &Version, verdict: Verdict) -> Version {
    let Version {
        major,
        minor,
        patch,
        ..
    } = *last;
    match (verdict, major) {
        (Verdict::Major, 0) => Version::new(0, minor + 1, 0),
        (Verdict::Major, _) => Version::new(major + 1, 0, 0),
        (Verdict::Minor, 1..) => Version::new(major, minor + 1, 0),
        (Verdict::Minor | Verdict::Patch, _) => Version::new(major, minor, patch + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_version_is_what_cargo_takes_for_compatible_or_not() {
        let next = |last: &str, verdict| next(&last.parse().unwrap(), verdict).to_string();
        assert_eq!(next("0.1.3", Verdict::Major), "0.2.0");
        assert_eq!(next("0.1.3", Verdict::Minor), "0.1.4");
        assert_eq!(next("0.1.3", Verdict::Patch), "0.1.4");
        assert_eq!(next("1.2.3", Verdict::Major), "2.0.0");
        assert_eq!(next("1.2.3", Verdict::Minor), "1.3.0");
        assert_eq!(next("1.2.3", Verdict::Patch), "1.2.4");
    }
}
