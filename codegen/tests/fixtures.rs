//! Each folder of `fixtures/` is a test of its own: a small description in `spec/`, and beside it
//! what must become of it.
//!
//! - `expected/` holds generated files. Only those that stand there are compared, so that a
//!   fixture shows its feature alone; the description must load without errors.
//! - `expected.txt` holds the warnings, if there are any.
//!
//! What is refused stands in `diagnostics/`.
//!
//! `KEYVAULT_RENEW=1` writes them anew. To add a file to `expected/`, make an empty one first.
#![forbid(unsafe_code)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs, io, process};

use keyvault_codegen::{File, generate, load};
use libtest_mimic::{Arguments, Failed, Trial};
use support::{RENEW, difference, folders, without_machine};

mod support;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const REPORT: &str = "expected.txt";

/// Texts by their path inside the folder of a fixture.
type Texts = BTreeMap<String, String>;

fn main() -> io::Result<process::ExitCode> {
    let fixtures = folders(&Path::new(ROOT).join("tests/fixtures"))?;
    let mut trials: Vec<_> = fixtures.iter().cloned().map(trial).collect();
    let mut specs: Vec<_> = fixtures.iter().map(|dir| dir.join("spec")).collect();
    specs.push(Path::new(ROOT).join("../spec"));
    let again = specs.clone();
    trials.push(Trial::test("same_bytes", move || same_bytes(&again)));
    trials.push(Trial::test("well_formed", move || well_formed(&specs)));
    Ok(libtest_mimic::run(&Arguments::from_args(), trials).exit_code())
}

fn trial(dir: PathBuf) -> Trial {
    let name = dir.file_name().unwrap_or_default().to_string_lossy();
    let name = name.into_owned();
    Trial::test(name, move || check(&dir)).with_kind("fixture")
}

/// Compares what becomes of a fixture with its expectations, or renews them.
fn check(dir: &Path) -> Result<(), Failed> {
    let outcome = Outcome::of(&dir.join("spec"))?;
    let expected = expected(dir)?;
    if outcome.refused {
        return Err(format!("is refused:\n{}", outcome.report).into());
    }
    if !expected.keys().any(|name| name != REPORT) {
        return Err("is accepted, but expected/ is missing or empty".into());
    }
    let actual = outcome.texts();
    let differences = differences(&expected, &actual);
    match env::var(RENEW).as_deref() {
        Ok("1") => Ok(renew(dir, &differences, &actual)?),
        _ if differences.is_empty() => Ok(()),
        _ => Err(failure(&expected, &actual, &differences).into()),
    }
}

/// What becomes of a description.
#[derive(PartialEq)]
struct Outcome {
    report: String,
    refused: bool,
    files: Vec<File>,
}

impl Outcome {
    fn of(spec: &Path) -> Result<Self, Failed> {
        let loaded = load(spec);
        let refused = loaded.report.has_errors();
        let files = match refused {
            true => Vec::new(),
            false => generate(&loaded.api)?,
        };
        Ok(Self {
            report: without_machine(&loaded.report.render(false), spec.parent().unwrap_or(spec)),
            refused,
            files,
        })
    }

    /// Under the names that they have, or would have, beside `spec/`.
    fn texts(self) -> Texts {
        let named = |file: File| (format!("expected/{}", file.path), file.text);
        let mut texts: Texts = self.files.into_iter().map(named).collect();
        if !self.report.is_empty() {
            texts.insert(REPORT.to_owned(), self.report);
        }
        texts
    }
}

fn expected(dir: &Path) -> io::Result<Texts> {
    let mut texts = Texts::new();
    if dir.join(REPORT).exists() {
        texts.insert(REPORT.to_owned(), fs::read_to_string(dir.join(REPORT))?);
    }
    if dir.join("expected").exists() {
        read_files(dir, "expected", &mut texts)?;
    }
    Ok(texts)
}

fn read_files(dir: &Path, below: &str, texts: &mut Texts) -> io::Result<()> {
    for entry in fs::read_dir(dir.join(below))? {
        let entry = entry?;
        let name = format!("{below}/{}", entry.file_name().to_string_lossy());
        match entry.file_type()?.is_dir() {
            true => read_files(dir, &name, texts)?,
            false => _ = texts.insert(name, fs::read_to_string(entry.path())?),
        }
    }
    Ok(())
}

/// The names of the expectations that do not hold; a report is always expected.
fn differences(expected: &Texts, actual: &Texts) -> BTreeSet<String> {
    let names = expected.keys().cloned().chain([REPORT.to_owned()]);
    names
        .filter(|name| expected.get(name) != actual.get(name))
        .collect()
}

fn failure(expected: &Texts, actual: &Texts, differences: &BTreeSet<String>) -> String {
    let mut text = format!("does not become what is expected; if that is right, set {RENEW}=1\n");
    for name in differences {
        text.push_str(&format!("\n{name}\n"));
        let side = |texts: &Texts| texts.get(name).cloned().unwrap_or_default();
        let (old, new) = (side(expected), side(actual));
        text.push_str(&difference(&old, &new));
    }
    text
}

fn renew(dir: &Path, differences: &BTreeSet<String>, actual: &Texts) -> io::Result<()> {
    for name in differences {
        match actual.get(name) {
            Some(text) => fs::write(dir.join(name), text)?,
            None => fs::remove_file(dir.join(name))?,
        }
    }
    Ok(())
}

/// Two runs over the same description give the same bytes.
fn same_bytes(specs: &[PathBuf]) -> Result<(), Failed> {
    for spec in specs {
        if Outcome::of(spec)? != Outcome::of(spec)? {
            return Err(format!("two runs over {} differ", spec.display()).into());
        }
    }
    Ok(())
}

/// All emitted code parses, and no line ends in blanks.
fn well_formed(specs: &[PathBuf]) -> Result<(), Failed> {
    let mut parsed = 0;
    for spec in specs {
        let files = Outcome::of(spec)?.files;
        for File { path, text } in files.iter().filter(|file| file.path.ends_with(".rs")) {
            let place = format!("{} of {}", path, spec.display());
            syn::parse_file(text).map_err(|error| format!("{place}: {error}"))?;
            if text.lines().any(|line| line != line.trim_end()) {
                return Err(format!("{place} has blanks at the end of a line").into());
            }
            parsed += 1;
        }
    }
    match parsed {
        0 => Err("no file was emitted".into()),
        _ => Ok(()),
    }
}
