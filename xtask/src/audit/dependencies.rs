//! Crates of others: their licences, where they come from, and how many versions of them there are.

use std::collections::BTreeMap;

use cargo_metadata::Package;
use semver::Version;
use spdx::{Expression, ParseMode};

use super::policy::Policy;
use super::workspaces::Workspace;

pub(super) fn problems(workspace: &Workspace, policy: &Policy) -> Vec<String> {
    let mut problems = Vec::new();
    let mut versions: BTreeMap<&str, Vec<&Version>> = BTreeMap::new();
    for package in workspace.others() {
        let fits =
            licence(package.license.as_deref(), policy).and_then(|()| source(package, policy));
        if let Err(why) = fits {
            problems.push(format!("{} {} {why}", package.name, package.version));
        }
        versions
            .entry(&package.name)
            .or_default()
            .push(&package.version);
    }
    problems.extend(duplicates(&versions, policy));
    problems.extend(workspace.members().flat_map(wildcards));
    problems
}

fn licence(licence: Option<&str>, policy: &Policy) -> Result<(), String> {
    let licence = licence.ok_or("names no licence")?;
    let expression = Expression::parse_mode(licence, ParseMode::LAX)
        .map_err(|error| format!("has a licence that cannot be read: {error}"))?;
    let allowed = expression.evaluate(|asked| {
        policy
            .licences
            .iter()
            .any(|licence| licence.satisfies(asked))
    });
    match allowed {
        true => Ok(()),
        false => Err(format!(
            "is under `{licence}`, which licenses.allow in deny.toml does not cover"
        )),
    }
}

fn source(package: &Package, policy: &Policy) -> Result<(), String> {
    let source = package
        .source
        .as_ref()
        .map_or("", |source| source.repr.as_str());
    let allowed = |registry: &String| source.strip_prefix("registry+") == Some(registry);
    match policy.registries.iter().any(allowed) {
        true => Ok(()),
        false => Err(format!(
            "comes from {source}, which is not in sources.allow-registry of deny.toml"
        )),
    }
}

/// All but the newest version need an entry in deny.toml.
fn duplicates(versions: &BTreeMap<&str, Vec<&Version>>, policy: &Policy) -> Vec<String> {
    let mut problems = Vec::new();
    for (name, versions) in versions {
        let newest = versions.iter().max();
        for version in versions.iter().filter(|version| Some(*version) != newest) {
            if !policy.older.iter().any(|older| older.covers(name, version)) {
                problems.push(format!(
                    "{name} {version} is there beside a newer one: move what asks for it, or add it to \
                     bans.skip in deny.toml with the reason"
                ));
            }
        }
    }
    problems
}

/// Dependencies of ours that take any version of a crate of others.
fn wildcards(member: &Package) -> Vec<String> {
    let any = member
        .dependencies
        .iter()
        .filter(|dependency| dependency.path.is_none() && dependency.req.comparators.is_empty());
    any.map(|dependency| format!("{} takes any version of {}", member.name, dependency.name))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::policy::small;
    use super::*;

    #[test]
    fn one_way_to_take_it_is_enough() {
        assert_eq!(licence(Some("MIT"), &small()), Ok(()));
        assert_eq!(licence(Some("GPL-3.0-only/MIT"), &small()), Ok(()));
    }

    #[test]
    fn all_that_is_asked_for_must_be_allowed() {
        for refused in [
            "GPL-3.0-only",
            "MIT AND ISC",
            "MIT WITH Classpath-exception-2.0",
        ] {
            let error = licence(Some(refused), &small()).unwrap_err();
            assert!(error.contains("does not cover"), "{error}");
        }
    }

    #[test]
    fn no_licence_is_no_permission() {
        assert!(licence(None, &small()).is_err());
        assert!(licence(Some("see the web site"), &small()).is_err());
    }

    #[test]
    fn an_older_version_needs_an_entry() {
        let versions = [Version::new(0, 2, 1), Version::new(0, 3, 0)];
        let of = |name| BTreeMap::from([(name, versions.iter().collect())]);
        assert!(duplicates(&of("old"), &small()).is_empty());
        assert!(duplicates(&of("other"), &small())[0].starts_with("other 0.2.1 "));
    }
}
