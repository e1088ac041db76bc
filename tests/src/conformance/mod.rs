//! Recorded exchanges against both sides of the bindings: the recorded request is parsed and built again, the recorded
//! response is read and written again, and both must come out as they were recorded. What differs with reason is named and
//! counted, never passed over.

mod compare;
mod exchange;
mod request;
mod response;
mod summary;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use keyvault_codegen::Api;

pub use self::summary::Summary;

use self::exchange::Exchange;

/// The description, as the bindings were made from it.
const DESCRIPTION: &str = include_str!("../../../generated/api.json");

/// What became of an exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// File and line, and the place in the run if the line holds one.
    pub place: String,
    /// The operation.
    pub operation: String,
    /// Passed, failed or skipped.
    pub verdict: Verdict,
    /// In what the bindings and the recording differ with reason.
    pub exceptions: BTreeSet<String>,
}

/// Passed, failed or skipped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Request and response come out as they were recorded.
    Passed,
    /// They do not, and why.
    Failed(String),
    /// The recording lacks what is needed, and what that is. What it has was checked.
    Skipped(String),
}

/// Checks all exchanges of files, and of the `*.jsonl` files in folders; calls `report` for each exchange.
///
/// # Errors
/// If a file cannot be read, or a line is no exchange and no run of exchanges.
pub fn run(paths: &[PathBuf], report: &mut impl FnMut(&Outcome)) -> Result<(), String> {
    let api: Api = serde_json::from_str(DESCRIPTION).map_err(|error| error.to_string())?;
    for file in files(paths)? {
        let text = fs::read_to_string(&file);
        let text = text.map_err(|error| format!("{}: {error}", file.display()))?;
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let lines = text.lines().enumerate();
        for (index, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
            let place = format!("{name}:{}", index + 1);
            let exchanges = exchange::read(line).map_err(|error| format!("{place}: {error}"))?;
            for (place, exchange) in exchanges.named(&place) {
                report(&check(&api, place, exchange));
            }
        }
    }
    Ok(())
}

fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    for path in paths {
        match path.is_dir() {
            true => files.extend(files_in(path)?),
            false => files.push(path.clone()),
        }
    }
    Ok(files)
}

fn files_in(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let entries = fs::read_dir(folder).map_err(failed)?;
    let paths = entries.map(|entry| entry.map(|entry| entry.path()).map_err(failed));
    let mut paths = paths.collect::<Result<Vec<_>, _>>()?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "jsonl"));
    paths.sort();
    match paths.is_empty() {
        true => Err(format!("{}: there is no *.jsonl in it", folder.display())),
        false => Ok(paths),
    }
}

fn check(api: &Api, place: String, exchange: &Exchange) -> Outcome {
    let mut exceptions = BTreeSet::new();
    let verdict = match checked(api, exchange, &mut exceptions) {
        Ok(None) => Verdict::Passed,
        Ok(Some(lacking)) => Verdict::Skipped(lacking),
        Err(reason) => Verdict::Failed(reason),
    };
    Outcome {
        place,
        operation: exchange.operation.clone(),
        verdict,
        exceptions,
    }
}

/// What the recording lacks, if it lacks anything.
fn checked(
    api: &Api,
    exchange: &Exchange,
    exceptions: &mut BTreeSet<String>,
) -> Result<Option<String>, String> {
    if exchange.is_poll() {
        request::check_poll(exchange).map_err(|reason| format!("request: {reason}"))?;
        response::check_poll(api, exchange, exceptions)
            .map_err(|reason| format!("response: {reason}"))?;
        return Ok(None);
    }
    let mut services = api.services.iter();
    let Some(operation) = services.find_map(|service| service.operation(&exchange.operation))
    else {
        return Ok(Some(
            "the operation is not one of the described version".to_owned(),
        ));
    };
    let lacking = request::check(api, operation, exchange, exceptions)
        .map_err(|reason| format!("request: {reason}"))?;
    response::check(api, operation, exchange, exceptions)
        .map_err(|reason| format!("response: {reason}"))?;
    Ok(lacking)
}
