//! The compiler, called by itself: a cargo for each of hundreds of tiny crates would take minutes.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

use keyvault_codegen::{Checked, Feature, features, generate};
use serde::Deserialize;

/// The name by which consumers know the generated crate.
const NAME: &str = "keyvault_rest";

/// The name by which probes know it.
const PROBED: &str = "rest";

/// The feature of the side of the service, of the runtime as of the generated crate.
const SERVER: &str = "server";

/// A compiler that has the runtime at hand.
#[derive(Debug)]
pub struct Rustc {
    root: PathBuf,
    runtime: PathBuf,
    dependencies: PathBuf,
}

/// A compiled generated crate.
#[derive(Debug)]
pub struct Bindings {
    folder: PathBuf,
    features: Vec<String>,
}

/// For code in which nothing is looked for that a lint says. In consumers, what a lint denies is refused.
const NO_LINTS: [&str; 2] = ["--cap-lints", "allow"];

/// How far the compiler goes.
#[derive(Clone, Copy, PartialEq)]
enum Depth {
    /// As far as it finds errors.
    Checked,
    /// To what runs.
    Linked,
}

impl Bindings {
    fn library(&self, depth: Depth) -> PathBuf {
        let end = match depth {
            Depth::Checked => "rmeta",
            Depth::Linked => "rlib",
        };
        self.folder.join(format!("lib{NAME}.{end}"))
    }
}

/// What the compiler refuses.
#[derive(Clone, Debug)]
pub struct CompileError {
    /// Such as `E0061`; some errors have none.
    pub code: Option<String>,
    /// The line that it is about.
    pub line: usize,
    /// All that the compiler says.
    pub text: String,
}

impl Rustc {
    /// Compiles the runtime with all that it needs into a folder, unless it is there already.
    ///
    /// # Errors
    /// If cargo cannot run, or fails.
    pub fn new(target: &Path) -> Result<Self, String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let output = Command::new(program("CARGO", "cargo"))
            .args(["build", "--quiet", "--offline", "--message-format", "json"])
            .args(["--package", "keyvault-runtime", "--features", SERVER])
            .arg("--target-dir")
            .arg(target)
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .current_dir(&root)
            .output();
        let output = succeeded("cargo", output)?;
        let built = String::from_utf8_lossy(&output.stdout);
        let runtime = built
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok())
            .find_map(library)
            .ok_or("cargo built no library of the runtime")?;
        let dependencies = match runtime.parent() {
            Some(folder) if folder.ends_with("deps") => folder.to_owned(),
            Some(folder) => folder.join("deps"),
            None => return Err(format!("{} is in no folder", runtime.display())),
        };
        Ok(Self {
            root,
            runtime,
            dependencies,
        })
    }

    /// Generates the crate of a version into a folder, and compiles it with the features of some services, or with those
    /// of all and the side of the service.
    ///
    /// # Errors
    /// If it cannot be generated or written, or has no such feature, or does not compile.
    pub fn bindings(
        &self,
        api: &Checked,
        chosen: Option<&[String]>,
        folder: &Path,
    ) -> Result<Bindings, String> {
        for file in generate(api).map_err(|error| error.to_string())? {
            let path = folder.join(&file.path);
            let parent = path.parent().unwrap_or(folder);
            let written = fs::create_dir_all(parent).and_then(|()| fs::write(&path, &file.text));
            written.map_err(|error| format!("{}: {error}", path.display()))?;
        }
        let all = features(api).map_err(|error| format!("no name: {}", error.0))?;
        let features = match chosen {
            None => {
                let services = all.into_iter().map(|feature| feature.name);
                services.chain([SERVER.to_owned()]).collect()
            }
            Some(chosen) => switched_on(&all, chosen)?,
        };
        let bindings = Bindings {
            folder: folder.to_owned(),
            features,
        };
        self.compile(&bindings, Depth::Checked)?;
        Ok(bindings)
    }

    fn compile(&self, bindings: &Bindings, depth: Depth) -> Result<(), String> {
        let mut command = self.command(NAME, "lib", &bindings.folder, depth);
        command.args(NO_LINTS);
        let runtime = format!("keyvault_runtime={}", self.runtime.display());
        command.args(["--extern", &runtime]);
        for feature in &bindings.features {
            command.args(["--cfg", &format!("feature={feature:?}")]);
        }
        command.arg(bindings.folder.join("src/lib.rs"));
        match errors(command.output())?.first() {
            None => Ok(()),
            Some(error) => Err(format!(
                "the generated crate does not compile:\n{}",
                error.text
            )),
        }
    }

    /// What the compiler refuses of a consumer of the generated crate.
    ///
    /// # Errors
    /// If the compiler cannot run.
    pub fn check(
        &self,
        source: &Path,
        bindings: &Bindings,
        folder: &Path,
    ) -> Result<Vec<CompileError>, String> {
        let mut command = self.command("consumer", "lib", folder, Depth::Checked);
        uses(&mut command, bindings, Depth::Checked);
        errors(command.arg(source).output())
    }

    /// What a consumer prints when it runs.
    ///
    /// # Errors
    /// If it does not compile, or fails.
    pub fn run(&self, source: &Path, bindings: &Bindings, folder: &Path) -> Result<String, String> {
        self.compile(bindings, Depth::Linked)?;
        let mut command = self.command("program", "bin", folder, Depth::Linked);
        command.args(NO_LINTS);
        uses(&mut command, bindings, Depth::Linked);
        if let Some(error) = errors(command.arg(source).output())?.first() {
            return Err(error.text.clone());
        }
        let program = folder.join(format!("program{}", env::consts::EXE_SUFFIX));
        let output = succeeded("the consumer", Command::new(program).output())?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    fn command(&self, name: &str, kind: &str, folder: &Path, depth: Depth) -> Command {
        let mut command = Command::new(program("RUSTC", "rustc"));
        command
            .args(["--edition", "2024", "--crate-name", name])
            .args(["--crate-type", kind, "--error-format", "json"])
            .args(["-C", "debuginfo=0"])
            .arg("-L")
            .arg(format!("dependency={}", self.dependencies.display()))
            .arg("--out-dir")
            .arg(folder)
            // Here the toolchain of this repository is the one to take.
            .current_dir(&self.root);
        if depth == Depth::Checked {
            command.args(["--emit", "metadata"]);
        }
        command
    }
}

