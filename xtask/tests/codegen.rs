//! `cargo xtask codegen`, run as a maintainer runs it.
#![forbid(unsafe_code)]
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test reports by panicking"
)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use support::{built_beside_others, text, xtask};
use tempfile::TempDir;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn codegen(arguments: &[&str]) -> Output {
    xtask(&[&["codegen"], arguments].concat())
}

/// A folder with a small description, and a place for the crate.
struct Scratch {
    dir: TempDir,
}

impl Scratch {
    fn new(description: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("spec")).unwrap();
        fs::write(dir.path().join("spec/things.yaml"), description).unwrap();
        Self { dir }
    }

    fn path(&self, inside: &str) -> String {
        self.dir.path().join(inside).display().to_string()
    }

    fn codegen(&self, arguments: &[&str]) -> Output {
        let (spec, out) = (self.path("spec"), self.path("out"));
        codegen(&[&["--spec", &spec, "--out", &out], arguments].concat())
    }
}

const THINGS: &str = "\
openapi: 3.0.3
info: {title: Things, version: '1'}
paths:
  /things/{name}:
    get:
      operationId: GetThing
      parameters:
      - {name: name, in: path, required: true, schema: {type: string}}
      responses:
        '200': {description: The thing.}
";

#[test]
fn the_repository_is_up_to_date() {
    let output = codegen(&["--check"]);
    assert!(output.status.success(), "{}", text(&output.stdout));
    let said = text(&output.stdout);
    assert!(said.contains("25 operations"), "{said}");
}

#[test]
fn a_changed_byte_is_found_shown_and_mended() {
    let scratch = Scratch::new(THINGS);
    assert!(scratch.codegen(&[]).status.success());
    let file = scratch.path("out/src/things/operations.rs");
    let before = fs::read_to_string(&file).unwrap();
    fs::write(&file, before.replace("GetThing", "GotThing")).unwrap();

    let output = scratch.codegen(&["--check"]);
    assert_eq!(output.status.code(), Some(1));
    let diff = text(&output.stdout);
    assert!(diff.contains("--- a/src/things/operations.rs"), "{diff}");
    assert!(diff.contains("-    pub struct GotThing"), "{diff}");
    assert!(diff.contains("+    pub struct GetThing"), "{diff}");
    assert!(text(&output.stderr).contains("run `cargo xtask codegen`"));

    assert!(scratch.codegen(&[]).status.success());
    assert_eq!(fs::read_to_string(&file).unwrap(), before);
}

#[test]
fn a_second_run_writes_nothing() {
    let scratch = Scratch::new(THINGS);
    scratch.codegen(&[]);
    let said = text(&scratch.codegen(&[]).stdout);
    assert!(said.contains("0 changed, 0 removed"), "{said}");
    assert!(scratch.codegen(&["--check", "--quiet"]).stdout.is_empty());
}

#[test]
fn a_service_that_goes_takes_its_files_along() {
    let scratch = Scratch::new(THINGS);
    fs::write(scratch.path("spec/more.yaml"), THINGS).unwrap();
    scratch.codegen(&[]);
    assert!(Path::new(&scratch.path("out/src/more/mod.rs")).exists());
    fs::remove_file(scratch.path("spec/more.yaml")).unwrap();
    assert!(scratch.codegen(&[]).status.success());
    assert!(!Path::new(&scratch.path("out/src/more")).exists());
}

