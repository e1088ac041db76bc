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

use crate::report::counted;
use crate::{output, workspace};
use policy::Policy;
use workspaces::Workspace;

/// Check dependencies and manifests of all workspaces of this repository.
///
/// Licences, sources and versions are held against deny.toml, as cargo-deny does it. Besides: every
/// crate root forbids unsafe code, every dependency is used, and what is published is complete,
/// and the tests that SECURITY.md names are there, and run. All workspaces are compiled for that, which
/// takes a C++ compiler besides the one for C.
/// Known vulnerabilities are not looked for: that needs the advisory database, and cargo-deny.
///
/// Exit status: 0 when all is well, 1 when there is a problem, or something cannot be read or compiled,
/// 2 when the arguments are wrong.
#[derive(Args)]
pub(crate) struct Arguments {}

/// Runs the command.
pub(crate) fn run(_: &Arguments) -> ExitCode {
    match problems(&workspace::root(), output::print) {
        Ok(problems) if problems.is_empty() => ExitCode::SUCCESS,
        Ok(problems) => {
            for problem in &problems {
                eprintln!("error: {problem}");
            }
            eprintln!("{}", counted(problems.len(), "problem"));
            ExitCode::FAILURE
        }
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

/// What is wrong, while `tell` says what is being looked at.
fn problems(root: &Path, tell: impl Fn(&str) -> Result<(), String>) -> Result<Vec<String>, String> {
    let policy = Policy::read(&root.join("deny.toml"))?;
    let manifests = workspaces::manifests(root)?;
    let workspaces = workspaces::of(&manifests)?;
    let mut problems = workspaces::strays(&manifests, &workspaces);
    let build = workspaces::build_folder(&workspaces, root)?;
    for workspace in &workspaces {
        problems.extend(dependencies::problems(workspace, &policy));
        problems.extend(unsafe_code::problems(workspace)?);
        problems.extend(packages::problems(workspace, root)?);
        problems.extend(unused::problems(workspace, build)?);
        tell(&summary(workspace, root))?;
    }
    problems.extend(promises::problems(root)?);
    Ok(problems)
}

fn summary(workspace: &Workspace, root: &Path) -> String {
    let folder = workspace.folder();
    let name = match folder.strip_prefix(root) {
        Ok(inside) if !inside.as_os_str().is_empty() => inside.display().to_string(),
        _ => "this workspace".to_owned(),
    };
    format!(
        "{name}: {} of ours, {} of others, {}\n",
        counted(workspace.members().count(), "crate"),
        workspace.others().count(),
        counted(
            workspace.members().map(|member| member.targets.len()).sum(),
            "crate root"
        ),
    )
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::process::Command;

    use super::*;

    /// A repository with a workspace in another one's folder, whose one crate does not use what it depends on.
    fn repository() -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        let package = "edition = '2024'\nversion = '0.1.0'\nlicense = 'MIT'\npublish = false\n";
        let inner = format!("[workspace]\n[package]\nname = 'inner'\n{package}");
        for (path, text) in [
            ("deny.toml", include_str!("../../../deny.toml")),
            ("SECURITY.md", "[`it_works`](outer/src/lib.rs)"),
            (
                "Cargo.toml",
                "[workspace]\nresolver = '3'\nmembers = ['outer']\nexclude = ['inner']\n",
            ),
            (
                "outer/Cargo.toml",
                &format!("[package]\nname = 'outer'\n{package}"),
            ),
            (
                "outer/src/lib.rs",
                "#![forbid(unsafe_code)]\n#[test]\nfn it_works() {}\n",
            ),
            (
                "inner/Cargo.toml",
                &format!("{inner}[dependencies]\nouter.path = '../outer'\n"),
            ),
            ("inner/src/lib.rs", "#![forbid(unsafe_code)]\n"),
        ] {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let run = |program: &str, arguments: &[&str], folder: &str| {
            let mut command = Command::new(program);
            let folder = root.path().join(folder);
            command.args(arguments).current_dir(folder);
            assert!(command.output().unwrap().status.success(), "{program}");
        };
        run("git", &["init", "--quiet"], ".");
        for folder in [".", "inner"] {
            run(env!("CARGO"), &["generate-lockfile", "--offline"], folder);
        }
        root
    }

    #[test]
    fn a_dependency_that_is_not_used_is_found_in_every_workspace() {
        let root = repository();
        // Where links lead, as cargo says it.
        let problems = problems(&root.path().canonicalize().unwrap(), |_| Ok(())).unwrap();
        let is_it = |problem: &&String| problem.contains("inner depends on outer and does not use");
        assert_eq!(problems.iter().filter(is_it).count(), 1, "{problems:#?}");
        assert!(!problems.iter().any(|problem| problem.contains("it_works")));
    }
}
