//! `cargo xtask codegen`: the description -> the generated crate.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::Args;
use keyvault_codegen::api::Service;
use keyvault_codegen::{Api, Code, File, Loaded, Plan, Step, generate, generate_calls, load};
use serde_json::{Value, json};

use crate::answer::{self, Answer, Manners};
use crate::failure::Failure;
use crate::report::{Shown, counted as count};
use crate::workspace::Repository;
use crate::{commit, manifest, output, workspace};

/// Generate the crate in `generated/` from the description in `spec/`
///
/// Reads every `*.yaml` of the description: OpenAPI 3.0, one document per service, corrected by
/// overrides.yaml. Writes src/, api.json and OPERATIONS.md of the crate; without --spec and --out
/// also tests/src/calls/, which calls every operation. Only files that differ are written, all of
/// them or none. Files that an earlier run left and that are no longer needed are removed; files
/// that do not start with the line of a generated file are never touched.
///
/// Exit status: 0 when all is well, 1 when the description has errors, when a file cannot be
/// written, or when --check finds a difference, 2 when the arguments are wrong.
#[derive(Args)]
#[command(verbatim_doc_comment, after_long_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Write nothing: show what would change, and fail if anything would
    #[arg(long)]
    check: bool,
    /// Folder of the description [default: spec/ of this repository]
    #[arg(long, value_name = "DIR")]
    spec: Option<PathBuf>,
    /// Folder of the crate to write [default: generated/ of this repository]
    ///
    /// A folder without Cargo.toml gets one.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Show all diagnostics, not the first 50 alone
    #[arg(long)]
    all: bool,
    /// Explain a diagnostic by its code, and do nothing else
    #[arg(long, value_name = "CODE", value_parser = code, conflicts_with_all = ["check", "spec", "out", "quiet", "json", "all"])]
    explain: Option<Code>,
    #[command(flatten)]
    repository: Repository,
    #[command(flatten)]
    manners: Manners,
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask codegen                           bring generated/ up to date
  cargo xtask codegen --check                   show what that would change
  cargo xtask codegen --check --json            the same for a program: files and diagnostics
  cargo xtask codegen --explain name-collision  what a diagnostic means, and a way out
  cargo xtask codegen --spec ../notes/spec --out ../notes-api
                                                another API, as docs/another-api.md tells";

fn code(name: &str) -> Result<Code, String> {
    // Whoever copies it from a report may have copied the brackets.
    let bare = name
        .trim_start_matches("error")
        .trim_start_matches("warning");
    let bare = bare.trim_start_matches('[').trim_end_matches(']');
    Code::of_name(bare).ok_or_else(|| match Code::nearest(bare) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("the codes are {}", Code::ALL.map(Code::as_str).join(", ")),
    })
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    answer::give(arguments.manners, |answer| match arguments.explain {
        Some(code) => {
            answer.print(&format!("{code}\n\n{}\n", code.explanation()))?;
            Ok(true)
        }
        None => run_on(arguments, answer),
    })
}

fn run_on(arguments: &Arguments, answer: &mut Answer) -> Result<bool, Failure> {
    let start = Instant::now();
    let root = arguments.repository.root();
    let spec = arguments.spec.clone().unwrap_or_else(|| root.join("spec"));
    let out = arguments
        .out
        .clone()
        .unwrap_or_else(|| root.join("generated"));
    let (spec, out) = (workspace::shown(&spec), workspace::shown(&out));

    // Where the whole repository changes, its journal is that of the repository.
    let journal = arguments.out.clone().unwrap_or(root.clone());
    if !arguments.check {
        commit::recover(&root, &[&spec, &out])?;
    }
    answer.say_to_a_terminal(&format!("reading {}", spec.display()));
    let Some(loaded) = read(&spec, arguments.all, answer) else {
        return Ok(false);
    };
    answer.say_to_a_terminal("generating, and comparing with what is there");
    let files = generate(&loaded.api)?;
    let plan = Plan::new(&out, &files)?;
    let calls = calls_plan(arguments, &root, &loaded.api)?;
    let has_manifest = manifest::check(&loaded.api, &out)?;
    let mut steps = answer::files(&[&plan, &calls]);
    if !has_manifest && !arguments.check {
        steps.push(answer::file(&out.join("Cargo.toml"), Step::Add));
    }
    answer.note("files", steps);
    answer.note("unchanged", plan.unchanged() + calls.unchanged());

    let mut said = read_line(&spec, &loaded);
    said.push_str(&services_lines(&loaded.api));
    if arguments.check {
        return check(answer, &out, &[&plan, &calls], &said);
    }
    said.push_str(&written_line(&out, &plan, &files));
    commit::write(&journal, &[plan, calls])?;
    if !has_manifest {
        let path = manifest::write(&loaded.api, &out)?;
        said.push_str(&format!("wrote {}\n", path.display()));
    }
    said.push_str(&format!("done in {} ms\n", start.elapsed().as_millis()));
    answer.sum_up(&said)?;
    Ok(true)
}

