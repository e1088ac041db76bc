//! The Swagger files below a folder, and the examples that their operations name.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::schema;

/// The characters that stay as they are in a path.
const UNRESERVED: &str = "-._~";

/// One example, and what its document says of the operation.
pub(super) struct Example {
    /// Where it is, for people.
    pub(super) name: String,
    pub(super) operation: String,
    pub(super) parameters: Map<String, Value>,
    /// Bodies by status.
    pub(super) responses: Vec<(u16, Value)>,
    method: String,
    path: String,
    /// The declared parameters, references resolved.
    declared: Vec<Value>,
    /// The declared schemas of the responses, by status.
    schemas: BTreeMap<u16, (PathBuf, Value)>,
    file: PathBuf,
    /// Methods and paths of all operations of the document.
    literals: Vec<(String, String)>,
}

/// What an example says is sent.
pub(super) struct Expected {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: String,
    pub(super) body: Value,
}

/// All examples that operations below `root` name, in the order of the files.
pub(super) fn examples(root: &Path) -> Result<Vec<Example>, String> {
    let mut files = Vec::new();
    collect(root, &mut files)?;
    files.sort();
    let mut examples = Vec::new();
    for file in files {
        let document = schema::read(&file)?;
        if document.get("swagger").is_some() {
            add_examples(&file, &document, &mut examples)?;
        }
    }
    Ok(examples)
}

fn collect(dir: &Path, files: &mut Vec<PathBuf>) -> Result<(), String> {
    let entries = fs::read_dir(dir).map_err(|error| format!("{}: {error}", dir.display()))?;
    for entry in entries {
        let path = entry.map_err(|error| error.to_string())?.path();
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name != "examples") {
                collect(&path, files)?;
            }
        } else if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            files.push(path);
        }
    }
    Ok(())
}

fn add_examples(file: &Path, document: &Value, examples: &mut Vec<Example>) -> Result<(), String> {
    let routes = routes(document);
    for key in ["paths", "x-ms-paths"] {
        let paths = document.get(key).and_then(Value::as_object);
        for (path, item) in paths.into_iter().flatten() {
            for (method, operation) in item.as_object().into_iter().flatten() {
                let named = operation.get("x-ms-examples").and_then(Value::as_object);
                for reference in named.into_iter().flatten().map(|(_, reference)| reference) {
                    let route = (method.as_str(), path.as_str());
                    let mut example = example(file, operation, route, reference)?;
                    example.literals = routes.clone();
                    examples.push(example);
                }
            }
        }
    }
    Ok(())
}

/// Method and path of all operations.
fn routes(document: &Value) -> Vec<(String, String)> {
    let paths = document["paths"].as_object().into_iter().flatten();
    let routes = paths.flat_map(|(path, item)| {
        let methods = item.as_object().into_iter().flatten();
        methods.map(move |(method, _)| (method.to_ascii_uppercase(), path.clone()))
    });
    routes.collect()
}

fn example(
    file: &Path,
    operation: &Value,
    (method, path): (&str, &str),
    reference: &Value,
) -> Result<Example, String> {
    let (at, content) = schema::resolve(file, reference)?;
    let declared = operation["parameters"].as_array().cloned();
    let declared = declared.unwrap_or_default();
    let declared: Result<Vec<_>, _> = declared
        .iter()
        .map(|parameter| schema::resolve(file, parameter).map(|(_, parameter)| parameter))
        .collect();
    let status = |key: &String| key.parse::<u16>().ok();
    let responses = content["responses"]
        .as_object()
        .cloned()
        .unwrap_or_default();
    let described = operation["responses"]
        .as_object()
        .cloned()
        .unwrap_or_default();
    let schemas = described.iter().filter_map(|(key, response)| {
        let schema = response.get("schema")?.clone();
        Some((status(key)?, (file.to_owned(), schema)))
    });
    Ok(Example {
        name: at.display().to_string(),
        operation: operation["operationId"]
            .as_str()
            .unwrap_or_default()
            .to_owned(),
        parameters: content["parameters"]
            .as_object()
            .cloned()
            .unwrap_or_default(),
        responses: responses
            .iter()
            .filter_map(|(key, response)| {
                let body = response.get("body").cloned().unwrap_or_default();
                Some((status(key)?, body))
            })
            .collect(),
        method: method.to_ascii_uppercase(),
        path: path.split('?').next().unwrap_or_default().to_owned(),
        declared: declared?,
        schemas: schemas.collect(),
        file: file.to_owned(),
        literals: Vec::new(),
    })
}

