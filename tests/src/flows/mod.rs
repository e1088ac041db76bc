//! Recorded runs, played by the real client against a real TLS server on the loopback address: it must send the recorded
//! requests in the recorded order, and come to the recorded outcome.

mod drive;
mod plan;
mod recording;
mod script;

pub(crate) use recording::pairs;

use std::collections::BTreeMap;
use std::path::Path;

/// What became of a run.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The recording.
    pub name: String,
    /// How many exchanges it has.
    pub exchanges: usize,
    /// Why it failed, if it did.
    pub failure: Option<String>,
    /// How often each kind of call was made.
    pub calls: BTreeMap<&'static str, usize>,
    /// How the requests differed from the recorded ones without harm, and how often.
    pub differences: BTreeMap<&'static str, usize>,
}

/// Plays all runs of a file, one a line; calls `report` for each.
///
/// # Errors
/// If the file cannot be read, or a line is no run.
pub fn run(file: &Path, report: &mut impl FnMut(&Outcome)) -> Result<(), String> {
    let text =
        std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    for (index, line) in text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.is_empty())
    {
        let flow = recording::read(line).map_err(|error| format!("line {}: {error}", index + 1))?;
        report(&drive::play(flow));
    }
    Ok(())
}
