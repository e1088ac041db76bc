//! The workspaces of the repository, as cargo sees them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use cargo_metadata::{CargoOpt, Metadata, MetadataCommand, Package};

use crate::workspace::git;

/// One workspace: its members, and all that they depend on, for any target and with all features.
pub(super) struct Workspace {
    metadata: Metadata,
}

impl Workspace {
    fn of(manifest: &Path) -> Result<Self, String> {
        let metadata = MetadataCommand::new()
            .manifest_path(manifest)
            .features(CargoOpt::AllFeatures)
            .other_options(["--locked".to_owned()])
            .exec();
        let metadata = metadata
            .map_err(|error| format!("{}: {}", manifest.display(), error.to_string().trim()))?;
        Ok(Self { metadata })
    }

    /// Where it is.
    pub(super) fn folder(&self) -> &Path {
        self.metadata.workspace_root.as_std_path()
    }

    /// The crates of ours.
    pub(super) fn members(&self) -> impl Iterator<Item = &Package> {
        let members = &self.metadata.workspace_members;
        let ours = |package: &&Package| members.contains(&package.id);
        self.metadata.packages.iter().filter(ours)
    }

    /// The crates of others in the lock file. Not all of them are compiled for each target.
    pub(super) fn others(&self) -> impl Iterator<Item = &Package> {
        let packages = self.metadata.packages.iter();
        packages.filter(|package| package.source.is_some())
    }
}

/// All manifests of the repository, also those that are not committed yet.
pub(super) fn manifests(root: &Path) -> Result<Vec<PathBuf>, String> {
    let files = [
        "ls-files",
        "--cached",
        "--others",
        "--exclude-standard",
        "*Cargo.toml",
    ];
    let files = git(root, &files)?;
    let there = files
        .lines()
        .map(|file| root.join(file))
        .filter(|file| file.exists());
    let manifests: BTreeSet<PathBuf> = there.collect();
    Ok(manifests.into_iter().collect())
}

/// The workspaces that have a manifest of their own.
pub(super) fn of(manifests: &[PathBuf]) -> Result<Vec<Workspace>, String> {
    let mut workspaces = Vec::new();
    for manifest in manifests {
        if super::policy::table(manifest)?.contains_key("workspace") {
            workspaces.push(Workspace::of(manifest)?);
        }
    }
    Ok(workspaces)
}

/// Where to compile all of them: what they share is compiled once, in the folder of the workspace at the root.
pub(super) fn build_folder<'a>(
    workspaces: &'a [Workspace],
    root: &Path,
) -> Result<&'a Path, String> {
    let mut workspaces = workspaces.iter();
    let workspace = workspaces.find(|workspace| workspace.folder() == root);
    workspace
        .map(|workspace| workspace.metadata.target_directory.as_std_path())
        .ok_or_else(|| format!("there is no workspace in {}", root.display()))
}

/// Manifests that no workspace has as a member: nothing else would check them.
pub(super) fn strays(manifests: &[PathBuf], workspaces: &[Workspace]) -> Vec<String> {
    let mut known = BTreeSet::new();
    for workspace in workspaces {
        known.insert(workspace.folder().join("Cargo.toml"));
        known.extend(
            workspace
                .members()
                .map(|member| member.manifest_path.as_std_path().to_owned()),
        );
    }
    let strays = manifests
        .iter()
        .filter(|manifest| !known.contains(*manifest));
    strays
        .map(|manifest| format!("{} belongs to no workspace", manifest.display()))
        .collect()
}
