//! What it takes to compile what the generators write, once its dependencies are compiled.

use crate::bindings::Bindings;
use crate::places::Places;
use crate::rounds::{Subject, rounds};
use crate::{Failure, child};
use std::fs::{self, File};
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;
use table::Sheet;

/// Seconds of CPU of `cargo check` and of `cargo build`, and what the latter leaves.
pub fn measure(
    bindings: &[Subject<Bindings>],
    count: usize,
    places: &Places,
) -> Result<Sheet, Failure> {
    let mut sheet = Sheet::default();
    let target = places.made("target");
    let compile = |bindings: &Bindings, command: &str| {
        let cargo = || bindings.compile(command, &target);
        again(cargo, &bindings.folder().join("src/lib.rs"), places)
    };
    let check = ["`cargo check` of the generated code, seconds of CPU"];
    rounds(&mut sheet, &check, bindings, count, |bindings| {
        Ok(vec![compile(bindings, "check")?])
    })?;
    let build = [
        "`cargo build` of the generated code, seconds of CPU",
        "its library, MB",
    ];
    rounds(&mut sheet, &build, bindings, count, |bindings| {
        let cpu = compile(bindings, "build")?;
        let library = target
            .join("debug")
            .join(format!("lib{}.rlib", bindings.name.replace('-', "_")));
        Ok(vec![cpu, fs::metadata(library)?.len() as f64 / 1e6])
    })?;
    Ok(sheet)
}

/// Compiles what is not compiled yet, then again what a change of a file asks for: the CPU of the latter.
fn again(cargo: impl Fn() -> Command, changed: &Path, places: &Places) -> Result<f64, Failure> {
    child::run(&mut cargo(), &places.log())?;
    File::options()
        .append(true)
        .open(changed)?
        .set_modified(SystemTime::now())?;
    Ok(child::run(&mut cargo(), &places.log())?.cpu)
}
