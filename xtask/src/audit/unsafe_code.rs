//! No crate of ours has unsafe code: the lint of the workspace forbids it, and each crate root says so besides.

use std::fs;
use std::path::Path;

use cargo_metadata::Package;
use toml_edit::Table;

use super::policy::table;
use super::workspaces::Workspace;

const ATTRIBUTE: &str = "#![forbid(unsafe_code)]";

pub(super) fn problems(workspace: &Workspace) -> Result<Vec<String>, String> {
    let root = table(&workspace.folder().join("Cargo.toml"))?;
    let mut problems = Vec::new();
    for member in workspace.members() {
        let manifest = table(member.manifest_path.as_std_path())?;
        if !forbids(&root, &manifest) {
            problems.push(format!(
                "{} lacks `[lints] workspace = true`, or its workspace `unsafe_code = \"forbid\"`",
                member.manifest_path
            ));
        }
        problems.extend(roots(member)?);
    }
    Ok(problems)
}

/// Whether the lint of the manifest, or of the workspace that it takes lints from, is `forbid`.
fn forbids(workspace: &Table, manifest: &Table) -> bool {
    let lints = manifest.get("lints");
    let inherits = lints.and_then(|lints| lints.get("workspace")?.as_bool()) == Some(true);
    let lints = match inherits {
        true => workspace
            .get("workspace")
            .and_then(|workspace| workspace.get("lints")),
        false => lints,
    };
    let level = lints.and_then(|lints| lints.get("rust")?.get("unsafe_code")?.as_str());
    level == Some("forbid")
}

fn roots(member: &Package) -> Result<Vec<String>, String> {
    let mut problems = Vec::new();
    for target in &member.targets {
        let path: &Path = target.src_path.as_std_path();
        let text =
            fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        if !text.lines().any(|line| line == ATTRIBUTE) {
            problems.push(format!("{} lacks `{ATTRIBUTE}`", path.display()));
        }
    }
    Ok(problems)
}

#[cfg(test)]
mod tests {
    use toml_edit::DocumentMut;

    use super::*;

    fn parsed(text: &str) -> Table {
        text.parse::<DocumentMut>().unwrap().as_table().clone()
    }

    #[test]
    fn the_lint_of_the_workspace_applies_to_who_takes_it() {
        let workspace = parsed("[workspace.lints.rust]\nunsafe_code = 'forbid'");
        assert!(forbids(&workspace, &parsed("[lints]\nworkspace = true")));
        assert!(!forbids(&workspace, &parsed("[package]\nname = 'a'")));
        assert!(!forbids(&workspace, &parsed("[lints]\nworkspace = false")));
    }

    #[test]
    fn less_than_forbid_is_not_enough() {
        let workspace = parsed("[workspace.lints.rust]\nunsafe_code = 'deny'");
        assert!(!forbids(&workspace, &parsed("[lints]\nworkspace = true")));
        assert!(forbids(
            &workspace,
            &parsed("[lints.rust]\nunsafe_code = 'forbid'")
        ));
    }
}
