//! Dependencies that nothing uses, found by the compiler.

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufReader;
use std::path::Path;
use std::process::Stdio;

use cargo_metadata::{DependencyKind, Message, Package, PackageId, TargetKind};

use super::workspaces::Workspace;
use crate::workspace::cargo;

/// A target of a package: its kinds and its name.
type Target = (Vec<TargetKind>, String);

/// What the compiler says of the targets of one package.
#[derive(Default)]
struct Seen {
    /// All targets, with whether their unit tests were compiled too.
    targets: BTreeMap<Target, bool>,
    /// Which crate is unused in which targets.
    unused: BTreeMap<String, BTreeSet<Target>>,
}

/// Compiles a workspace into a folder, and says which of its dependencies are not needed for it.
pub(super) fn problems(workspace: &Workspace, build: &Path) -> Result<Vec<String>, String> {
    let seen = compile(workspace.folder(), build)?;
    let mut problems = Vec::new();
    for member in workspace.members() {
        let Some(seen) = seen.get(&member.id) else {
            return Err(format!("{} was not compiled", member.name));
        };
        problems.extend(of_package(member, seen));
    }
    Ok(problems)
}

/// Asks clippy, which passes a lint on to crates of ours alone: what they depend on is not compiled again.
fn compile(folder: &Path, build: &Path) -> Result<BTreeMap<PackageId, Seen>, String> {
    let mut child = cargo()
        .args([
            "clippy",
            "--quiet",
            "--locked",
            "--workspace",
            "--all-targets",
            "--all-features",
        ])
        .arg("--target-dir")
        .arg(build)
        .args([
            "--message-format",
            "json",
            "--",
            "-W",
            "unused-crate-dependencies",
        ])
        .current_dir(folder)
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("cannot run cargo: {error}"))?;
    let output = child.stdout.take().ok_or("cargo has no output")?;
    let mut seen: BTreeMap<PackageId, Seen> = BTreeMap::new();
    for message in Message::parse_stream(BufReader::new(output)) {
        note(
            &mut seen,
            message.map_err(|error| format!("cannot read what cargo says: {error}"))?,
        );
    }
    match child.wait() {
        Ok(status) if status.success() => Ok(seen),
        _ => Err(format!(
            "the workspace in {} does not compile: see cargo clippy",
            folder.display()
        )),
    }
}

fn note(seen: &mut BTreeMap<PackageId, Seen>, message: Message) {
    match message {
        Message::CompilerArtifact(artifact) => {
            let seen = seen.entry(artifact.package_id).or_default();
            let target = (artifact.target.kind, artifact.target.name);
            *seen.targets.entry(target).or_default() |= artifact.profile.test;
        }
        Message::CompilerMessage(message) => {
            let code = message.message.code.map(|code| code.code);
            let name = message.message.message.split('`').nth(1);
            if let (Some("unused_crate_dependencies"), Some(name)) = (code.as_deref(), name) {
                let seen = seen.entry(message.package_id).or_default();
                let target = (message.target.kind, message.target.name);
                seen.unused
                    .entry(name.to_owned())
                    .or_default()
                    .insert(target);
            }
        }
        _ => {}
    }
}

fn of_package(member: &Package, seen: &Seen) -> Vec<String> {
    let mut problems = Vec::new();
    for dependency in &member.dependencies {
        let krate = dependency
            .rename
            .as_ref()
            .unwrap_or(&dependency.name)
            .replace('-', "_");
        let (unused, way_out) = match dependency.kind {
            DependencyKind::Normal => (
                seen.is_unused(&krate, |(kinds, _), _| is_delivered(kinds)),
                "take it out, or let it be one of [dev-dependencies] if tests use it",
            ),
            _ => (
                seen.is_unused(&krate, |(kinds, _), tested| tested || !is_delivered(kinds)),
                "take it out",
            ),
        };
        if unused {
            let (member, name) = (&member.name, &dependency.name);
            problems.push(format!(
                "{member} depends on {name} and does not use it: {way_out}"
            ));
        }
    }
    problems
}

/// What others get: the library and the programs.
fn is_delivered(kinds: &[TargetKind]) -> bool {
    kinds
        .iter()
        .any(|kind| matches!(kind, TargetKind::Lib | TargetKind::Bin))
}

impl Seen {
    /// Whether no target of those that may use a crate does so.
    fn is_unused(&self, krate: &str, may_use: impl Fn(&Target, bool) -> bool) -> bool {
        let unused = self.unused.get(krate);
        let mut targets = self
            .targets
            .iter()
            .filter(|(target, tested)| may_use(target, **tested));
        targets.all(|(target, _)| unused.is_some_and(|unused| unused.contains(target)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(kind: TargetKind) -> Target {
        (vec![kind], "name".to_owned())
    }

    /// A library with unit tests and an integration test; `unused` are those that do not use `it`.
    fn seen(unused: &[TargetKind]) -> Seen {
        let targets = [
            (target(TargetKind::Lib), true),
            (target(TargetKind::Test), true),
        ];
        let unused = unused.iter().map(|kind| target(kind.clone())).collect();
        Seen {
            targets: BTreeMap::from(targets),
            unused: BTreeMap::from([("it".to_owned(), unused)]),
        }
    }

    #[test]
    fn the_library_has_to_use_it_where_tests_may_not() {
        let delivered = |(kinds, _): &Target, _| is_delivered(kinds);
        assert!(!seen(&[]).is_unused("it", delivered));
        assert!(!seen(&[TargetKind::Test]).is_unused("it", delivered));
        assert!(seen(&[TargetKind::Lib]).is_unused("it", delivered));
    }

    #[test]
    fn one_test_that_uses_it_is_enough_for_a_dependency_of_tests() {
        let any = |_: &Target, _| true;
        assert!(!seen(&[TargetKind::Lib]).is_unused("it", any));
        assert!(seen(&[TargetKind::Lib, TargetKind::Test]).is_unused("it", any));
    }
}
