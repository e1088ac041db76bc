//! What is published says all that a registry asks for, and brings its licences with it.

use std::fs;
use std::path::Path;

use cargo_metadata::Package;

use super::workspaces::Workspace;

const LICENCES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

pub(super) fn problems(workspace: &Workspace, root: &Path) -> Result<Vec<String>, String> {
    let mut problems = Vec::new();
    for member in workspace.members().filter(|member| is_published(member)) {
        let missing = missing(member).into_iter();
        problems.extend(missing.map(|what| format!("{} has no {what}", member.manifest_path)));
        problems.extend(licences(member, root)?);
    }
    Ok(problems)
}

fn is_published(member: &Package) -> bool {
    member
        .publish
        .as_ref()
        .is_none_or(|registries| !registries.is_empty())
}

/// What the manifest does not say.
fn missing(member: &Package) -> Vec<&'static str> {
    let facts = [
        ("description", member.description.is_some()),
        ("license", member.license.is_some()),
        ("repository", member.repository.is_some()),
        (
            "readme",
            member.readme().is_some_and(|readme| readme.exists()),
        ),
        ("rust-version", member.rust_version.is_some()),
        (
            "keywords, or more than five",
            (1..=5).contains(&member.keywords.len()),
        ),
        (
            "categories, or more than five",
            (1..=5).contains(&member.categories.len()),
        ),
    ];
    let missing = facts.into_iter().filter(|(_, is_there)| !is_there);
    missing.map(|(what, _)| what).collect()
}

/// The licences beside the manifest, which must be those of the repository.
fn licences(member: &Package, root: &Path) -> Result<Vec<String>, String> {
    let folder = member.manifest_path.as_std_path().parent().unwrap_or(root);
    let mut problems = Vec::new();
    for name in LICENCES {
        let ours = fs::read(root.join(name)).map_err(|error| format!("{name}: {error}"))?;
        if fs::read(folder.join(name)).ok() != Some(ours) {
            problems.push(format!(
                "{} is not a copy of {name}",
                folder.join(name).display()
            ));
        }
    }
    Ok(problems)
}