fn uses(command: &mut Command, bindings: &Bindings, depth: Depth) {
    let library = bindings.library(depth);
    for name in [NAME, PROBED] {
        command.args(["--extern", &format!("{name}={}", library.display())]);
    }
}

/// A program that cargo names to those it runs, or else the one in the path.
fn program(variable: &str, name: &str) -> OsString {
    env::var_os(variable).unwrap_or_else(|| name.into())
}

fn succeeded(name: &str, output: std::io::Result<Output>) -> Result<Output, String> {
    let output = output.map_err(|error| format!("cannot run {name}: {error}"))?;
    match output.status.success() {
        true => Ok(output),
        false => Err(format!(
            "{name} failed:\n{}",
            String::from_utf8_lossy(&output.stderr)
        )),
    }
}

/// A line of what cargo tells of its work.
#[derive(Deserialize)]
struct Artifact {
    target: Option<Target>,
    #[serde(default)]
    filenames: Vec<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

/// The library of the runtime, if a line tells of it.
fn library(artifact: Artifact) -> Option<PathBuf> {
    let target = artifact.target?;
    let mut files = artifact.filenames.into_iter();
    let library = files.find(|file| file.extension().is_some_and(|end| end == "rlib"));
    library.filter(|_| target.name == "keyvault_runtime")
}

/// The features that are on, with those that they need.
fn switched_on(all: &[Feature], chosen: &[String]) -> Result<Vec<String>, String> {
    let mut open = chosen.to_vec();
    let mut on = Vec::new();
    while let Some(next) = open.pop() {
        let mut features = all.iter();
        let feature = features.find(|feature| feature.name == next);
        let feature = feature.ok_or_else(|| format!("there is no feature `{next}`"))?;
        if !on.contains(&next) {
            open.extend(feature.needs.iter().cloned());
            on.push(next);
        }
    }
    Ok(on)
}

/// A line of what the compiler says.
#[derive(Deserialize)]
struct Diagnostic {
    message: String,
    level: String,
    code: Option<Code>,
    #[serde(default)]
    spans: Vec<Span>,
    rendered: Option<String>,
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

#[derive(Deserialize)]
struct Span {
    line_start: usize,
    is_primary: bool,
}

fn errors(output: std::io::Result<Output>) -> Result<Vec<CompileError>, String> {
    let output = output.map_err(|error| format!("cannot run rustc: {error}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    let diagnostics = said
        .lines()
        .filter_map(|line| serde_json::from_str::<Diagnostic>(line).ok());
    let errors: Vec<_> = diagnostics
        .filter(|diagnostic| diagnostic.level.starts_with("error") && !diagnostic.spans.is_empty())
        .map(|diagnostic| CompileError {
            code: diagnostic.code.map(|code| code.code),
            line: diagnostic
                .spans
                .iter()
                .find(|span| span.is_primary)
                .map_or(0, |span| span.line_start),
            text: diagnostic.rendered.unwrap_or(diagnostic.message),
        })
        .collect();
    // What fails without saying where is no verdict.
    match output.status.success() || !errors.is_empty() {
        true => Ok(errors),
        false => Err(format!("rustc failed:\n{said}")),
    }
}
