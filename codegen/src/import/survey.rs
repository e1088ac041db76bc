//! Which files of a folder are a new version of which services.
//!
//! A file belongs to the service that has its operations already, in whatever folder and by whatever name it comes. A file
//! with operations of several services is split among them, and one with unknown operations alone is a service of its own.

mod files;
mod owners;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use indexmap::IndexMap;
use serde_json::Value;

use self::files::{Candidate, swagger_files};
use self::owners::Owners;
use super::swagger::{Reader, normal};
use super::{Part, present};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::document::Files;
use crate::naming;
use crate::source::At;

/// What to look for, and where.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The folders, which are looked through with all that is in them, `examples` aside.
    pub folders: Vec<PathBuf>,
    /// The folder of the description.
    pub spec: PathBuf,
    /// The versions that count; all if there is none.
    pub versions: BTreeSet<String>,
    /// The service of an operation, by its id, where it cannot be told.
    pub assigned: BTreeMap<String, String>,
}

impl Wanted {
    fn takes(&self, version: &str) -> bool {
        self.versions.is_empty() || self.versions.contains(version)
    }
}

/// What a survey finds.
#[derive(Debug, Default)]
pub struct Survey {
    /// The services by name.
    pub services: BTreeMap<String, Found>,
    /// Services of the description that are in none of the folders.
    pub absent: Vec<String>,
    /// What cannot be told, or read; nothing should be imported if it has errors.
    pub report: Report,
}

/// A service, as it is in the folders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Its files.
    pub parts: Vec<Part>,
    /// The version that is described today, if any is.
    pub old: Option<String>,
    /// The version of the files.
    pub new: String,
    /// Its operations, as the files have them.
    pub routes: Vec<Route>,
}

/// An operation of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    /// Its id.
    pub id: String,
    /// The method, in capitals.
    pub method: String,
    /// The path, without the query that tells it from one of the same path.
    pub path: String,
}

/// Looks the folders through.
pub fn survey(wanted: &Wanted) -> Survey {
    let mut reader = Reader::new(&Files::Disk);
    let mut diagnostics = Vec::new();
    let present = present(&wanted.spec, &mut reader, &mut diagnostics);
    let owners = Owners::of(&present.documents, &wanted.assigned);
    let mut services: BTreeMap<String, Found> = BTreeMap::new();
    let mut origins: BTreeMap<String, At> = BTreeMap::new();
    for Candidate { path, version } in swagger_files(&wanted.folders, &mut diagnostics) {
        // Whatever is wrong with another version does not matter.
        if version.is_some_and(|version| !wanted.takes(&version)) {
            continue;
        }
        let Some((version, routes)) = read(&mut reader, &path, &mut diagnostics) else {
            continue;
        };
        if routes.is_empty() || !wanted.takes(&version) {
            continue;
        }
        let shares = owners.share(&path, routes, &mut diagnostics);
        let is_whole = shares.len() == 1;
        let at = At::file(normal(&path)).child("info").child("version");
        for (service, routes) in shares {
            let found = services.entry(service.clone()).or_default();
            let first = origins.entry(service.clone()).or_insert_with(|| at.clone());
            if *first == at {
                version.clone_into(&mut found.new);
            } else if found.new != version {
                let one = (found.new.as_str(), &*first);
                diagnostics.push(two_versions(&service, one, (&version, &at)));
            }
            let ids = routes.iter().map(|route| route.id.clone());
            let only = (!is_whole).then(|| ids.collect());
            let file = path.clone();
            found.parts.push(Part { file, only });
            found.routes.extend(routes);
        }
    }
    let described = versions(&present.documents);
    for (name, found) in &mut services {
        found.old = described.get(name).cloned();
        found.routes.sort();
    }
    let is_told = diagnostics.iter().any(Diagnostic::is_error);
    if services.is_empty() && !is_told {
        diagnostics.extend(wanted.folders.iter().map(|folder| nothing(folder, wanted)));
    }
    let absent = described.into_keys();
    Survey {
        absent: absent.filter(|name| !services.contains_key(name)).collect(),
        services,
        report: Report::new(diagnostics, reader.into_sources()),
    }
}

/// What the service of a file is called, unless it has another name already: as the file, in snake case.
pub fn service_name(file: &Path) -> Option<String> {
    naming::service_text(&file.file_stem()?.to_string_lossy())
}

fn two_versions(service: &str, one: (&str, &At), other: (&str, &At)) -> Diagnostic {
    let message = format!(
        "the service {service} is here in the versions {} and {}",
        one.0, other.0
    );
    let diagnostic = Diagnostic::new(Code::Inconsistent, other.1.clone(), message).value();
    let diagnostic = diagnostic.see_value(one.1.clone(), "the other version");
    diagnostic.help(
        "give the folder of one version, or name the version that is meant with --api-version",
    )
}

fn nothing(folder: &Path, wanted: &Wanted) -> Diagnostic {
    let message = match wanted.versions.is_empty() {
        true => "there is no Swagger 2.0 file with operations below this folder",
        false => "there is no Swagger 2.0 file of that version with operations below this folder",
    };
    let at = At::file(folder.display().to_string());
    let help = "give the folder that holds upstream's documents, such as …/stable/2025-07-01";
    Diagnostic::new(Code::Unreadable, at, message).help(help)
}

/// The versions of the services that are described, which are the documents with operations.
fn versions(documents: &IndexMap<String, Value>) -> BTreeMap<String, String> {
    let version = |root: &Value| root.pointer("/info/version")?.as_str().map(str::to_owned);
    let services = documents
        .iter()
        .filter(|(_, root)| !routes(root).is_empty());
    services
        .filter_map(|(file, root)| Some((stem(file).to_owned(), version(root)?)))
        .collect()
}

/// The service of a document.
fn stem(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// The version of a file, and its operations.
fn read(
    reader: &mut Reader<'_>,
    path: &Path,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(String, Vec<Route>)> {
    let root = reader.read(&normal(path), diagnostics)?;
    let version = root.pointer("/info/version")?.as_str()?.to_owned();
    Some((version, routes(root)))
}

/// All operations of a document, Swagger or OpenAPI.
fn routes(root: &Value) -> Vec<Route> {
    let mut routes = Vec::new();
    for key in ["paths", "x-ms-paths"] {
        let paths = root.get(key).and_then(Value::as_object);
        for (path, item) in paths.into_iter().flatten() {
            for (method, operation) in item.as_object().into_iter().flatten() {
                if let Some(id) = operation.get("operationId").and_then(Value::as_str) {
                    routes.push(Route {
                        id: id.to_owned(),
                        method: method.to_ascii_uppercase(),
                        path: path.split('?').next().unwrap_or_default().to_owned(),
                    });
                }
            }
        }
    }
    routes
}

#[cfg(test)]
mod tests;
