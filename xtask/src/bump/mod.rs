//! `cargo xtask bump`: a new version of upstream, from its files to a tree that compiles.

mod changelog;
mod consumers;
mod features;
mod listing;
mod release;
mod scratch;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use keyvault_codegen::changes::{Changes, Format, compare, render};
use keyvault_codegen::{
    Api, Checked, File, Import, Imported, Plan, Report, Survey, Wanted, generate, generate_calls,
    import, load, survey,
};
use serde_json::{Value, json};

use self::scratch::Scratch;
use crate::answer::{self, Answer, Manners};
use crate::failure::Failure;
use crate::report::{self, Shown};
use crate::workspace::Repository;
use crate::{changes, commit, output, workspace};

/// Bring a new version of upstream into this repository
///
/// Looks DIR through for upstream's Swagger 2.0 files, and finds out which services they are a new
/// version of: a file belongs to the service that has its operations already. Imports them into
/// spec/, generates the crate, compares it with the last commit, writes the entry of CHANGELOG.md,
/// suggests a version number, and compiles the consumers in tests/compile, which takes a minute or
/// two. All of that happens in a copy, in target/bump/tree; the repository is written at the end,
/// all files or none. What is left to do then is to describe what is new, and what the output
/// lists. docs/bumping.md goes through it.
///
/// Exit status: 0 when all is well, 1 when a step fails (nothing is written then), 2 when the
/// arguments are wrong.
#[derive(Args)]
#[command(verbatim_doc_comment, after_long_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Folder with upstream's documents of the new version; more than one may be given
    #[arg(long, required = true, value_name = "DIR")]
    from: Vec<PathBuf>,
    /// Take the files of this version alone, where there are several; more than one may be given
    #[arg(long, value_name = "VERSION")]
    api_version: Vec<String>,
    /// The service of a new operation, where it cannot be told
    #[arg(long, value_name = "ID=SERVICE", value_parser = assignment)]
    assign: Vec<(String, String)>,
    /// Show everything, and write nothing but the copy in target/bump/tree; refuse if an interrupted run is not finished
    #[arg(long)]
    dry_run: bool,
    /// Do not compile the consumers in tests/compile
    #[arg(long)]
    no_compile_tests: bool,
    /// Write even if the consumers no longer compile, so that they can be changed afterwards
    #[arg(long, conflicts_with = "no_compile_tests")]
    despite_consumers: bool,
    /// Keep upstream's descriptions where there are none of our own
    #[arg(long)]
    keep_descriptions: bool,
    #[command(flatten)]
    repository: Repository,
    #[command(flatten)]
    manners: Manners,
}

const EXAMPLES: &str = "\
Examples, with KEYVAULT=../azure-rest-api-specs/specification/keyvault:
  cargo xtask bump --dry-run --from $KEYVAULT/data-plane/Microsoft.KeyVault/stable/2025-07-01
                                 show all that would come of it
  cargo xtask bump --from $KEYVAULT --api-version 2025-07-01 --api-version 2025-05-01
                                 bring it in, out of a folder with several versions";

fn assignment(text: &str) -> Result<(String, String), String> {
    let parts = text.split_once('=');
    let parts = parts.filter(|(id, service)| !id.is_empty() && !service.is_empty());
    let (id, service) = parts.ok_or("write the id of the operation, `=`, and the service")?;
    Ok((id.to_owned(), service.to_owned()))
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let root = arguments.repository.root();
    answer::give(arguments.manners, |answer| {
        answer.note("dry_run", arguments.dry_run);
        answer.note("written", false);
        answer.note("consumers", Value::Null);
        let mut bump = Bump {
            arguments,
            root,
            answer,
        };
        bump.run()?;
        Ok(true)
    })
}

/// A new version on its way in.
struct Bump<'a> {
    arguments: &'a Arguments,
    root: PathBuf,
    answer: &'a mut Answer,
}

/// What a new version is compared with.
struct Before {
    api: Api,
    /// Whether it is that of the last commit, and not of the tree.
    is_committed: bool,
}

/// All files that a bump makes, by the folder that they belong to.
struct Made {
    spec: Vec<File>,
    generated: Vec<File>,
    calls: Vec<File>,
    others: Vec<File>,
}