/// The table of calls in `tests/`, which belongs to this repository's description and crate alone.
fn calls_plan(arguments: &Arguments, root: &Path, api: &Api) -> Result<Plan, Failure> {
    if arguments.spec.is_some() || arguments.out.is_some() {
        return Ok(Plan::default());
    }
    let files = generate_calls(api)?;
    Ok(Plan::new(&workspace::shown(&root.join("tests")), &files)?)
}

/// Loads the description and shows all diagnostics; `None` when there are errors.
fn read(spec: &Path, all: bool, answer: &mut Answer) -> Option<Loaded> {
    let loaded = load(spec);
    let shown = Shown {
        all,
        how: "`--all`",
        about: "the description",
        outcome: "nothing was written",
    };
    if answer.report(&loaded.report, &shown) {
        return None;
    }
    let services: Vec<_> = loaded.api.services.iter().map(service_json).collect();
    answer.note("services", services);
    answer.note("documents", loaded.documents);
    answer.note("overrides", loaded.overrides);
    Some(loaded)
}

fn check(answer: &Answer, out: &Path, plans: &[&Plan], said: &str) -> Result<bool, Failure> {
    if plans.iter().all(|plan| plan.is_empty()) {
        answer.sum_up(&format!("{said}{} is up to date\n", out.display()))?;
        return Ok(true);
    }
    // The difference is the result of this command, so it goes to standard output.
    let diffs: String = plans.iter().map(|plan| plan.diff()).collect();
    answer.print(&diffs)?;
    let sum = |count: fn(&Plan) -> usize| plans.iter().map(|plan| count(plan)).sum();
    output::tell(&format!(
        "error: {} is not what the description says: {} to write, {} to remove; run `cargo xtask \
         codegen`\n",
        out.display(),
        count(sum(Plan::written), "file"),
        count(sum(Plan::removed), "file"),
    ));
    Ok(false)
}

fn read_line(spec: &Path, loaded: &Loaded) -> String {
    format!(
        "read {}: {}, {} applied\n",
        spec.display(),
        count(loaded.documents, "document"),
        count(loaded.overrides, "override"),
    )
}

fn service_json(service: &Service) -> Value {
    json!({
        "name": service.name,
        "api_version": service.api_version,
        "operations": service.operations().count(),
        "types": service.types.len(),
    })
}

fn services_lines(api: &Api) -> String {
    let line = |service: &Service| {
        format!(
            "  {:<16} {:<11} {:>3} operations {:>4} types\n",
            service.name,
            service.api_version,
            service.operations().count(),
            service.types.len(),
        )
    };
    api.services.iter().map(line).collect()
}

fn written_line(out: &Path, plan: &Plan, files: &[File]) -> String {
    let lines: usize = files
        .iter()
        .filter(|file| file.path.ends_with(".rs"))
        .map(|file| file.text.lines().count())
        .sum();
    format!(
        "wrote {}: {} ({lines} lines of Rust), {} changed, {} removed, {} as before\n",
        out.display(),
        count(files.len(), "file"),
        plan.written(),
        plan.removed(),
        plan.unchanged(),
    )
}
