//! Reads a local OpenAPI 3.0 description of an Azure REST API and writes typed Rust bindings.
//!
//! The stages, each a function from value to value:
//!
//! `document` (read) -> `lower` -> `validate` -> [`Api`] -> `naming` -> `emit` -> `format` ->
//! `tree` (write)
//!
//! [`load`] is the first half and [`generate`] the second; [`Plan`] puts files on disk.
//!
//! ```
//! use keyvault_codegen::{Files, generate, load_from};
//! use std::path::Path;
//!
//! // Or a folder on disk: `load(Path::new("spec"))`.
//! let spec = Files::in_memory([(
//!     "spec/things.yaml",
//!     "
//! openapi: 3.0.3
//! info: {title: Things, version: '1'}
//! paths:
//!   /things/{name}:
//!     delete:
//!       operationId: DeleteThing
//!       parameters:
//!       - {name: name, in: path, required: true, schema: {type: string}}
//!       responses: {'204': {description: It is gone.}}
//! ",
//! )]);
//! let loaded = load_from(&spec, Path::new("spec"));
//! assert!(!loaded.report.has_errors(), "{}", loaded.report.render(false));
//!
//! let files = generate(&loaded.api)?;
//! let operations = files.iter().find(|file| file.path == "src/things/operations.rs");
//! assert!(operations.is_some_and(|file| file.text.contains("pub struct DeleteThing")));
//! # Ok::<(), keyvault_codegen::GenerateError>(())
//! ```
//!
//! | for | there is |
//! |---|---|
//! | what is wrong with a description | [`Report`], with places; [`Code::explanation`] tells more of each kind |
//! | what a description says | [`api`], plain values; [`operations`] as a table |
//! | writing what is generated, all files or none | [`Plan`], which shows the difference as well |
//! | Swagger 2.0 files | [`survey`], [`import`], and [`compare_prose`] for words that are not ours |
//! | two versions of an API | [`changes`]: what differs, and what that breaks |
//! | a crate around the code | [`manifest`] and [`features`] |
//!
//! What is emitted builds on the crate `keyvault-runtime`.
#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic))]

pub mod api;
mod catalogue;
pub mod changes;
mod checked;
mod diagnostic;
mod document;
mod emit;
mod faults;
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
pub use crate::checked::Checked;
pub use crate::diagnostic::{Code, Diagnostic, Place, Related, Report, Severity, nearest};
use crate::document::Documents;
pub use crate::document::Files;
pub use crate::emit::{
    Feature, PRELUDE, Probe, ProbeSubject, Way, common_features, features, manifest,
};
use crate::faults::Faults;
pub use crate::import::{
    Comparison, Copied, Found, Import, Imported, Part, Route, Survey, Wanted, compare_prose,
    import, import_from, service_name, survey,
};
pub use crate::naming::NoIdentifier;
pub use crate::source::{At, Pointer, Spot};
pub use crate::tree::{File, Journal, MARK, Plan, Step, TreeError};

/// What reading a description gives.
#[derive(Debug)]
pub struct Loaded {
    /// The API; empty if the report has errors.
    pub api: Checked,
    /// All that there is to say about the description.
    pub report: Report,
    /// How many documents were read.
    pub documents: usize,
    /// How many corrections were applied.
    pub overrides: usize,
}

/// Reads, corrects, lowers and checks the description in a folder.
///
/// What a stage finds does not keep the next ones from looking at the rest, so that one run shows all
/// problems; but a problem that is only the consequence of another is left out.
pub fn load(dir: &Path) -> Loaded {
    load_from(&Files::Disk, dir)
}

/// The same for a folder of other files than those on disk.
pub fn load_from(files: &Files, dir: &Path) -> Loaded {
    let (documents, mut diagnostics) = Documents::read(files, dir);
    let lowered = lower::lower(&documents);
    let known = Faults::of(&diagnostics);
    let news = lowered.diagnostics.into_iter();
    diagnostics.extend(news.filter(|d| known.is_news(d) && !documents.is_awaited(d)));
    let known = Faults::of(&diagnostics);
    let found = validate::validate(&lowered.api, &lowered.origins).into_iter();
    diagnostics.extend(found.filter(|d| known.is_news_of_the_whole(d) && !documents.is_awaited(d)));
    for diagnostic in &mut diagnostics {
        documents.relocate(diagnostic);
    }
    let broken = diagnostics.iter().any(Diagnostic::is_error);
    Loaded {
        api: match broken {
            true => Checked::default(),
            false => Checked::without_faults(lowered.api),
        },
        documents: documents.iter().count(),
        overrides: documents.overrides(),
        report: Report::new(diagnostics, documents.into_sources()),
    }
}

/// All files of the generated crate, ordered by path: `src/**`, `api.json` and `OPERATIONS.md`.
pub fn generate(api: &Checked) -> Result<Vec<File>, GenerateError> {
    let mut files = formatted(emit::emit(api).map_err(GenerateError::Name)?)?;
    files.push(api_file(api)?);
    files.push(emit::overview(api).map_err(GenerateError::Name)?);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// `src/calls/` of a test crate: every operation as a function from JSON arguments to a call.
pub fn generate_calls(api: &Api) -> Result<Vec<File>, GenerateError> {
    formatted(emit::calls(api).map_err(GenerateError::Name)?)
}

/// Pieces of code that each use one item of the generated crate in one way, to try on another version of it.
pub fn generate_probes(api: &Api) -> Result<Vec<Probe>, GenerateError> {
    emit::probes(api).map_err(GenerateError::Name)
}

fn formatted(emitted: Vec<emit::Emitted>) -> Result<Vec<File>, GenerateError> {
    let files = emitted.into_iter().map(format::format);
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
        text: seen(text) + "\n",
    })
}

/// JSON in which all is written out that a reader would not see. It can only stand in texts.
fn seen(json: String) -> String {
    // All bytes, for the first one that is another hardly ever comes, and many at once are looked at faster.
    let is_seen = |byte: u8| byte == b'\n' || (b' '..=b'~').contains(&byte);
    if json.bytes().fold(true, |all, byte| all & is_seen(byte)) {
        return json;
    }
    let mut seen = String::with_capacity(json.len());
    for c in json.chars() {
        match c != '\n' && emit::is_unseen(c) {
            true => {
                let units = c.encode_utf16(&mut [0; 2]).to_vec();
                seen.extend(units.iter().map(|unit| format!("\\u{unit:04x}")));
            }
            false => seen.push(c),
        }
    }
    seen
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
