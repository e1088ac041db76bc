//! Descriptions of growing size: ours, many times.

use crate::generation::Task;
use crate::generator::{Generator, Part};
use crate::places::{Places, empty, empty_crate};
use crate::rewrite::rewrite;
use crate::rounds::{Subject, rounds};
use crate::{Failure, child, merge};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;
use table::Sheet;

/// How many operations the description has.
const OPERATIONS: usize = 156;

/// What a generator may take, in seconds: more is a failure.
const PATIENCE: &str = "120";

const CORRECTIONS: &str = "overrides.yaml";

const SHARED: &str = "common.yaml";

/// CPU for each operation, and memory, of descriptions with so many copies of each service.
pub fn measure(copies: &[usize], count: usize, places: &Places) -> Result<Sheet, Failure> {
    let mut sheet = Sheet::default();
    for copies in copies {
        let folder = places.made("scaled");
        replicate(&places.spec(), *copies, &folder)?;
        let tasks = tasks(&folder)?;
        let operations = (OPERATIONS * copies) as f64;
        let measures = [
            format!("{operations} operations: µs of CPU for each"),
            format!("{operations} operations: peak memory in MB"),
        ];
        let measures = [measures[0].as_str(), measures[1].as_str()];
        rounds(&mut sheet, &measures, &tasks, count, |task| {
            let spent = generate(task, places)?;
            Ok(vec![spent.cpu * 1e6 / operations, spent.peak])
        })?;
    }
    Ok(sheet)
}

fn generate((generator, description): &Task, places: &Places) -> Result<child::Spent, Failure> {
    let out = places
        .made("generated")
        .join(generator.bindings(Part::Client));
    empty_crate(&out)?;
    let command = generator.command(places, Part::Client, description, &out);
    let mut patient = Command::new("timeout");
    patient
        .arg(PATIENCE)
        .arg(command.get_program())
        .args(command.get_args());
    child::run(&mut patient, &places.log())
}

/// Ours reads the folder, the others one document each, which is put into it.
fn tasks(folder: &Path) -> Result<Vec<Subject<Task>>, Failure> {
    let merged = merge::merge(folder)?;
    let mut tasks = vec![Subject::new(
        Generator::Ours.name(),
        Ok((Generator::Ours, folder.to_owned())),
    )];
    for generator in Generator::PEERS {
        let mut document = merged.clone();
        rewrite(generator, &mut document);
        let path = folder.join(format!("{}.json", generator.name()));
        fs::write(&path, document.to_string())?;
        tasks.push(Subject::new(generator.name(), Ok((generator, path))));
    }
    Ok(tasks)
}

/// Copies a description, with each service so many times.
fn replicate(spec: &Path, copies: usize, to: &Path) -> Result<(), Failure> {
    empty(to)?;
    for entry in fs::read_dir(spec)? {
        let path = entry?.path();
        let file = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let text = fs::read_to_string(&path)?;
        if file == CORRECTIONS {
            fs::write(to.join(&file), corrections(&text, copies)?)?;
            continue;
        }
        let copies = if file == SHARED { 1 } else { copies };
        for number in 0..copies {
            fs::write(to.join(copy(&file, number)), &text)?;
        }
    }
    Ok(())
}

/// What a copy of a document is called; the first one has its name.
fn copy(file: &str, number: usize) -> String {
    match number {
        0 => file.to_owned(),
        _ => file.replacen(".yaml", &format!("_copy{number}.yaml"), 1),
    }
}

/// The corrections, each for all copies.
fn corrections(text: &str, copies: usize) -> Result<String, Failure> {
    let mut corrections: Vec<Value> = serde_yaml::from_str(text)?;
    for correction in &mut corrections {
        let at = correction["at"].take();
        let places = match at {
            Value::Array(places) => places,
            place => vec![place],
        };
        let places = places.iter().filter_map(Value::as_str);
        let all = places
            .flat_map(|place| copied(place, copies))
            .map(Value::from);
        correction["at"] = all.collect();
    }
    Ok(serde_yaml::to_string(&corrections)?)
}

fn copied(place: &str, copies: usize) -> impl Iterator<Item = String> {
    let copies = if place.starts_with(SHARED) { 1 } else { copies };
    (0..copies).map(move |number| copy(place, number))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn corrections_are_those_of_all_copies() {
        let text = "- at: keys.yaml#/a\n  set: true\n  why: w\n";
        let corrections: Value = serde_yaml::from_str(&corrections(text, 2).unwrap()).unwrap();
        let at: Vec<_> = corrections[0]["at"].as_array().unwrap().iter().collect();
        assert_eq!(at, ["keys.yaml#/a", "keys_copy1.yaml#/a"]);
        assert_eq!(corrections[0]["set"], true);
    }
}
