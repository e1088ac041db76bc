//! What deny.toml allows.

use std::fs;
use std::path::Path;

use semver::{Version, VersionReq};
use spdx::Licensee;
use toml_edit::{DocumentMut, Item, Table};

/// The parts of deny.toml that are checked here. Names and meaning are those of cargo-deny.
pub(super) struct Policy {
    pub(super) licences: Vec<Licensee>,
    pub(super) registries: Vec<String>,
    pub(super) older: Vec<Older>,
}

/// An older version of a crate, which may be there beside a newer one.
pub(super) struct Older {
    name: String,
    versions: VersionReq,
}

impl Older {
    /// Whether that version is meant.
    pub(super) fn covers(&self, name: &str, version: &Version) -> bool {
        self.name == name && self.versions.matches(version)
    }
}

impl Policy {
    pub(super) fn read(path: &Path) -> Result<Self, String> {
        let table = table(path)?;
        Self::of(&table).map_err(|error| format!("{}: {error}", path.display()))
    }

    fn of(table: &Table) -> Result<Self, String> {
        let licences = strings(table, "licenses", "allow")?;
        let licences = licences
            .iter()
            .map(|id| Licensee::parse(id).map_err(|error| format!("licenses.allow: {error}")));
        Ok(Self {
            licences: licences.collect::<Result<_, _>>()?,
            registries: strings(table, "sources", "allow-registry")?,
            older: older(table)?,
        })
    }
}

fn strings(table: &Table, section: &str, key: &str) -> Result<Vec<String>, String> {
    let missing = || format!("{section}.{key} is not a list of strings");
    let list = table.get(section).and_then(|section| section.get(key));
    let list = list.and_then(Item::as_array).ok_or_else(missing)?;
    let text = |value: &toml_edit::Value| value.as_str().map(str::to_owned);
    list.iter()
        .map(text)
        .collect::<Option<_>>()
        .ok_or_else(missing)
}

fn older(table: &Table) -> Result<Vec<Older>, String> {
    let list = table
        .get("bans")
        .and_then(|bans| bans.get("skip"))
        .and_then(Item::as_array);
    let Some(list) = list else {
        return Ok(Vec::new());
    };
    let entry = |value: &toml_edit::Value| {
        let table = value.as_inline_table()?;
        table.get("reason")?.as_str()?;
        let (name, version) = table.get("crate")?.as_str()?.split_once('@')?;
        let versions = VersionReq::parse(&format!("={version}")).ok()?;
        Some(Older {
            name: name.to_owned(),
            versions,
        })
    };
    let entries: Option<_> = list.iter().map(entry).collect();
    entries.ok_or_else(|| {
        "an entry of bans.skip lacks `crate = \"name@version\"` or `reason`".to_owned()
    })
}

/// A file in TOML.
pub(super) fn table(path: &Path) -> Result<Table, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let document: DocumentMut = text
        .parse()
        .map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(document.as_table().clone())
}

/// A policy of one licence and one registry, with an older version of `old`.
#[cfg(test)]
pub(super) fn small() -> Policy {
    let text = r#"
        licenses.allow = ["MIT"]
        sources.allow-registry = ["https://registry"]
        bans.skip = [{ crate = "old@0.2", reason = "because" }]
    "#;
    Policy::of(text.parse::<DocumentMut>().unwrap().as_table()).unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        let document: DocumentMut = text.parse().unwrap();
        Policy::of(document.as_table()).err().unwrap()
    }

    #[test]
    fn a_policy_that_says_nothing_allows_nothing() {
        assert_eq!(error(""), "licenses.allow is not a list of strings");
        assert!(error("licenses.allow = ['Wonderful-1.0']").contains("unknown"));
        assert!(error("licenses.allow = []").contains("allow-registry"));
    }

    #[test]
    fn an_older_version_needs_a_reason() {
        let text =
            "licenses.allow = []\nsources.allow-registry = []\nbans.skip = [{ crate = 'a@1' }]";
        assert!(error(text).contains("`reason`"));
    }

    #[test]
    fn an_older_version_is_that_one_alone() {
        let older = &small().older[0];
        assert!(older.covers("old", &Version::new(0, 2, 9)));
        assert!(!older.covers("old", &Version::new(0, 3, 0)));
        assert!(!older.covers("new", &Version::new(0, 2, 9)));
    }
}
