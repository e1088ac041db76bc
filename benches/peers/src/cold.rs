//! Debug builds from nothing, with all dependencies.

use crate::bindings::Bindings;
use crate::places::{Places, empty};
use crate::rounds::{Subject, rounds};
use crate::{Failure, child};
use std::fs;
use std::path::Path;
use std::process::Command;
use table::Sheet;

/// All that is compiled: with an HTTP client, and without.
pub fn measure(
    bindings: &[Subject<Bindings>],
    types: &[Subject<Bindings>],
    count: usize,
    places: &Places,
) -> Result<Sheet, Failure> {
    let mut sheet = Sheet::default();
    let mut builds = builds(bindings);
    builds.extend(bindings.first().map(with_azure_core));
    builds.extend([
        dependencies("keyvault-rest, its libraries alone", "libraries-client"),
        dependencies(
            "official keys, secrets, certificates, no default features",
            "official-lean",
        ),
        dependencies("official keys, secrets, certificates", "official"),
    ]);
    measure_all(&mut sheet, "with an HTTP client", &builds, count, places)?;
    let mut builds = self::builds(types);
    let libraries = dependencies("keyvault-rest, its libraries alone", "libraries");
    builds.insert(1, libraries);
    measure_all(&mut sheet, "without", &builds, count, places)?;
    Ok(sheet)
}

/// A set of dependencies, without what is built on them.
fn dependencies(name: &str, feature: &'static str) -> Subject<Build> {
    Subject::new(name.to_owned(), Ok(Build::Feature(feature)))
}

/// Ours, over the vendor's pipeline.
fn with_azure_core(ours: &Subject<Bindings>) -> Subject<Build> {
    let build = |bindings: Bindings| Build::Bindings(bindings.with("full,azure-core"));
    Subject {
        name: "keyvault-rest, `azure-core`".to_owned(),
        what: ours.what.clone().map(build),
    }
}

fn builds(bindings: &[Subject<Bindings>]) -> Vec<Subject<Build>> {
    let builds = bindings.iter().map(|subject| {
        let build = subject.what.clone().map(Build::Bindings);
        Subject {
            name: subject.name.clone(),
            what: build,
        }
    });
    builds.collect()
}

/// What is built: a crate that a generator wrote, or a feature of `cold-build/`, which has nothing but dependencies.
enum Build {
    Bindings(Bindings),
    Feature(&'static str),
}

impl Build {
    /// The crate that has the features.
    fn empty_crates(&self) -> usize {
        usize::from(matches!(self, Self::Feature(_)))
    }

    fn command(&self, places: &Places, target: &Path) -> Command {
        match self {
            Self::Bindings(bindings) => bindings.compile("build", target),
            Self::Feature(feature) => {
                let mut cargo = Command::new("cargo");
                cargo.args([
                    "build",
                    "--offline",
                    "--locked",
                    "--jobs",
                    "2",
                    "--features",
                    feature,
                ]);
                cargo.arg("--target-dir").arg(target);
                cargo.current_dir(places.benches().join("cold-build"));
                cargo
            }
        }
    }
}

/// Seconds of CPU, and how many crates are compiled; `what` is said of both.
fn measure_all(
    sheet: &mut Sheet,
    what: &str,
    builds: &[Subject<Build>],
    count: usize,
    places: &Places,
) -> Result<(), Failure> {
    let measures = [format!("{what}, seconds of CPU"), format!("{what}, crates")];
    let measures = [measures[0].as_str(), measures[1].as_str()];
    let target = places.made("cold");
    rounds(sheet, &measures, builds, count, |build| {
        empty(&target)?;
        let spent = child::run(&mut build.command(places, &target), &places.log())?;
        let said = fs::read_to_string(places.log())?;
        let crates = said
            .lines()
            .filter(|line| line.trim_start().starts_with("Compiling "))
            .count();
        let crates = crates - build.empty_crates().min(crates);
        Ok(vec![spent.cpu, crates as f64])
    })
}
