//! Swagger 2.0 structure -> OpenAPI 3.0.3 structure, for all files of one service.

mod operation;
mod schema;

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::prose;
use super::swagger::Reader;
use crate::api::split_id;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::budget::{self, Budget, Spent};
use crate::naming;
use crate::source::At;

/// What becomes of the files of a service.
pub(super) struct Converted {
    /// The document; none if the files hold no operation, or cannot be converted.
    pub(super) document: Option<Value>,
    /// Definitions that no operation reaches.
    pub(super) unreached: Vec<At>,
}

/// Converts the files of a service, or the named operations of them, into one document.
pub(super) fn service(
    reader: &mut Reader<'_>,
    parts: &IndexMap<String, Option<BTreeSet<String>>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Converted {
    let before = diagnostics.len();
    let mut converter = Converter {
        reader,
        diagnostics,
        parts,
        schemas: BTreeMap::new(),
        open: Vec::new(),
        claims: Vec::new(),
        claimed: BTreeSet::new(),
        referred: Budget::default(),
        operations: BTreeMap::new(),
    };
    let files: Vec<_> = parts.keys().cloned().collect();
    let document = converter.document(&files);
    let unreached = converter.unreached(&files);
    let mut found = converter.diagnostics[before..].iter();
    let sound = !found.any(Diagnostic::is_error);
    Converted {
        document: document.filter(|_| sound),
        unreached,
    }
}

/// A schema of components/schemas, and where it comes from.
struct Named {
    origin: At,
    schema: Value,
}

/// A second thing of one name, which must be equal to the first.
struct Claim {
    name: String,
    origin: At,
    schema: Option<Value>,
}

/// How many references may lead from one to the next.
const MAX_REFERENCES: usize = 64;

struct Converter<'a, 'f> {
    reader: &'a mut Reader<'f>,
    diagnostics: &'a mut Vec<Diagnostic>,
    /// The operations to take of each file; all if there is no list of them.
    parts: &'a IndexMap<String, Option<BTreeSet<String>>>,
    schemas: BTreeMap<String, Named>,
    /// Definitions that were referred to and are still to be converted.
    open: Vec<String>,
    claims: Vec<Claim>,
    /// The definitions that were claimed by a name of another one, and so are compared once.
    claimed: BTreeSet<At>,
    /// What all references together stand for.
    referred: Budget,
    /// Where operations are, by their ids, and by method and path.
    operations: BTreeMap<String, At>,
}

impl Converter<'_, '_> {
    fn node(&self, at: &At) -> Value {
        self.reader.get(at).cloned().unwrap_or_default()
    }

    fn document(&mut self, files: &[String]) -> Option<Value> {
        let mut paths = Map::new();
        let mut overloads = Map::new();
        for file in files {
            self.paths(&At::file(file).child("paths"), &mut paths);
            self.paths(&At::file(file).child("x-ms-paths"), &mut overloads);
        }
        if paths.is_empty() && overloads.is_empty() {
            return None;
        }
        self.convert_open();
        self.check_claims();
        let first = At::file(files.first()?);
        let mut root = Map::new();
        root.insert("openapi".to_owned(), json!("3.0.3"));
        root.insert("info".to_owned(), self.info(files));
        if let Some(servers) = self.servers(&first) {
            root.insert("servers".to_owned(), servers);
        }
        if let Some(security) = self.security(files, "security") {
            root.insert("security".to_owned(), security);
        }
        root.insert("paths".to_owned(), Value::Object(paths));
        if !overloads.is_empty() {
            root.insert("x-ms-paths".to_owned(), Value::Object(overloads));
        }
        root.insert("components".to_owned(), self.components(files));
        Some(Value::Object(root))
    }

    fn info(&mut self, files: &[String]) -> Value {
        let version = |converter: &Self, file: &str| {
            converter.node(&At::file(file).child("info").child("version"))
        };
        let first = version(self, &files[0]);
        for file in &files[1..] {
            if version(self, file) != first {
                let at = At::file(file).child("info").child("version");
                let message = "the files of one service have different versions";
                let other = At::file(&files[0]).child("info").child("version");
                let diagnostic = Diagnostic::new(Code::Inconsistent, at, message).value();
                let diagnostic = diagnostic.see_value(other, "the version of the first file");
                let help = "import files of one version, or each into a service of its own";
                self.diagnostics.push(diagnostic.help(help));
            }
        }
        let info = At::file(&files[0]).child("info");
        let mut converted = Map::new();
        for key in ["title", "version", "description"] {
            let value = self.node(&info.child(key));
            if !value.is_null() {
                converted.insert(key.to_owned(), value);
            }
        }
        Value::Object(converted)
    }

    /// The base URL: a template with parameters, or scheme, host and path.
    fn servers(&mut self, root: &At) -> Option<Value> {
        let host = self.node(&root.child("x-ms-parameterized-host"));
        if host.is_object() {
            return Some(self.template_server(root, &host));
        }
        let text = |key: &str| {
            let node = self.node(&root.child(key));
            node.as_str().map(str::to_owned)
        };
        let host = text("host")?;
        Some(json!([{"url": format!("https://{host}{}", self.base_path(root))}]))
    }

    /// What stands before all paths: nothing, or with a slash before it and none behind.
    fn base_path(&self, root: &At) -> String {
        let node = self.node(&root.child("basePath"));
        match node.as_str().unwrap_or_default().trim_matches('/') {
            "" => String::new(),
            base => format!("/{base}"),
        }
    }

    fn template_server(&mut self, root: &At, host: &Value) -> Value {
        let at = root.child("x-ms-parameterized-host");
        let template = host["hostTemplate"].as_str().unwrap_or_default();
        let prefix = match host.get("useSchemePrefix") {
            Some(Value::Bool(false)) => "",
            _ => "https://",
        };
        let mut variables = Map::new();
        let count = host["parameters"].as_array().map_or(0, Vec::len);
        for index in 0..count {
            let at = at.child("parameters").item(index);
            let Some((_, parameter)) = self.resolve(&at) else {
                continue;
            };
            let name = parameter["name"].as_str().unwrap_or_default().to_owned();
            let example = format!("https://{}.example", name.to_ascii_lowercase());
            let mut variable = Map::from_iter([("default".to_owned(), json!(example))]);
            if let Some(description) = parameter.get("description") {
                variable.insert("description".to_owned(), description.clone());
            }
            variables.insert(name, Value::Object(variable));
        }
        let (template, base) = (template.trim_end_matches('/'), self.base_path(root));
        json!([{"url": format!("{prefix}{template}{base}"), "variables": variables}])
    }

    /// The security requirements, or schemes, of the first file that states any.
    fn security(&self, files: &[String], key: &str) -> Option<Value> {
        let stated = files
            .iter()
            .map(|file| self.node(&At::file(file).child(key)));
        stated.into_iter().find(|node| !node.is_null())
    }

    fn components(&self, files: &[String]) -> Value {
        let schemas = self.schemas.iter();
        let mut schemas: Vec<_> = schemas
            .map(|(name, named)| (name.clone(), named.schema.clone()))
            .collect();
        schemas.sort_by_key(|(name, _)| (name.to_ascii_lowercase(), name.clone()));
        let mut components = Map::new();
        components.insert(
            "schemas".to_owned(),
            Value::Object(schemas.into_iter().collect()),
        );
        if let Some(Value::Object(schemes)) = self.security(files, "securityDefinitions") {
            let schemes = schemes
                .into_iter()
                .map(|(name, s)| (name, security_scheme(&s)));
            components.insert(
                "securitySchemes".to_owned(),
                Value::Object(schemes.collect()),
            );
        }
        Value::Object(components)
    }

    /// The node that is meant at an address, behind any references.
    fn resolve(&mut self, at: &At) -> Option<(At, Value)> {
        let (mut at, mut node) = (at.clone(), self.node(at));
        let mut passed = Vec::new();
        while let Some(reference) = node.get("$ref").and_then(Value::as_str) {
            let from = at.child("$ref");
            if passed.contains(&at) {
                let message = "the references lead in a circle";
                let diagnostic = Diagnostic::new(Code::UnknownReference, from, message).value();
                let help = "let one of the references lead to a definition";
                self.diagnostics.push(diagnostic.help(help));
                return None;
            }
            if passed.len() > MAX_REFERENCES {
                let message = format!("more than {MAX_REFERENCES} references lead on to others");
                let diagnostic = Diagnostic::new(Code::TooLarge, from, message).value();
                let help = "refer to what is meant itself";
                self.diagnostics.push(diagnostic.help(help));
                return None;
            }
            let target = self.reader.target(&from, reference, self.diagnostics)?;
            passed.push(std::mem::replace(&mut at, target));
            node = self.node(&at);
            if !self.spend(&from, &node) {
                return None;
            }
        }
        Some((at, node))
    }

    /// Notes that what a reference stands for is written once more; says whether that may be.
    fn spend(&mut self, from: &At, node: &Value) -> bool {
        let spent = self.referred.spend(node);
        if spent == Spent::JustNow {
            self.diagnostics.push(budget::too_much(from));
        }
        spent == Spent::Within
    }

    /// Converts what was referred to, and what that refers to.
    fn convert_open(&mut self) {
        while let Some(name) = self.open.pop() {
            let Some(origin) = self.schemas.get(&name).map(|named| named.origin.clone()) else {
                continue;
            };
            let schema = self.definition(&name, &origin);
            if let Some(named) = self.schemas.get_mut(&name) {
                named.schema = schema;
            }
        }
    }

    /// Two things of one name must be the same.
    fn check_claims(&mut self) {
        while let Some(Claim {
            name,
            origin,
            schema,
        }) = self.claims.pop()
        {
            let schema = match schema {
                Some(schema) => schema,
                None => self.definition(&name, &origin),
            };
            self.convert_open();
            let Some(first) = self.schemas.get(&name) else {
                continue;
            };
            if !same(&first.schema, &schema) {
                let message = format!("two different schemas are called `{name}`");
                let diagnostic = Diagnostic::new(Code::Inconsistent, origin, message);
                let diagnostic = diagnostic.see(first.origin.clone(), "the other one");
                let help =
                    "give one of them another name, or import them into services of their own";
                self.diagnostics.push(diagnostic.help(help));
            }
        }
    }

    fn unreached(&self, files: &[String]) -> Vec<At> {
        let reached: BTreeSet<_> = self.schemas.values().map(|named| &named.origin).collect();
        let mut unreached = Vec::new();
        for file in files {
            let at = At::file(file).child("definitions");
            let definitions = self.reader.get(&at).and_then(Value::as_object);
            for (name, definition) in definitions.into_iter().flatten() {
                let at = at.child(name);
                if !reached.contains(&at) && !schema::is_plain(definition) {
                    unreached.push(at);
                }
            }
        }
        unreached
    }
}

/// Whether two schemas are the same, descriptions aside; enumerations by their values alone.
fn same(a: &Value, b: &Value) -> bool {
    match (a.get("enum"), b.get("enum")) {
        (Some(a), Some(b)) => a == b,
        _ => prose::structure(a) == prose::structure(b),
    }
}

fn security_scheme(scheme: &Value) -> Value {
    let mut converted = Map::new();
    converted.insert("type".to_owned(), scheme["type"].clone());
    if let Some(description) = scheme.get("description") {
        converted.insert("description".to_owned(), description.clone());
    }
    for key in ["name", "in"] {
        if let Some(value) = scheme.get(key) {
            converted.insert(key.to_owned(), value.clone());
        }
    }
    if let Some(flow) = scheme.get("flow").and_then(Value::as_str) {
        let name = match flow {
            "application" => "clientCredentials",
            "accessCode" => "authorizationCode",
            other => other,
        };
        let keys = ["authorizationUrl", "tokenUrl", "scopes"].iter();
        let members = keys.filter_map(|key| Some(((*key).to_owned(), scheme.get(*key)?.clone())));
        let flow: Map<String, Value> = members.collect();
        converted.insert("flows".to_owned(), json!({ name: flow }));
    }
    Value::Object(converted)
}

/// Gives operations that have the Rust name of a schema another one, unless an override does.
pub(super) fn rename_clashes(document: &mut Value, file: &str, overridden: &BTreeSet<String>) {
    let schemas = document.pointer("/components/schemas");
    let schemas = schemas.and_then(Value::as_object);
    let types: BTreeSet<_> = schemas
        .into_iter()
        .flat_map(Map::keys)
        .filter_map(|name| naming::type_text(name))
        .collect();
    for key in ["paths", "x-ms-paths"] {
        let at = At::file(file).child(key);
        let paths = document.get_mut(key).and_then(Value::as_object_mut);
        for (path, item) in paths.into_iter().flatten() {
            for (method, operation) in item.as_object_mut().into_iter().flatten() {
                let at = at.child(path).child(method).child("x-ms-client-name");
                let id = operation["operationId"].as_str().unwrap_or_default();
                // Those of a group stand in a module of their own.
                let alone = split_id(id).0.is_none().then_some(id);
                let name = alone.and_then(naming::operation_text);
                let name = name.filter(|name| types.contains(name));
                if let (Some(name), Some(operation)) = (name, operation.as_object_mut())
                    && !overridden.contains(&at.to_string())
                {
                    operation
                        .entry("x-ms-client-name")
                        .or_insert_with(|| json!(format!("{name}Request")));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
