//! One document out of a folder of them: what other generators can read.
//!
//! Components are named as they were; where several documents have one of the same name, each is
//! followed by its document. Nothing else is changed: what a document says for all of its operations (servers, security) is said at each
//! of them.

use crate::Failure;
use heck::ToUpperCamelCase;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The corrections, which are not OpenAPI.
const CORRECTIONS: &str = "overrides.yaml";

/// Where a document has paths.
const PATHS: [&str; 2] = ["paths", "x-ms-paths"];

/// The documents of a description by name, without the ending.
type Documents = BTreeMap<String, Value>;

/// Merges all documents in a folder.
///
/// # Errors
/// If a file cannot be read, or two documents say different things that their names cannot tell apart.
pub fn merge(folder: &Path) -> Result<Value, Failure> {
    let documents = read(folder)?;
    let clashes = Clashes::of(&documents);
    let mut merged = json!({
        "openapi": "3.0.3",
        "info": {"title": "Key Vault", "version": "1"},
        "paths": {},
        "components": {},
    });
    for (name, document) in &documents {
        add(&mut merged, name, document, &clashes)?;
    }
    Ok(merged)
}

/// All documents of a folder.
///
/// # Errors
/// If a file cannot be read.
pub fn read(folder: &Path) -> Result<Documents, Failure> {
    let mut documents = Documents::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_yaml = path
            .extension()
            .is_some_and(|extension| extension == "yaml");
        if is_yaml && !path.ends_with(CORRECTIONS) {
            let document = serde_yaml::from_str(&fs::read_to_string(&path)?)?;
            documents.insert(stem(&path.to_string_lossy()), document);
        }
    }
    Ok(documents)
}

/// The name of the document in a file.
fn stem(file: &str) -> String {
    let path = Path::new(file).with_extension("");
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// Names that several documents use for things of one kind.
struct Clashes(BTreeSet<(String, String)>);

impl Clashes {
    fn of(documents: &Documents) -> Self {
        let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
        for document in documents.values() {
            for (kind, name) in names(document) {
                *counts.entry((kind, name)).or_default() += 1;
            }
        }
        let several = counts.into_iter().filter(|(_, count)| *count > 1);
        Self(several.map(|(name, _)| name).collect())
    }

    fn contain(&self, kind: &str, name: &str) -> bool {
        self.0.contains(&(kind.to_owned(), name.to_owned()))
    }

    /// What a component, or an operation, of a document is called in the merged one.
    fn rename(&self, document: &str, kind: &str, name: &str) -> String {
        match self.contain(kind, name) {
            // Not as a prefix: `OperationStatus` of `security_domain` is not its `SecurityDomainOperationStatus`.
            true => format!("{name}Of{}", document.to_upper_camel_case()),
            false => name.to_owned(),
        }
    }

    /// Where a path of a document is in the merged one.
    fn route(&self, document: &str, path: &str) -> String {
        match self.contain("paths", path) {
            true => format!("/{document}{path}"),
            false => path.to_owned(),
        }
    }
}

fn names(document: &Value) -> Vec<(String, String)> {
    let mut names = Vec::new();
    for (kind, components) in members(&document["components"]) {
        names.extend(members(components).map(|(name, _)| (kind.clone(), name.clone())));
    }
    for key in PATHS {
        for (path, item) in members(&document[key]) {
            names.push(("paths".to_owned(), path.clone()));
            let ids = members(item).filter_map(|(_, operation)| operation["operationId"].as_str());
            names.extend(ids.map(|id| ("operationId".to_owned(), id.to_owned())));
        }
    }
    names
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn add(merged: &mut Value, name: &str, document: &Value, clashes: &Clashes) -> Result<(), Failure> {
    let mut document = document.clone();
    refer(&mut document, name, clashes)?;
    for key in PATHS {
        for (path, item) in members(&document[key]) {
            let mut item = item.clone();
            complete(&mut item, name, &document, clashes);
            put(&mut merged[key], &clashes.route(name, path), item)?;
        }
    }
    for (kind, components) in members(&document["components"]) {
        for (component, value) in members(components) {
            let component = clashes.rename(name, kind, component);
            put(&mut merged["components"][kind], &component, value.clone())?;
        }
    }
    Ok(())
}

/// Adds a member that must not be there yet.
fn put(to: &mut Value, name: &str, value: Value) -> Result<(), Failure> {
    if to.is_null() {
        *to = Value::Object(Map::new());
    }
    let members = to
        .as_object_mut()
        .ok_or("a description with no object where there must be one")?;
    match members.insert(name.to_owned(), value) {
        None => Ok(()),
        Some(_) => Err(format!("two documents describe {name}").into()),
    }
}

/// Says at a path what its document says for all of them.
fn complete(item: &mut Value, name: &str, document: &Value, clashes: &Clashes) {
    let Some(members) = item.as_object_mut() else {
        return;
    };
    for operation in members
        .values_mut()
        .filter(|value| value.get("responses").is_some())
    {
        if let Some(id) = operation["operationId"].as_str() {
            operation["operationId"] = clashes.rename(name, "operationId", id).into();
        }
        if operation.get("security").is_none() && !document["security"].is_null() {
            operation["security"] = document["security"].clone();
        }
        for scheme in operation
            .get_mut("security")
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten()
        {
            rename_members(scheme, |scheme| {
                clashes.rename(name, "securitySchemes", scheme)
            });
        }
    }
    if !members.contains_key("servers") && !document["servers"].is_null() {
        members.insert("servers".to_owned(), document["servers"].clone());
    }
}

fn rename_members(value: &mut Value, rename: impl Fn(&str) -> String) {
    if let Some(members) = value.as_object_mut() {
        let old = std::mem::take(members).into_iter();
        members.extend(old.map(|(name, value)| (rename(&name), value)));
    }
}

/// Points each reference at the merged document.
fn refer(value: &mut Value, document: &str, clashes: &Clashes) -> Result<(), Failure> {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get_mut("$ref") {
                *reference = target(reference, document, clashes)?;
            }
            members
                .values_mut()
                .try_for_each(|value| refer(value, document, clashes))
        }
        Value::Array(items) => items
            .iter_mut()
            .try_for_each(|value| refer(value, document, clashes)),
        _ => Ok(()),
    }
}

