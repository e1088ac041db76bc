//! Reads a local OpenAPI 3.0 description of an Azure REST API and writes typed Rust bindings.
//!
//! The stages, each a function from value to value:
//!
//! `document` (read) -> `lower` -> `validate` -> [`Api`] -> `naming` -> `emit` -> `format` ->
//! `tree` (write)
//!
//! [`load`] is the first half and [`generate`] the second; [`Plan`] puts files on disk.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic))]

pub mod api;
mod catalogue;
pub mod changes;
mod diagnostic;
mod document;
mod emit;
mod format;
mod import;
mod lower;
mod naming;
mod source;
mod tree;
mod validate;

use std::fmt;
use std::path::Path;

pub use crate::api::Api;
pub use crate::catalogue::{Entry, operations};
pub use crate::diagnostic::{Code, Diagnostic, Report, Severity};
use crate::document::Documents;
pub use crate::emit::{Feature, client_features, features, manifest};
pub use crate::import::{
    Comparison, Copied, Found, Import, Imported, Part, Route, Survey, Wanted, compare_prose,
    import, service_name, survey,
};
pub use crate::naming::NoIdentifier;
pub use crate::source::{At, Pointer};
pub use crate::tree::{File, Journal, MARK, Plan, TreeError};

/// What reading a description gives.
#[derive(Debug)]
pub struct Loaded {
    /// The API, whole if the report has no errors.
    pub api: Api,
    /// All that there is to say about the description.
    pub report: Report,
    /// How many documents were read.
    pub documents: usize,
    /// How many corrections were applied.
    pub overrides: usize,
}

/// Reads, corrects, lowers and checks the description in a folder.
pub fn load(dir: &Path) -> Loaded {
    let (documents, mut diagnostics) = Documents::read(dir);
    let sound = diagnostics
        .iter()
        .all(|diagnostic| diagnostic.code.severity() == Severity::Warning);
    // What breaks the grammar would only be reported a second time, and worse.
    let api = match sound {
        true => lower_and_validate(&documents, &mut diagnostics),
        false => Api::default(),
    };
    for diagnostic in &mut diagnostics {
        documents.relocate(diagnostic);
    }
    Loaded {
        api,
        documents: documents.iter().count(),
        overrides: documents.overrides(),
        report: Report::new(diagnostics, documents.into_sources()),
    }
}

fn lower_and_validate(documents: &Documents, diagnostics: &mut Vec<Diagnostic>) -> Api {
    let lowered = lower::lower(documents);
    let complete = lowered.diagnostics.is_empty();
    diagnostics.extend(lowered.diagnostics);
    let mut found = validate::validate(&lowered.api, &lowered.origins);
    if !complete {
        // What refers to an item that could not be lowered is no news.
        found.retain(|diagnostic| diagnostic.code != Code::UnknownReference);
    }
    diagnostics.extend(found);
    lowered.api
}

/// All files of the generated crate, ordered by path: `src/**`, `api.json` and `OPERATIONS.md`.
pub fn generate(api: &Api) -> Result<Vec<File>, GenerateError> {
    let problems = validate::validate(api, &lower::Origins::default());
    if !problems.is_empty() {
        return Err(GenerateError::Invalid(problems));
    }
    let mut files = formatted(&emit::emit(api).map_err(GenerateError::Name)?)?;
    files.push(api_file(api)?);
    files.push(emit::overview(api).map_err(GenerateError::Name)?);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// `src/calls/` of a test crate: every operation as a function from JSON arguments to a call.
pub fn generate_calls(api: &Api) -> Result<Vec<File>, GenerateError> {
    formatted(&emit::calls(api).map_err(GenerateError::Name)?)
}

fn formatted(emitted: &[emit::Emitted]) -> Result<Vec<File>, GenerateError> {
    let files = emitted.iter().map(format::format);
    files
        .collect::<Result<_, _>>()
        .map_err(|error| GenerateError::Emitted {
            path: error.path,
            message: error.message,
        })
}

/// `api.json`: the Api itself, so that a new version of a description shows as a readable diff.
fn api_file(api: &Api) -> Result<File, GenerateError> {
    #[derive(serde::Serialize)]
    struct Marked<'a> {
        #[serde(rename = "//")]
        mark: String,
        #[serde(flatten)]
        api: &'a Api,
    }
    let marked = Marked {
        mark: format!("{MARK}. Do not edit."),
        api,
    };
    let text = serde_json::to_string_pretty(&marked);
    let text = text.map_err(|error| GenerateError::Emitted {
        path: "api.json".to_owned(),
        message: error.to_string(),
    })?;
    Ok(File {
        path: "api.json".to_owned(),
        text: text + "\n",
    })
}

/// Why an [`Api`] does not become code. An `Api` that [`load`] gave without errors always does.
#[derive(Debug)]
pub enum GenerateError {
    /// The Api contradicts itself.
    Invalid(Vec<Diagnostic>),
    /// A name has no Rust form.
    Name(NoIdentifier),
    /// Emitted code does not parse: a fault of the generator.
    Emitted {
        /// The file.
        path: String,
        /// What the parser says.
        message: String,
    },
}

impl fmt::Display for GenerateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(problems) => {
                write!(f, "the API contradicts itself:")?;
                problems
                    .iter()
                    .try_for_each(|problem| write!(f, "\n- {}: {}", problem.code, problem.message))
            }
            Self::Name(NoIdentifier(name)) => {
                write!(f, "no Rust name can be made of `{name}`")
            }
            Self::Emitted { path, message } => write!(
                f,
                "the generator emitted code that does not parse, please report it: {path}: {message}"
            ),
        }
    }
}

impl std::error::Error for GenerateError {}
