//! OpenAPI documents -> [`Api`]. The only user of the openapiv3 crate.
//!
//! Each file lowers one construct. What has no place in the `Api` becomes a diagnostic.

mod enumeration;
mod extensions;
mod long_running;
mod operation;
mod origins;
mod parameter;
mod path;
mod response;
mod routes;
mod scalar;
mod schema;
mod service;
mod type_def;
mod usage;

use serde::de::DeserializeOwned;
use serde_json::Value;

pub use self::origins::Origins;
use crate::api::{Api, TypeRef};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Documents;
use crate::source::At;

/// What lowering makes of a description.
pub struct Lowered {
    /// All that could be lowered.
    pub api: Api,
    /// Where in the description its items came from.
    pub origins: Origins,
    /// What could not be lowered.
    pub diagnostics: Vec<Diagnostic>,
}

/// Lowers all documents.
pub fn lower(documents: &Documents) -> Lowered {
    let mut cx = Context {
        documents,
        origins: Origins::default(),
        diagnostics: Vec::new(),
    };
    let mut api = Api::default();
    for (file, root) in documents.iter() {
        api.services.push(service::lower(&mut cx, file, root));
    }
    usage::assign(&mut api);
    routes::find_rivals(&mut api);
    Lowered {
        api,
        origins: cx.origins,
        diagnostics: cx.diagnostics,
    }
}

/// The name of the service that a document describes.
fn service_name(file: &str) -> String {
    file.rsplit_once('.')
        .map_or(file, |(stem, _)| stem)
        .to_owned()
}

/// How many references may lead from one to the next.
const MAX_REFERENCES: usize = 16;

/// What every lowering function may look at, and where it reports.
struct Context<'a> {
    documents: &'a Documents,
    origins: Origins,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Context<'a> {
    fn report(&mut self, code: Code, at: &At, message: impl Into<String>, help: &str) {
        let diagnostic = Diagnostic::new(code, at.clone(), message).help(help);
        self.diagnostics.push(diagnostic);
    }

    fn unsupported(&mut self, at: &At, message: impl Into<String>, help: &str) {
        self.report(Code::Unsupported, at, message, help);
    }

    fn inconsistent(&mut self, at: &At, message: impl Into<String>, help: &str) {
        self.report(Code::Inconsistent, at, message, help);
    }

    /// Reads a node into the typed model.
    fn typed<T: DeserializeOwned>(&mut self, at: &At, node: &Value) -> Option<T> {
        match T::deserialize(node) {
            Ok(typed) => Some(typed),
            Err(error) => {
                let help = "see the OpenAPI 3.0.3 specification for what may stand here";
                self.report(Code::InvalidDocument, at, error.to_string(), help);
                None
            }
        }
    }

    /// The node that a reference at `at` means, and its address.
    fn target(&mut self, at: &At, reference: &str) -> Option<(At, &'a Value)> {
        let target = self.documents.target(&at.file, reference);
        let found = target.and_then(|target| {
            let node = self.documents.get(&target)?;
            Some((target, node))
        });
        if found.is_none() {
            let message = match self.documents.missing_document(reference) {
                Some(document) => format!("there is no document {document} beside this one"),
                None => format!("`{reference}` leads nowhere"),
            };
            let help = "correct the reference, or add what it names";
            self.report(Code::UnknownReference, at, message, help);
        }
        found
    }

    /// Follows references from `at` until a node that is none, all through one kind of component.
    fn resolve(&mut self, at: &At, kind: &str) -> Option<(At, &'a Value)> {
        let (mut at, mut node) = (at.clone(), self.documents.get(at)?);
        for _ in 0..MAX_REFERENCES {
            let Some(reference) = node.get("$ref").and_then(Value::as_str) else {
                return Some((at, node));
            };
            let from = at.child("$ref");
            (at, node) = self.target(&from, reference)?;
            let keys: Vec<_> = at.pointer.keys().collect();
            if !matches!(keys.as_slice(), [c, k, _] if c == "components" && k == kind) {
                let message = format!("`{reference}` is not one of components/{kind}");
                let help = "refer to one of those, or write it here";
                self.report(Code::UnknownReference, &from, message, help);
                return None;
            }
        }
        let help = "let one of the references lead to a definition";
        let message = "the references never end";
        self.report(Code::UnknownReference, &at, message, help);
        None
    }

    /// The named type that a reference in a schema's place means.
    fn type_ref(&mut self, at: &At, reference: &str) -> Option<TypeRef> {
        let (target, _) = self.target(at, reference)?;
        let keys: Vec<_> = target.pointer.keys().collect();
        match keys.as_slice() {
            [components, schemas, name] if components == "components" && schemas == "schemas" => {
                Some(TypeRef {
                    service: service_name(&target.file),
                    name: name.clone(),
                })
            }
            _ => {
                let message = format!("`{reference}` is not a schema of components/schemas");
                let help = "move the schema to components/schemas and refer to it there";
                self.unsupported(at, message, help);
                None
            }
        }
    }
}