impl Example {
    /// An argument as it stands in a URL.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        match self.parameters.get(name)? {
            Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        }
    }

    fn declared(&self, place: &str) -> impl Iterator<Item = &Value> {
        let place = place.to_owned();
        self.declared
            .iter()
            .filter(move |p| p["in"] == place.as_str())
    }

    /// The request that the example and its document describe together.
    pub(super) fn request(&self) -> Expected {
        let mut body = self.declared("body").filter_map(|parameter| {
            let name = parameter["name"].as_str()?;
            self.parameters.get(name).cloned()
        });
        Expected {
            method: self.method.clone(),
            path: self.expected_path(),
            query: self.expected_query(),
            body: body.next().unwrap_or_default(),
        }
    }

    fn expected_path(&self) -> String {
        let mut path = String::new();
        for segment in self.path.split('/').filter(|segment| !segment.is_empty()) {
            let name = segment.strip_prefix('{').and_then(|s| s.strip_suffix('}'));
            let Some(name) = name else {
                path.push_str(&format!("/{segment}"));
                continue;
            };
            let raw = self.declared("path").any(|parameter| {
                parameter["name"] == name && parameter["x-ms-skip-url-encoding"] == true
            });
            let value = self.text(name).unwrap_or_default();
            let pieces: Vec<_> = match raw {
                true => value.split('/').collect(),
                false => vec![value.as_str()],
            };
            for piece in pieces.into_iter().filter(|piece| !piece.is_empty()) {
                path.push_str(&format!("/{}", encoded(piece)));
            }
        }
        path
    }

    fn expected_query(&self) -> String {
        // Some documents forget to declare the version that all operations take.
        let declared = self.declared("query");
        let mut names: Vec<_> = declared.filter_map(|p| p["name"].as_str()).collect();
        names.push("api-version");
        names.sort_unstable();
        names.dedup();
        let pairs = names
            .iter()
            .filter_map(|name| Some(format!("{name}={}", self.text(name)?)));
        let mut pairs: Vec<_> = pairs.collect();
        pairs.sort();
        pairs.join("&")
    }

    /// In what the example breaks the schemas of its own document, or addresses another operation.
    pub(super) fn fault(&self) -> Option<String> {
        let path = self.expected_path();
        let taken = self.literals.iter().find(|(method, literal)| {
            *method == self.method && *literal != self.path && schema::spells(literal, &path)
        });
        if let Some((_, literal)) = taken {
            return Some(format!(
                "its arguments spell the path of another operation, {literal}"
            ));
        }
        for parameter in &self.declared {
            let name = parameter["name"].as_str().unwrap_or_default();
            let host = parameter["x-ms-parameter-location"] == "client";
            match self.parameters.get(name) {
                None if parameter["required"] == true && !host => {
                    return Some(format!("the required parameter `{name}` is missing"));
                }
                None => {}
                Some(value) => {
                    let schema = parameter.get("schema").unwrap_or(parameter);
                    let fault = schema::fault(&self.file, schema, value, name);
                    if fault.is_some() {
                        return fault;
                    }
                }
            }
        }
        self.responses.iter().find_map(|(status, body)| {
            let (file, schema) = self.schemas.get(status)?;
            schema::fault(file, schema, body, &format!("response {status}"))
        })
    }
}

fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte.is_ascii_alphanumeric() || UNRESERVED.contains(char::from(byte)) {
            true => encoded.push(char::from(byte)),
            false => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}