impl Bump<'_> {
    fn run(&mut self) -> Result<(), Failure> {
        match self.arguments.dry_run {
            true => commit::check_finished(&self.root)?,
            false => commit::recover(&self.root, &[])?,
        }
        let survey = self.survey()?;
        let imported = self.import(&survey)?;
        let scratch = Scratch::of(&self.root)?;
        let api = self.describe(&scratch, &imported)?;
        let before = self.before()?;
        let changes = self.changes(&before, &api)?;
        let made = self.make(&survey, &api, &before, &changes, imported.files)?;
        let plans = made.plans(&self.root)?;
        let steps = answer::files(&plans.iter().collect::<Vec<_>>());
        self.answer.note("files", steps);
        if plans.iter().all(Plan::is_empty) {
            self.answer
                .say("nothing to do: the repository is at these versions");
            return Ok(());
        }
        made.plans(scratch.root())?
            .into_iter()
            .try_for_each(Plan::apply)?;
        self.compile(&scratch)?;
        self.write(plans)
    }

    fn survey(&mut self) -> Result<Survey, Failure> {
        self.answer.say("looking for upstream's files");
        let found = survey(&Wanted {
            folders: self.arguments.from.clone(),
            spec: workspace::shown(&self.root.join("spec")),
            versions: self.arguments.api_version.iter().cloned().collect(),
            assigned: self.arguments.assign.iter().cloned().collect(),
        });
        self.check(&found.report, "nothing was written")?;
        self.check_assigned(&found)?;
        for (name, service) in &found.services {
            let old = service.old.as_deref().unwrap_or("new");
            let files = service.parts.iter().map(|part| self.below(&part.file));
            let files = files.collect::<Vec<_>>().join(" ");
            let new = &service.new;
            self.answer
                .say(&format!("  {name:<16} {old:>12} -> {new:<12} {files}"));
        }
        self.answer.note("services", self.services_json(&found));
        self.answer.note("absent", found.absent.clone());
        if !found.absent.is_empty() {
            let absent = found.absent.join(", ");
            self.answer
                .say(&format!("  not in these folders, and left as is: {absent}"));
        }
        Ok(found)
    }

    fn services_json(&self, survey: &Survey) -> Value {
        let services = survey.services.iter().map(|(name, found)| {
            let files = found.parts.iter().map(|part| self.below(&part.file));
            let files: Vec<_> = files.collect();
            json!({"name": name, "old": found.old, "new": found.new, "files": files})
        });
        services.collect()
    }

    /// A file, as seen from the folder that it was found in.
    fn below(&self, file: &Path) -> String {
        let mut folders = self.arguments.from.iter();
        let below = folders.find_map(|folder| file.strip_prefix(folder).ok());
        below.unwrap_or(file).display().to_string()
    }

    /// An id that no file has is a slip of the pen.
    fn check_assigned(&self, survey: &Survey) -> Result<(), Failure> {
        let routes = survey.services.values().flat_map(|found| &found.routes);
        let ids: BTreeSet<_> = routes.map(|route| route.id.as_str()).collect();
        let assigned = self.arguments.assign.iter();
        let mut missing = assigned.filter(|(id, _)| !ids.contains(id.as_str()));
        match missing.next() {
            Some((id, _)) => {
                let message = format!("--assign: no file has an operation `{id}`");
                let known = ids.iter().copied();
                let help = keyvault_codegen::nearest(id, known);
                Err(Failure::from(message).maybe(help.map(|id| format!("did you mean `{id}`?"))))
            }
            None => Ok(()),
        }
    }

    fn import(&mut self, survey: &Survey) -> Result<Imported, Failure> {
        let services = survey.services.iter();
        let imported = import(&Import {
            services: services
                .map(|(name, found)| (name.clone(), found.parts.clone()))
                .collect(),
            spec: workspace::shown(&self.root.join("spec")),
            keep_descriptions: self.arguments.keep_descriptions,
        });
        self.check(&imported.report, "nothing was written")?;
        let plural = if imported.files.len() == 1 { "" } else { "s" };
        self.answer.say(&format!(
            "imported {} document{plural}",
            imported.files.len()
        ));
        let left_to_do = crate::import::left_to_do_json(&imported);
        self.answer.note("left_to_do", left_to_do);
        self.answer.print(&crate::import::left_to_do(&imported))?;
        Ok(imported)
    }

    /// The API that the new documents describe, with the overrides that there are.
    fn describe(&mut self, scratch: &Scratch, imported: &Imported) -> Result<Checked, Failure> {
        let spec = scratch.root().join("spec");
        let plan = Plan::replacing(&spec, &imported.files);
        plan.and_then(Plan::apply)?;
        let shown = workspace::shown(&spec);
        let loaded = load(&shown);
        // What was not imported is to be corrected where it is, and not in the copy.
        let overrides = |spec: &Path| spec.join("overrides.yaml").display().to_string();
        let own = overrides(&workspace::shown(&self.root.join("spec")));
        let outcome = format!(
            "nothing was written, and the documents as imported are in {}",
            shown.display()
        );
        let text = report::text(&loaded.report, &said("the new description", &outcome));
        output::tell(&text.replace(&overrides(&shown), &own));
        let mut diagnostics = report::diagnostics(&loaded.report);
        for diagnostic in &mut diagnostics {
            if diagnostic["file"] == overrides(&shown) {
                diagnostic["file"] = own.as_str().into();
            }
        }
        self.answer.diagnose(diagnostics);
        match loaded.report.has_errors() {
            false => Ok(loaded.api),
            true => Err("the new documents and the overrides do not go together"
                .to_owned()
                .into()),
        }
    }

    /// Shows what there is to say, and stops at an error.
    fn check(&mut self, report: &Report, otherwise: &str) -> Result<(), Failure> {
        match self.answer.report(report, &said("the files", otherwise)) {
            true => Err("the files cannot be imported".to_owned().into()),
            false => Ok(()),
        }
    }

    /// What the new version is compared with: the last commit; without one, the tree.
    fn before(&self) -> Result<Before, Failure> {
        match changes::at_revision(&self.root, "HEAD") {
            Ok(api) => Ok(Before {
                api,
                is_committed: true,
            }),
            Err(error) => {
                self.answer
                    .say(&format!("the last commit cannot be compared with: {error}"));
                let file = self.root.join("generated/api.json");
                Ok(Before {
                    api: changes::from_file(&file)?,
                    is_committed: false,
                })
            }
        }
    }

    fn changes(&mut self, before: &Before, api: &Api) -> Result<Changes, Failure> {
        let changes = compare(&before.api, api);
        self.answer.say(match before.is_committed {
            true => "changes since the last commit:",
            false => "changes since generated/api.json:",
        });
        let colour = output::colours(&io::stdout());
        self.answer
            .print(&render(&changes, Format::Terminal { colour }))?;
        self.answer.is(changes::json(&changes));
        let suggestion = release::suggestion(&self.root, api, &changes)?;
        self.answer.print(&suggestion.sentence)?;
        let version = suggestion.version.to_string();
        self.answer.note("suggested_version", version);
        Ok(changes)
    }

    fn make(
        &self,
        survey: &Survey,
        api: &Checked,
        before: &Before,
        changes: &Changes,
        spec: Vec<File>,
    ) -> Result<Made, Failure> {
        let versions: BTreeMap<_, _> = survey
            .services
            .iter()
            .map(|(name, found)| (name.as_str(), found.new.as_str()))
            .collect();
        let others = [
            changelog::file(&self.root, before.is_committed, &versions, changes)?,
            features::file(&self.root, api)?,
            listing::file(&self.root, survey)?,
        ];
        Ok(Made {
            spec,
            generated: generate(api)?,
            calls: generate_calls(api)?,
            others: others.into(),
        })
    }

    fn compile(&mut self, scratch: &Scratch) -> Result<(), Failure> {
        if self.arguments.no_compile_tests {
            self.answer.note("consumers", "skipped");
            self.answer
                .say("the consumers in tests/compile were not compiled");
            return Ok(());
        }
        self.answer
            .say("compiling the consumers in tests/compile, which takes a minute or two");
        let folder = scratch.build_folder();
        let quiet = self.arguments.manners.quiet;
        let Err(failure) = consumers::compile(scratch.root(), &folder, quiet) else {
            self.answer.note("consumers", "passed");
            return Ok(());
        };
        self.answer.note("consumers", "failed");
        if self.arguments.despite_consumers {
            output::tell(&format!("warning: {failure}\n"));
            return Ok(());
        }
        let message = format!(
            "{failure}\nnothing was written; the new tree is in {}",
            workspace::shown(scratch.root()).display()
        );
        let help = "the changes above say what breaks; change the programs in tests/compile and run \
                    again, or write the new version first with --despite-consumers";
        Err(Failure::from(message).maybe(Some(help.to_owned())))
    }

    fn write(&mut self, plans: Vec<Plan>) -> Result<(), Failure> {
        let sum = |count: fn(&Plan) -> usize| plans.iter().map(count).sum::<usize>();
        let (written, removed) = (sum(Plan::written), sum(Plan::removed));
        if self.arguments.dry_run {
            let files: String = plans.iter().map(|plan| plan.summary(&self.root)).collect();
            self.answer.print(&format!(
                "would write {written} files and remove {removed}:\n{files}"
            ))?;
            return Ok(());
        }
        commit::write(&self.root, &plans)?;
        self.answer.note("written", true);
        self.answer
            .say(&format!("wrote {written} files, removed {removed}"));
        self.answer.say("left to do: describe what is listed above, then `cargo test --workspace`; see docs/bumping.md");
        Ok(())
    }
}

impl Made {
    /// What a tree lacks to have these files.
    fn plans(&self, root: &Path) -> Result<Vec<Plan>, Failure> {
        let spec = Plan::replacing(&root.join("spec"), &self.spec);
        let generated = Plan::new(&root.join("generated"), &self.generated);
        let calls = Plan::new(&root.join("tests"), &self.calls);
        let others = Plan::replacing(root, &self.others);
        [spec, generated, calls, others]
            .into_iter()
            .map(|plan| plan.map_err(Failure::from))
            .collect()
    }
}

/// All of a report is shown: what is new is mended in one go.
fn said<'a>(about: &'a str, outcome: &'a str) -> Shown<'a> {
    Shown {
        all: true,
        how: "",
        about,
        outcome,
    }
}