#[test]
fn a_service_without_a_feature_is_refused_before_anything_is_written() {
    let scratch = Scratch::new(THINGS);
    scratch.codegen(&[]);
    fs::write(scratch.path("spec/more.yaml"), THINGS).unwrap();
    let output = scratch.codegen(&[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("more = []"));
    assert!(!Path::new(&scratch.path("out/src/more")).exists());
}

#[test]
fn errors_in_the_description_have_places_and_write_nothing() {
    let scratch = Scratch::new(&THINGS.replace("{name}", "{nome}"));
    let output = scratch.codegen(&[]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(said.contains("things.yaml:4:11"), "{said}");
    assert!(said.contains("error[undeclared-parameter]"), "{said}");
    assert!(said.contains("did you mean `{name}`?"), "{said}");
    assert!(
        said.contains("\n1 error in the description; nothing was written\n"),
        "{said}"
    );
    assert!(
        said.ends_with(
            "help: `cargo xtask codegen --explain undeclared-parameter` tells more of \
         undeclared-parameter, and so for each code in brackets\n"
        ),
        "{said}"
    );
    assert!(!Path::new(&scratch.path("out")).exists());
}

#[test]
fn a_folder_that_cannot_be_written_is_an_error() {
    let scratch = Scratch::new(THINGS);
    fs::write(scratch.path("out"), "a file where the folder should be").unwrap();
    let output = scratch.codegen(&[]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(
        said.contains("error[un") && said.contains("]: cannot") && said.contains("help: "),
        "{said}"
    );
}

#[test]
fn a_file_of_another_hand_is_not_overwritten() {
    let scratch = Scratch::new(THINGS);
    fs::create_dir_all(scratch.path("out/src")).unwrap();
    fs::write(scratch.path("out/src/lib.rs"), "// mine\n").unwrap();
    let output = scratch.codegen(&[]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(
        said.starts_with("error[unwritable]: ") && said.contains("in the way"),
        "{said}"
    );
    assert!(
        said.contains("`cargo xtask codegen --explain unwritable`"),
        "{said}"
    );
    assert_eq!(
        fs::read_to_string(scratch.path("out/src/lib.rs")).unwrap(),
        "// mine\n"
    );
}

#[test]
fn wrong_arguments_have_a_status_of_their_own() {
    assert_eq!(codegen(&["--chekc"]).status.code(), Some(2));
    let help = text(&codegen(&["--help"]).stdout);
    for word in ["--check", "--spec", "--out", "Exit status"] {
        assert!(help.contains(word), "{help}");
    }
}

#[test]
fn the_real_description_makes_a_crate_elsewhere_that_compiles() {
    let scratch = tempfile::tempdir().unwrap();
    let out = scratch.path().join("bindings");
    let spec = repository().join("spec").display().to_string();
    let output = codegen(&["--spec", &spec, "--out", &out.display().to_string()]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    // The versions that this repository is tested with; nothing has to be fetched.
    fs::copy(repository().join("Cargo.lock"), out.join("Cargo.lock")).unwrap();
    let mut check = Command::new(env!("CARGO"));
    check.args(["check", "--quiet", "--offline", "--all-features"]);
    built_beside_others(&mut check);
    let check = check.current_dir(&out).output().unwrap();
    assert!(check.status.success(), "{}", text(&check.stderr));
}

#[test]
fn a_diagnostic_is_explained_by_its_code() {
    let output = codegen(&["--explain", "name-collision"]);
    assert!(output.status.success());
    let said = text(&output.stdout);
    assert!(said.starts_with("name-collision\n\n") && said.contains("x-ms-client-name"));
    let output = codegen(&["--explain", "no-such-code"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("the codes are unreadable, unwritable"));
}

#[test]
fn a_misspelt_code_is_understood_and_brackets_are_no_matter() {
    let output = codegen(&["--explain", "unkown-key"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("did you mean `unknown-key`?"));
    assert!(
        codegen(&["--explain", "error[unknown-key]"])
            .status
            .success()
    );
}

#[test]
fn warnings_are_shown_once_and_not_silenced() {
    let scratch = Scratch::new(&format!("{THINGS}x-made-up: 1\n"));
    for arguments in [&[][..], &["--quiet"], &["--check", "--quiet"]] {
        let output = scratch.codegen(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        let said = text(&output.stderr);
        assert_eq!(
            said.matches("warning[unknown-extension]").count(),
            1,
            "{said}"
        );
        assert!(said.contains("\n1 warning in the description\n"), "{said}");
        assert_eq!(output.stdout.is_empty(), arguments.contains(&"--quiet"));
    }
}

#[test]
fn hundreds_of_errors_are_cut_short_unless_all_are_asked_for() {
    let schemas: String = (0..300)
        .map(|index| format!("    A{index}: {{type: string, maxlength: 1}}\n"))
        .collect();
    let scratch = Scratch::new(&format!(
        "{THINGS}x-made-up: 1\ncomponents:\n  schemas:\n{schemas}"
    ));
    let said = text(&scratch.codegen(&[]).stderr);
    assert_eq!(said.matches("error[unknown-key]").count(), 50);
    assert!(
        said.contains("\nand 251 more: `--all` shows all\n"),
        "{said}"
    );
    assert!(
        said.contains("\n300 errors, 1 warning in the description;"),
        "{said}"
    );
    let said = text(&scratch.codegen(&["--all"]).stderr);
    assert_eq!(said.matches("error[unknown-key]").count(), 300);
    assert_eq!(said.matches("warning[").count(), 1);
}