fn target(reference: &str, document: &str, clashes: &Clashes) -> Result<String, Failure> {
    let unknown = || format!("{document}: a reference to {reference}, which is not a component");
    let (file, pointer) = reference.split_once('#').ok_or_else(unknown)?;
    let component = pointer.strip_prefix("/components/").ok_or_else(unknown)?;
    let (kind, name) = component.split_once('/').ok_or_else(unknown)?;
    let document = match file {
        "" => document.to_owned(),
        file => stem(file),
    };
    let name = clashes.rename(&document, kind, name);
    Ok(format!("#/components/{kind}/{name}"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn document(path: &str) -> Value {
        json!({
            "servers": [{"url": path}],
            "paths": {path: {"get": {
                "operationId": "Get",
                "responses": {"200": {"schema": {"$ref": "#/components/schemas/Same"}}},
            }}},
            "components": {"schemas": {"Same": {}, path: {}}},
        })
    }

    fn merged(documents: [(&str, Value); 2]) -> Result<Value, Failure> {
        let documents = documents.map(|(name, document)| (name.to_owned(), document));
        let documents = Documents::from(documents);
        let clashes = Clashes::of(&documents);
        let mut merged = json!({});
        for (name, document) in &documents {
            add(&mut merged, name, document, &clashes)?;
        }
        Ok(merged)
    }

    #[test]
    fn what_clashes_says_whose_it_is_and_references_follow() {
        let merged = merged([("a", document("/x")), ("b_c", document("/y"))]).unwrap();
        let names: Vec<_> = members(&merged["components"]["schemas"])
            .map(|(name, _)| name)
            .collect();
        assert_eq!(names, ["SameOfA", "/x", "SameOfBC", "/y"]);
        let get = &merged["paths"]["/y"]["get"];
        assert_eq!(get["operationId"], "GetOfBC");
        let schema = &get["responses"]["200"]["schema"];
        assert_eq!(schema["$ref"], "#/components/schemas/SameOfBC");
        assert_eq!(merged["paths"]["/x"]["servers"][0]["url"], "/x");
    }

    #[test]
    fn paths_that_clash_begin_with_the_document() {
        for key in PATHS {
            let document = || json!({key: document("/x")["paths"]});
            let merged = merged([("a", document()), ("b", document())]).unwrap();
            let paths: Vec<_> = members(&merged[key]).map(|(path, _)| path).collect();
            assert_eq!(paths, ["/a/x", "/b/x"]);
        }
    }

    #[test]
    fn a_reference_into_another_document_takes_its_name() {
        let clashes = Clashes(BTreeSet::from([("schemas".to_owned(), "Same".to_owned())]));
        let target = |reference| target(reference, "a", &clashes).unwrap();
        assert_eq!(
            target("b.yaml#/components/schemas/Same"),
            "#/components/schemas/SameOfB"
        );
        assert_eq!(
            target("#/components/schemas/Own"),
            "#/components/schemas/Own"
        );
    }
}
