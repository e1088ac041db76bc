//! Each folder `diagnostics/CODE/CASE/` is a test of its own: what is wrong, and what is said of it.
//!
//! - `spec/` holds a description. With `import/` beside it, it is the folder that is imported into.
//! - `import/` holds Swagger files; those whose names begin with `things` become the service `things`.
//! - `expected.txt` holds the report, in which all diagnostics have the code CODE. Below `several/`
//!   they may have different ones.
//! - `fixed/` holds the files as they are when the advice has been followed; those that stay the same
//!   are left out. With them nothing is to be said any more.
//!
//! `KEYVAULT_RENEW=1` writes the reports anew.
#![forbid(unsafe_code)]

use std::path::{Path, PathBuf};
use std::{env, fs, io, process};

use keyvault_codegen::{Code, Import, Part, Report, import, load};
use libtest_mimic::{Arguments, Failed, Trial};
use support::{RENEW, difference, folders, without_machine};

mod support;

/// The folder of cases with several codes.
const SEVERAL: &str = "several";

/// The codes that no description gives: `cargo xtask` has tests that make the situations.
const OF_THE_DISK: [Code; 2] = [Code::Unwritable, Code::Internal];

fn main() -> io::Result<process::ExitCode> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let mut trials = Vec::new();
    let mut cases = Vec::new();
    for code in folders(&root)? {
        for case in folders(&code)? {
            trials.push(trial(&root, &case));
            cases.push(case);
        }
    }
    let known = cases.clone();
    let complete = move || each_code_has_a_case(&known);
    trials.push(Trial::test("each_code_has_a_case", complete));
    trials.push(Trial::test("each_report_is_safe_to_show", move || {
        safe(&cases)
    }));
    Ok(libtest_mimic::run(&Arguments::from_args(), trials).exit_code())
}

fn trial(root: &Path, case: &Path) -> Trial {
    let name = case.strip_prefix(root).unwrap_or(case);
    let name = name.display().to_string().replace('\\', "/");
    let case = case.to_owned();
    Trial::test(name, move || check(&case)).with_kind("diagnostic")
}

fn check(case: &Path) -> Result<(), Failed> {
    let report = report(case);
    let code = folder_name(case.parent());
    let codes = report.diagnostics().iter().map(|d| d.code.as_str());
    if let Some(other) = codes
        .clone()
        .find(|found| code != SEVERAL && *found != code)
    {
        return Err(format!("it has the code {other}:\n{}", report.render(false)).into());
    }
    if codes.count() == 0 {
        return Err("nothing is wrong with it".into());
    }
    if let Some(silent) = report.diagnostics().iter().find(|d| d.help.is_none()) {
        return Err(format!("it has no advice: {}", silent.message).into());
    }
    compare(case, &without_machine(&report.render(false), case))?;
    match case.join("fixed").exists() {
        true => check_fixed(case),
        false => Ok(()),
    }
}

fn compare(case: &Path, actual: &str) -> Result<(), Failed> {
    let path = case.join("expected.txt");
    let expected = fs::read_to_string(&path).unwrap_or_default();
    if expected == actual {
        return Ok(());
    }
    if env::var(RENEW).as_deref() == Ok("1") {
        return Ok(fs::write(path, actual)?);
    }
    let difference = difference(&expected, actual);
    Err(format!("something else is said; if that is right, set {RENEW}=1\n{difference}").into())
}

/// Who follows the advice is rid of the problem.
fn check_fixed(case: &Path) -> Result<(), Failed> {
    let scratch = tempfile::tempdir()?;
    for part in ["spec", "import"].map(|part| case.join(part)) {
        if part.exists() {
            copy(&part, &scratch.path().join(folder_name(Some(&part))))?;
        }
    }
    let part = match case.join("import").exists() {
        true => "import",
        false => "spec",
    };
    copy(&case.join("fixed"), &scratch.path().join(part))?;
    let report = report(scratch.path());
    match report.diagnostics().is_empty() {
        true => Ok(()),
        false => Err(format!("the advice does not help:\n{}", report.render(false)).into()),
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        match entry.file_type()?.is_dir() {
            true => copy(&entry.path(), &target)?,
            false => _ = fs::copy(entry.path(), target)?,
        }
    }
    Ok(())
}

/// What is said of a case.
fn report(case: &Path) -> Report {
    let files = case.join("import");
    if !files.exists() {
        return load(&case.join("spec")).report;
    }
    let mut order = Import {
        services: Default::default(),
        spec: case.join("spec"),
        keep_descriptions: false,
    };
    order
        .services
        .insert("things".to_owned(), swagger_files(&files));
    import(&order).report
}

fn swagger_files(dir: &Path) -> Vec<Part> {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    let mut files: Vec<_> = entries.map(|entry| entry.path()).collect();
    files.retain(|path| folder_name(Some(path)).starts_with("things"));
    files.sort();
    match files.is_empty() {
        true => vec![dir.join("things.json").into()],
        false => files.into_iter().map(Part::from).collect(),
    }
}

fn folder_name(path: Option<&Path>) -> String {
    let name = path.and_then(Path::file_name).unwrap_or_default();
    name.to_string_lossy().into_owned()
}

fn each_code_has_a_case(cases: &[PathBuf]) -> Result<(), Failed> {
    let codes: Vec<_> = cases
        .iter()
        .map(|case| folder_name(case.parent()))
        .collect();
    for code in Code::ALL.iter().filter(|code| !OF_THE_DISK.contains(code)) {
        if !codes.iter().any(|known| known == code.as_str()) {
            return Err(format!("no case shows {code}").into());
        }
    }
    let unknown = |code: &&String| *code != SEVERAL && Code::of_name(code).is_none();
    match codes.iter().find(unknown) {
        Some(code) => Err(format!("there is no code {code}").into()),
        None => Ok(()),
    }
}

/// Whatever a description holds, a report is plain lines that are not too long.
fn safe(cases: &[PathBuf]) -> Result<(), Failed> {
    for case in cases {
        for line in report(case).render(false).lines() {
            let steers = |c: char| {
                c.is_control()
                    || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
            };
            if line.contains(steers) || line.chars().count() > 1000 {
                return Err(format!("{}: {line:?}", case.display()).into());
            }
        }
    }
    Ok(())
}
