//! What is done with a pair.

use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, io};

use keyvault_codegen::changes::{Changes, compare};
use keyvault_codegen::{Checked, load};
use keyvault_verdict::{Bindings, CompileError, Rustc, judge};

use crate::expectation::{Expectation, Line, Refusal, verdict};

/// The document of a pair that has only one.
const DOCUMENT: &str = "things.yaml";

/// Holds a pair against what is expected of it.
pub fn check(pair: &Path, rustc: &Rustc) -> Result<(), String> {
    let expected = Expectation::read(&pair.join("expect.yaml"))?;
    only_known_files(pair, &expected)?;
    let work = tempfile::tempdir().map_err(|error| error.to_string())?;
    let work = work.path();
    let old = described(pair, "old", work)?;
    let new = described(pair, "new", work)?;
    let changes = compare(&old, &new);
    as_expected(&changes, &expected)?;

    let tried = Tried {
        rustc,
        old: rustc.bindings(&old, None, &work.join("all/old"))?,
        new: rustc.bindings(&new, None, &work.join("all/new"))?,
        work,
    };
    match &expected.features {
        None => tried.breaks(&pair.join("consumer.rs"), &expected.breaks)?,
        Some(features) => tried.with(features, (&old, &new), pair, &expected)?,
    }
    if let Some(shown) = &expected.shows {
        tried.shows(&pair.join("consumer.rs"), &shown.old, &shown.new)?;
    }
    if !expected.tolerated.is_empty() {
        tried.breaks(&pair.join("tolerated.rs"), &expected.tolerated)?;
    }
    let (old, new) = ((&*old, &tried.old), (&*new, &tried.new));
    let judgement = judge(rustc, old, new, &changes.changes, work)?;
    match judgement.is_sound() {
        true => Ok(()),
        false => Err(format!(
            "uses that break without a change that says so:\n{}\nbreaking changes that break no use: {:#?}",
            judgement.unexplained.join("\n"),
            judgement.unproved
        )),
    }
}

fn only_known_files(pair: &Path, expected: &Expectation) -> Result<(), String> {
    let names = fs::read_dir(pair).map_err(|error| format!("{}: {error}", pair.display()))?;
    let names = names.map(|entry| entry.map(|entry| entry.file_name()));
    let names = names.collect::<io::Result<Vec<_>>>();
    let names = names.map_err(|error| format!("{}: {error}", pair.display()))?;
    let found: BTreeSet<_> = names.iter().map(|name| name.to_string_lossy()).collect();
    let version = |name: &str| match found.contains(name) {
        true => name.to_owned(),
        false => format!("{name}.yaml"),
    };
    let mut wanted = vec![version("old"), version("new")];
    wanted.extend(["consumer.rs".to_owned(), "expect.yaml".to_owned()]);
    if !expected.tolerated.is_empty() {
        wanted.push("tolerated.rs".to_owned());
    }
    wanted.sort();
    match found.iter().eq(wanted.iter()) {
        true => Ok(()),
        false => Err(format!(
            "a pair has the files {wanted:?}; this has {found:?}"
        )),
    }
}

fn described(pair: &Path, version: &str, work: &Path) -> Result<Checked, String> {
    let mut folder = pair.join(version);
    if !folder.is_dir() {
        let file = pair.join(format!("{version}.yaml"));
        folder = work.join(version);
        let copied = fs::create_dir(&folder).and_then(|()| fs::copy(&file, folder.join(DOCUMENT)));
        copied.map_err(|error| format!("{}: {error}", file.display()))?;
    }
    let loaded = load(&folder);
    match loaded.report.diagnostics().is_empty() {
        true => Ok(loaded.api),
        false => Err(loaded.report.render(false)),
    }
}

fn as_expected(changes: &Changes, expected: &Expectation) -> Result<(), String> {
    let found: Vec<_> = changes.changes.iter().map(Line::of).collect();
    let said = verdict(changes.verdict());
    if found == expected.changes && said == expected.verdict {
        return Ok(());
    }
    let lines: String = found
        .iter()
        .map(|line| {
            let Line { what, rust, wire } = line;
            format!("- what: {what:?}\n  rust: {rust}\n  wire: {wire}\n")
        })
        .collect();
    Err(format!(
        "other changes than expected:\nverdict: {said}\nchanges:\n{lines}"
    ))
}

/// Both versions, compiled, and where there is room for more.
struct Tried<'a> {
    rustc: &'a Rustc,
    old: Bindings,
    new: Bindings,
    work: &'a Path,
}

impl Tried<'_> {
    /// A source compiles with the old version, and is refused with the new one as is expected.
    fn breaks(&self, source: &Path, expected: &[Refusal]) -> Result<(), String> {
        let text = fs::read_to_string(source);
        let text = text.map_err(|error| format!("{}: {error}", source.display()))?;
        if let Some(error) = self.rustc.check(source, &self.old, self.work)?.first() {
            return Err(format!(
                "it does not compile with the old version:\n{}",
                error.text
            ));
        }
        let errors = self.rustc.check(source, &self.new, self.work)?;
        refused(&errors, expected, &text)
    }

    /// The same with some features alone; the new version may lack one.
    fn with(
        &self,
        features: &[String],
        (old, new): (&Checked, &Checked),
        pair: &Path,
        expected: &Expectation,
    ) -> Result<(), String> {
        let bindings = |api: &Checked, name: &str| {
            let folder = self.work.join("some").join(name);
            self.rustc.bindings(api, Some(features), &folder)
        };
        let old = bindings(old, "old")?;
        match bindings(new, "new") {
            Ok(new) => Tried {
                rustc: self.rustc,
                old,
                new,
                work: self.work,
            }
            .breaks(&pair.join("consumer.rs"), &expected.breaks),
            Err(message) => {
                let error = CompileError {
                    code: None,
                    line: 0,
                    text: message,
                };
                refused(&[error], &expected.breaks, "")
            }
        }
    }

    /// A source prints what is expected.
    fn shows(&self, source: &Path, old: &str, new: &str) -> Result<(), String> {
        let program = self.work.join("shown.rs");
        let text = format!(
            "#[path = {source:?}]\nmod consumer;\nfn main() {{\n    print!(\"{{}}\", consumer::shown());\n}}\n"
        );
        fs::write(&program, text).map_err(|error| format!("{}: {error}", program.display()))?;
        let run = |bindings| self.rustc.run(&program, bindings, self.work);
        let found = (run(&self.old)?, run(&self.new)?);
        match found.0 == old && found.1 == new {
            true => Ok(()),
            false => Err(format!(
                "it shows {:?} with the old version, {:?} with the new",
                found.0, found.1
            )),
        }
    }
}

/// Whether the compiler says what is expected and nothing else.
fn refused(errors: &[CompileError], expected: &[Refusal], source: &str) -> Result<(), String> {
    let fits = |error: &CompileError, refusal: &Refusal| {
        let line = source
            .lines()
            .nth(error.line.wrapping_sub(1))
            .unwrap_or_default();
        let at = refusal.at.as_deref().unwrap_or_default();
        error.code == refusal.code && line.contains(at) && error.text.contains(&refusal.says)
    };
    let same = errors.len() == expected.len()
        && expected
            .iter()
            .all(|refusal| errors.iter().any(|error| fits(error, refusal)))
        && errors
            .iter()
            .all(|error| expected.iter().any(|refusal| fits(error, refusal)));
    if same {
        return Ok(());
    }
    let said: Vec<_> = errors.iter().map(|error| error.text.as_str()).collect();
    Err(format!(
        "the compiler was expected to say {expected:#?}\nbut said:\n{}",
        said.join("\n")
    ))
}
