//! OpenAPI documents -> [`Api`]. The only user of the openapiv3 crate.
//!
//! Each file lowers one construct. What has no place in the `Api` becomes a diagnostic.

mod enumeration;
mod extensions;
mod links;
mod long_running;
mod members;
mod operation;
mod origins;
mod parameter;
mod path;
mod response;
mod routes;
mod scalar;
mod schema;
mod service;
mod suspects;
mod type_def;
mod usage;

use serde::de::DeserializeOwned;
use serde_json::Value;

pub use self::origins::Origins;
use self::routes::TooMany;
use crate::api::{Api, TypeRef};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Documents;
use crate::document::budget::{self, Budget, Spent};
use crate::source::{At, Pointer};

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
        referred: Budget::default(),
    };
    let mut api = Api::default();
    for (file, root) in documents.iter() {
        api.services.push(service::lower(&mut cx, file, root));
    }
    usage::assign(&mut api);
    links::hide_queries(&mut api);
    for ((service, id), problem) in routes::find_rivals(&mut api) {
        let at = cx.origins.get(&[&service, "operations", &id]);
        let message = match problem {
            TooMany::Rivals => {
                let most = routes::MAX_RIVALS;
                format!("values could turn this path into more than {most} others")
            }
            TooMany::Paths => {
                "values could turn the paths up to this one into too many others".to_owned()
            }
        };
        let help = "let the paths begin with different literals";
        cx.report(Code::TooLarge, &at, message, help);
    }
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

/// What every lowering function may look at, and where it reports.
struct Context<'a> {
    documents: &'a Documents,
    origins: Origins,
    diagnostics: Vec<Diagnostic>,
    /// What all references together stand for.
    referred: Budget,
}

/// How many references may lead from one to the next.
const MAX_REFERENCES: usize = 64;

impl<'a> Context<'a> {
    fn report(&mut self, code: Code, at: &At, message: impl Into<String>, help: &str) {
        let diagnostic = Diagnostic::new(code, at.clone(), message).help(help);
        self.diagnostics.push(diagnostic);
    }

    fn unsupported(&mut self, at: &At, message: impl Into<String>, help: &str) {
        self.report(Code::Unsupported, at, message, help);
    }

    fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Of the value at an address.
    fn inconsistent_value(&mut self, at: &At, message: impl Into<String>, help: &str) {
        let diagnostic = Diagnostic::new(Code::Inconsistent, at.clone(), message);
        self.push(diagnostic.value().help(help));
    }

    /// Of the value at an address.
    fn unsupported_value(&mut self, at: &At, message: impl Into<String>, help: &str) {
        let diagnostic = Diagnostic::new(Code::Unsupported, at.clone(), message);
        self.push(diagnostic.value().help(help));
    }

    /// Of the reference at an address.
    fn astray(&mut self, at: &At, message: impl Into<String>, help: impl Into<String>) {
        let diagnostic = Diagnostic::new(Code::UnknownReference, at.clone(), message);
        self.push(diagnostic.value().help(help));
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
        // What leads into a file that is no document cannot be judged.
        let missing = self.documents.missing_document(reference);
        let unjudged = missing.is_some_and(|file| self.documents.is_broken(file));
        if found.is_none() && !unjudged {
            let (message, help) = self.documents.astray(&at.file, reference);
            self.astray(at, message, help);
        }
        found
    }

    /// Follows references from `at` until a node that is none, all through one kind of component.
    fn resolve(&mut self, at: &At, kind: &str) -> Option<(At, &'a Value)> {
        let (mut at, mut node) = (at.clone(), self.documents.get(at)?);
        let mut passed = Vec::new();
        while let Some(reference) = node.get("$ref").and_then(Value::as_str) {
            if let Some(first) = passed.iter().position(|at_before| *at_before == at) {
                self.endless(&passed[first..]);
                return None;
            }
            passed.push(at.clone());
            let from = at.child("$ref");
            if passed.len() > MAX_REFERENCES {
                let message = format!("more than {MAX_REFERENCES} references lead on to others");
                self.report(
                    Code::TooLarge,
                    &from,
                    message,
                    "refer to what is meant itself",
                );
                return None;
            }
            (at, node) = self.target(&from, reference)?;
            self.spend(&from, node)?;
            let keys: Vec<_> = at.pointer.keys().collect();
            if !matches!(keys.as_slice(), [c, k, _] if c == "components" && k == kind) {
                let message = format!("`{reference}` does not lead to one of components/{kind}");
                let root = self.documents.get(&At::file(&at.file));
                let name = reference.rsplit('/').next().unwrap_or_default();
                let pointer = Pointer::default()
                    .child("components")
                    .child(kind)
                    .child(name);
                let there = root.is_some_and(|root| pointer.find(root).is_some());
                let help = match there {
                    true => format!("did you mean `#{pointer}`?"),
                    false => format!("refer to one of components/{kind}, or write it here"),
                };
                self.astray(&from, message, help);
                return None;
            }
        }
        Some((at, node))
    }

    /// References that lead in a circle, said at the same one wherever the circle was entered.
    fn endless(&mut self, circle: &[At]) {
        if let Some(first) = circle.iter().min() {
            let message = "the references lead in a circle";
            let help = "let one of the references lead to a definition";
            let at = first.child("$ref");
            let mut diagnostic = Diagnostic::new(Code::UnknownReference, at, message).value();
            for at in circle.iter().filter(|at| *at != first) {
                diagnostic = diagnostic.see_value(at.child("$ref"), "part of the circle");
            }
            self.push(diagnostic.help(help));
        }
    }

    /// The schema of a named type, behind all references that only give it another name.
    fn schema(&self, reference: &TypeRef) -> Option<&'a Value> {
        let mut documents = self.documents.iter();
        let (file, _) = documents.find(|(file, _)| service_name(file) == reference.service)?;
        let schemas = At::file(file).child("components").child("schemas");
        let mut at = schemas.child(&reference.name);
        // A circle is reported where it is lowered.
        for _ in 0..MAX_REFERENCES {
            let node = self.documents.get(&at)?;
            let Some(next) = node.get("$ref").and_then(Value::as_str) else {
                return Some(node);
            };
            at = self.documents.target(&at.file, next)?;
        }
        None
    }

    /// Notes that what a reference stands for is read once more, if that is not too much.
    fn spend(&mut self, from: &At, node: &Value) -> Option<()> {
        match self.referred.spend(node) {
            Spent::Within => Some(()),
            Spent::JustNow => {
                self.push(budget::too_much(from));
                None
            }
            Spent::Before => None,
        }
    }

    /// The named type that a reference in a schema's place means.
    fn type_ref(&mut self, at: &At, reference: &str) -> Option<TypeRef> {
        let (target, _) = self.target(at, reference)?;
        let keys: Vec<_> = target.pointer.keys().collect();
        match keys.as_slice() {
            [components, schemas, name] if components == "components" && schemas == "schemas" => {
                Some(TypeRef {
                    service: service_name(&target.file),
                    name: name.to_string(),
                })
            }
            _ => {
                let message = format!("`{reference}` does not lead to one of components/schemas");
                let help = "move the schema to components/schemas and refer to it there";
                self.unsupported_value(at, message, help);
                None
            }
        }
    }
}
