//! `cargo xtask audit`: what we depend on, and how our crates are set up.

mod dependencies;
mod packages;
mod policy;
mod promises;
mod unsafe_code;
mod unused;
mod workspaces;

use std::fmt;
use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};

use crate::answer::{self, Answer, Manners};
use crate::output;
use crate::report::counted;
use crate::workspace::Repository;
use policy::Policy;
use workspaces::Workspace;

/// Check dependencies and manifests of all workspaces of this repository
///
/// Reads deny.toml, and holds licences, sources and versions against it, as cargo-deny does it.
/// Besides: every crate root forbids unsafe code, every dependency is used, what is published is
/// complete, and the tests that SECURITY.md names are there, and run. All workspaces are compiled
/// for that, into the target folder of the first; that takes minutes, and a C++ compiler besides
/// the one for C. Writes nothing else. Known vulnerabilities are not looked for: that needs the
/// advisory database, and cargo-deny.
///
/// Exit status: 0 when all is well, 1 when there is a problem, or something cannot be read or
/// compiled, 2 when the arguments are wrong.
#[derive(Args)]
#[command(verbatim_doc_comment, after_long_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    repository: Repository,
    #[command(flatten)]
    manners: Manners,
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask audit
  cargo xtask audit --quiet --json     the problems as a list, for a program";

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    answer::give(arguments.manners, |answer| {
        let root = arguments.repository.root();
        let problems = problems(&root, answer)?;
        for problem in &problems {
            output::tell(&format!("error: {problem}\n"));
        }
        if !problems.is_empty() {
            output::tell(&format!("{}\n", counted(problems.len(), "problem")));
        }
        let is_well = problems.is_empty();
        answer.note("problems", problems);
        Ok(is_well)
    })
}

/// What is wrong.
fn problems(root: &Path, answer: &mut Answer) -> Result<Vec<String>, String> {
    let policy = Policy::read(&root.join("deny.toml"))?;
    let manifests = workspaces::manifests(root)?;
    let workspaces = workspaces::of(&manifests)?;
    let mut problems = workspaces::strays(&manifests, &workspaces);
    let build = workspaces::build_folder(&workspaces, root)?;
    let mut audited = Vec::new();
    for workspace in &workspaces {
        answer.say(&format!("compiling {}", name(workspace, root)));
        problems.extend(dependencies::problems(workspace, &policy));
        problems.extend(unsafe_code::problems(workspace)?);
        problems.extend(packages::problems(workspace, root)?);
        problems.extend(unused::problems(workspace, build)?);
        let audit = Audit::of(workspace, root);
        answer.sum_up(&audit.to_string())?;
        audited.push(audit.json());
    }
    answer.note("workspaces", audited);
    problems.extend(promises::problems(root)?);
    Ok(problems)
}

fn name(workspace: &Workspace, root: &Path) -> String {
    match workspace.folder().strip_prefix(root) {
        Ok(inside) if !inside.as_os_str().is_empty() => inside.display().to_string(),
        _ => "this workspace".to_owned(),
    }
}

/// What was looked at in a workspace.
struct Audit {
    name: String,
    crates: usize,
    others: usize,
    roots: usize,
}

impl Audit {
    fn of(workspace: &Workspace, root: &Path) -> Self {
        Self {
            name: name(workspace, root),
            crates: workspace.members().count(),
            others: workspace.others().count(),
            roots: workspace.members().map(|member| member.targets.len()).sum(),
        }
    }

    fn json(&self) -> Value {
        json!({
            "name": self.name,
            "crates": self.crates,
            "crates_of_others": self.others,
            "crate_roots": self.roots,
        })
    }
}

impl fmt::Display for Audit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{}: {} of ours, {} of others, {}",
            self.name,
            counted(self.crates, "crate"),
            self.others,
            counted(self.roots, "crate root"),
        )
    }
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
        let root = root.path().canonicalize().unwrap();
        let mut answer = Answer::new(Manners {
            quiet: true,
            json: false,
        });
        let problems = problems(&root, &mut answer).unwrap();
        let is_it = |problem: &&String| problem.contains("inner depends on outer and does not use");
        assert_eq!(problems.iter().filter(is_it).count(), 1, "{problems:#?}");
        assert!(!problems.iter().any(|problem| problem.contains("it_works")));
    }
}
