//! Generating all operations: what it takes, and how much is written.

use crate::bindings::Bindings;
use crate::generator::{Generator, Part};
use crate::places::{Places, empty_crate};
use crate::rounds::{Subject, rounds};
use crate::{Failure, child, lines};
use std::path::PathBuf;
use table::Sheet;

/// A generator and what it reads.
pub type Task = (Generator, PathBuf);

/// Seconds of CPU and memory.
pub fn costs(tasks: &[Subject<Task>], count: usize, places: &Places) -> Result<Sheet, Failure> {
    let mut sheet = Sheet::default();
    let measures = ["generate, seconds of CPU", "generate, peak memory in MB"];
    rounds(
        &mut sheet,
        &measures,
        tasks,
        count,
        |(generator, description)| {
            let out = places
                .made("generated")
                .join(generator.bindings(Part::Client));
            empty_crate(&out)?;
            let mut command = generator.command(places, Part::Client, description, &out);
            let spent = child::run(&mut command, &places.log())?;
            Ok(vec![spent.cpu, spent.peak])
        },
    )?;
    Ok(sheet)
}

/// Lines of Rust. Ours has the side of the service besides, which the others leave out here.
pub fn lines(bindings: &[Subject<Bindings>]) -> Result<Sheet, Failure> {
    let mut sheet = Sheet::default();
    let client = ["lines", "lines of documentation"];
    rounds(&mut sheet, &client, bindings, 1, |bindings| {
        let lines = lines::count(&bindings.folder().join("src"), &|name| name != "server.rs")?;
        Ok(vec![lines.all as f64, lines.documentation as f64])
    })?;
    let both = [
        "lines, with the side of the service",
        "lines of documentation, with the side of the service",
    ];
    rounds(&mut sheet, &both, &bindings[..1], 1, |bindings| {
        let lines = lines::count(&bindings.folder().join("src"), &|_| true)?;
        Ok(vec![lines.all as f64, lines.documentation as f64])
    })?;
    Ok(sheet)
}
