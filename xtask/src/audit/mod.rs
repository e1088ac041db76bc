//! `cargo xtask audit`: what we depend on, and how our crates are set up.

mod dependencies;
mod packages;
mod policy;
mod promises;
mod unsafe_code;
mod unused;
mod workspaces;

use std::path::Path;
use std::process::ExitCode;

use clap::Args;

use crate::workspace;
use policy::Policy;
use workspaces::Workspace;

/// Check dependencies and manifests of all workspaces of this repository.
///
/// Licences, sources and versions are held against deny.toml, as cargo-deny does it. Besides: every
/// crate root forbids unsafe code, every dependency is used, and what is published is complete,
/// and the tests that SECURITY.md names are there.
/// Known vulnerabilities are not looked for: that needs the advisory database, and cargo-deny.
#[derive(Args)]
pub(crate) struct Arguments {}

/// Runs the command.
pub(crate) fn run(_: &Arguments) -> ExitCode {
    match problems(&workspace::root()) {
        Ok(problems) if problems.is_empty() => ExitCode::SUCCESS,
        Ok(problems) => {
            for problem in &problems {
                eprintln!("error: {problem}");
            }
            eprintln!("{} problems", problems.len());
            ExitCode::FAILURE
        }
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn problems(root: &Path) -> Result<Vec<String>, String> {
    let policy = Policy::read(&root.join("deny.toml"))?;
    let manifests = workspaces::manifests(root)?;
    let workspaces = workspaces::of(&manifests)?;
    let mut problems = workspaces::strays(&manifests, &workspaces);
    for workspace in &workspaces {
        problems.extend(dependencies::problems(workspace, &policy));
        problems.extend(unsafe_code::problems(workspace)?);
        problems.extend(packages::problems(workspace, root)?);
        println!("{}", summary(workspace, root));
    }
    problems.extend(promises::problems(root)?);
    problems.extend(unused::problems(root, &workspaces)?);
    Ok(problems)
}

fn summary(workspace: &Workspace, root: &Path) -> String {
    let folder = workspace.folder();
    let name = match folder.strip_prefix(root) {
        Ok(inside) if !inside.as_os_str().is_empty() => inside.display().to_string(),
        _ => "this workspace".to_owned(),
    };
    format!(
        "{name}: {} crates of ours, {} of others, {} crate roots",
        workspace.members().count(),
        workspace.others().count(),
        workspace
            .members()
            .map(|member| member.targets.len())
            .sum::<usize>(),
    )
}
