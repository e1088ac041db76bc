//! Measures the generator, and the code that it writes, beside others of their kind: `peers [ROUNDS [COLD ROUNDS]]`.
//!
//! Prints tables in Markdown. All that is made goes to a folder beside the program.
#![forbid(unsafe_code)]

mod bindings;
mod child;
mod cold;
mod compile;
mod decoding;
mod generation;
mod generator;
mod lines;
mod merge;
mod places;
mod rewrite;
mod rounds;
mod scale;

use bindings::Bindings;
use generation::Task;
use generator::{Generator, Part};
use places::Places;
use rounds::Subject;
use std::fs;

/// Whatever ends a benchmark early.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// How many copies of each service the larger descriptions have.
const COPIES: [usize; 4] = [1, 4, 16, 64];

fn main() -> Result<(), Failure> {
    if std::env::args().nth(1).as_deref() == Some("versions") {
        Generator::PEERS
            .iter()
            .for_each(|generator| println!("- {}", generator.package().replace('@', " ")));
        return Ok(());
    }
    let rounds = argument(1, 5)?;
    let cold_rounds = argument(2, 3)?;
    let places = Places::new()?;
    let (descriptions, notes) = descriptions(&places)?;
    let tasks = installed(&descriptions, &places);
    let bindings = self::bindings(&tasks, Part::Client, &places);
    let types = self::bindings(&tasks, Part::Types, &places);
    println!("### Generating all operations\n");
    println!("{}", generation::costs(&tasks, rounds, &places)?);
    println!("{}\n", notes.join("\n"));
    println!("### What is emitted\n\n{}", generation::lines(&bindings)?);
    println!(
        "### Compiling it\n\n{}",
        compile::measure(&leanest(&bindings, &types), rounds, &places)?
    );
    println!(
        "### Reading and writing bodies\n\n{}",
        decoding::measure(&bindings, &places)?
    );
    println!(
        "### Generating more\n\n{}",
        scale::measure(&COPIES, 1, &places)?
    );
    println!(
        "### Debug builds from nothing, `-j2`\n\n{}",
        cold::measure(&bindings, &types, cold_rounds, &places)?
    );
    Ok(())
}

/// How many rounds an argument asks for.
fn argument(number: usize, default: usize) -> Result<usize, Failure> {
    match std::env::args().nth(number) {
        None => Ok(default),
        Some(rounds) => match rounds.parse() {
            Ok(rounds) if rounds > 0 => Ok(rounds),
            _ => Err(format!("{rounds} is no number of rounds").into()),
        },
    }
}

/// What each generator reads, and what was done to it.
fn descriptions(places: &Places) -> Result<(Vec<Task>, Vec<String>), Failure> {
    let merged = merge::merge(&places.spec())?;
    let mut descriptions = vec![(Generator::Ours, places.spec())];
    let mut notes = Vec::new();
    for generator in Generator::PEERS {
        let mut document = merged.clone();
        let done = rewrite::rewrite(generator, &mut document);
        let path = places.made(&format!("{}.json", generator.name()));
        fs::write(&path, serde_json::to_string_pretty(&document)?)?;
        notes.push(format!("- {} {}", generator.name(), done.join(", ")));
        descriptions.push((generator, path));
    }
    Ok((descriptions, notes))
}

fn installed(descriptions: &[Task], places: &Places) -> Vec<Subject<Task>> {
    let installed = descriptions.iter().map(|(generator, path)| {
        let task = generator
            .install(places)
            .map(|()| (*generator, path.clone()));
        Subject::new(generator.name(), task)
    });
    installed.collect()
}

fn bindings(tasks: &[Subject<Task>], part: Part, places: &Places) -> Vec<Subject<Bindings>> {
    let made = tasks.iter().map(|subject| {
        let made = subject.what.clone().map_err(Failure::from);
        let made =
            made.and_then(|(generator, path)| Bindings::make(generator, part, &path, places));
        Subject::new(subject.name.clone(), made)
    });
    made.collect()
}

/// What there is to compile of each: of ours the bindings alone, of the others all, as they write it.
fn leanest(bindings: &[Subject<Bindings>], types: &[Subject<Bindings>]) -> Vec<Subject<Bindings>> {
    let (ours, others) = (types.iter().take(1), bindings.iter().skip(1));
    ours.chain(others).cloned().collect()
}
