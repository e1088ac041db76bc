//! Paths, operations, parameters and responses.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::Converter;
use super::schema::Place;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::At;

const METHODS: [&str; 6] = ["get", "put", "post", "delete", "head", "patch"];

/// The name under which Azure services take the version of their API.
const API_VERSION: &str = "api-version";

impl Converter<'_, '_> {
    /// Adds the paths of a file; two files may share a path, but no operation.
    pub(super) fn paths(&mut self, at: &At, paths: &mut Map<String, Value>) {
        let found = self.node(at);
        let items = found.as_object().into_iter().flatten();
        // The others are extensions, which may look like anything.
        for (path, item) in items.filter(|(path, _)| path.starts_with('/')) {
            let at = at.child(path);
            let shared = self.parameter_places(&at);
            for method in METHODS.iter().filter(|m| item.get(**m).is_some()) {
                let at = at.child(method);
                if !self.is_wanted(&at.file, &item[*method]) {
                    continue;
                }
                let operation = self.operation(&at, &shared);
                let entry = paths.entry(path.clone()).or_insert_with(|| json!({}));
                entry[*method] = operation;
                self.note(&at, item, method, path);
            }
        }
    }

    fn is_wanted(&self, file: &str, operation: &Value) -> bool {
        let only = self.parts.get(file).and_then(Option::as_ref);
        let id = operation.get("operationId").and_then(Value::as_str);
        only.is_none_or(|only| id.is_some_and(|id| only.contains(id)))
    }

    /// Notes where an operation is; what is there already has to be told apart.
    fn note(&mut self, at: &At, item: &Value, method: &str, path: &str) {
        let route = format!("{} {path}", method.to_uppercase());
        if let Some(other) = self.operations.insert(route.clone(), at.clone()) {
            let message = format!("`{route}` is described twice");
            let diagnostic = Diagnostic::new(Code::DuplicateRoute, at.clone(), message);
            let diagnostic = diagnostic.see(other, "the first one");
            let help = "import the two files into services of their own";
            return self.diagnostics.push(diagnostic.help(help));
        }
        let id = item[method]["operationId"].as_str().unwrap_or_default();
        let at = at.child("operationId");
        if let Some(other) = self.operations.insert(id.to_owned(), at.clone()) {
            let message = format!("two operations have the id `{id}`");
            let diagnostic = Diagnostic::new(Code::DuplicateOperation, at, message).value();
            let diagnostic = diagnostic.see_value(other, "the first one");
            let help = "give one of the two another `operationId`, or import the two files into \
                        services of their own";
            self.diagnostics.push(diagnostic.help(help));
        }
    }

    /// The addresses of the items of `parameters`.
    fn parameter_places(&self, at: &At) -> Vec<At> {
        let at = at.child("parameters");
        let list = self.reader.get(&at).and_then(Value::as_array);
        (0..list.map_or(0, Vec::len))
            .map(|index| at.item(index))
            .collect()
    }

    fn operation(&mut self, at: &At, shared: &[At]) -> Value {
        let node = self.node(at);
        self.check_media_types(at, &node);
        let mut converted = Map::new();
        for key in [
            "operationId",
            "summary",
            "description",
            "deprecated",
            "x-ms-client-name",
            "x-ms-long-running-operation",
        ] {
            if let Some(value) = node.get(key) {
                converted.insert(key.to_owned(), value.clone());
            }
        }
        self.inputs(at, shared, &mut converted);
        let responses = self.responses(at, &node);
        converted.insert("responses".to_owned(), responses);
        if let Some(pageable) = node.get("x-ms-pageable").and_then(Value::as_object) {
            converted.insert("x-ms-pageable".to_owned(), paging(pageable));
        }
        let key = "x-ms-long-running-operation-options";
        if let Some(via) = node.get(key).and_then(|o| o.get("final-state-via")) {
            converted.insert(key.to_owned(), json!({"final-state-via": via}));
        }
        Value::Object(converted)
    }

    fn check_media_types(&mut self, at: &At, node: &Value) {
        for key in ["consumes", "produces"] {
            let types = node.get(key).and_then(Value::as_array);
            let json = |ty: &Value| {
                ty.as_str()
                    .is_some_and(|t| t.starts_with("application/json"))
            };
            if types.is_some_and(|types| !types.is_empty() && !types.iter().any(json)) {
                let message = format!("`{key}` does not list `application/json`");
                let diagnostic = Diagnostic::new(Code::Unsupported, at.child(key), message);
                let help = "add it if the service takes JSON as well; only bodies of JSON can be \
                            imported";
                self.diagnostics.push(diagnostic.value().help(help));
            }
        }
    }

    fn inputs(&mut self, at: &At, shared: &[At], converted: &mut Map<String, Value>) {
        let id = converted.get("operationId").and_then(Value::as_str);
        let id = id.unwrap_or_default().to_owned();
        let own = self.parameter_places(at);
        let own: Vec<_> = own.iter().filter_map(|at| self.resolve(at)).collect();
        let replaced: HashSet<_> = own.iter().map(|(_, node)| identity(node)).collect();
        let shared: Vec<_> = shared.iter().filter_map(|at| self.resolve(at)).collect();
        let shared = shared
            .iter()
            .filter(|(_, node)| !replaced.contains(&identity(node)));
        let mut parameters = Vec::new();
        for (at, node) in shared.chain(&own) {
            if node["in"] == "body" {
                let name = node["name"].clone();
                converted.insert("x-ms-requestBody-name".to_owned(), name);
                let body = self.body(at, node);
                converted.insert("requestBody".to_owned(), body);
            } else {
                parameters.push(self.parameter(&id, at, node));
            }
        }
        if !parameters.is_empty() {
            converted.insert("parameters".to_owned(), Value::Array(parameters));
        }
    }

    fn body(&mut self, at: &At, node: &Value) -> Value {
        let schema = self.schema(&at.child("schema"), Place::Other("Body"));
        let mut body = Map::new();
        if node.get("required") == Some(&Value::Bool(true)) {
            body.insert("required".to_owned(), json!(true));
        }
        if let Some(description) = node.get("description") {
            body.insert("description".to_owned(), description.clone());
        }
        body.insert("content".to_owned(), json_content(schema));
        Value::Object(body)
    }

    fn parameter(&mut self, id: &str, at: &At, node: &Value) -> Value {
        if node["name"] == API_VERSION && node["in"] == "query" && node.get("enum").is_none() {
            return api_version(node);
        }
        let mut converted = Map::new();
        for key in [
            "name",
            "in",
            "description",
            "x-ms-client-name",
            "x-ms-secret",
        ] {
            if let Some(value) = node.get(key) {
                converted.insert(key.to_owned(), value.clone());
            }
        }
        for key in ["required", "x-ms-skip-url-encoding"] {
            if node.get(key) == Some(&Value::Bool(true)) {
                converted.insert(key.to_owned(), json!(true));
            }
        }
        let name = node["name"].as_str().unwrap_or_default();
        let parent = format!("{id}_{name}");
        let schema = self.schema_of(at, node, Place::Parameter(&parent));
        converted.insert("schema".to_owned(), schema);
        Value::Object(converted)
    }

    fn responses(&mut self, at: &At, node: &Value) -> Value {
        let at = at.child("responses");
        let statuses = node["responses"].as_object();
        let statuses = statuses.into_iter().flat_map(Map::keys);
        let mut converted = Map::new();
        for status in statuses.filter(|status| !status.starts_with("x-")) {
            if let Some((at, node)) = self.resolve(&at.child(status)) {
                let response = self.response(&at, &node);
                converted.insert(status.clone(), response);
            }
        }
        Value::Object(converted)
    }

    fn response(&mut self, at: &At, node: &Value) -> Value {
        let mut converted = Map::new();
        converted.insert("description".to_owned(), node["description"].clone());
        if let Some(headers) = node.get("headers").and_then(Value::as_object) {
            let headers = headers.iter().map(|(name, node)| {
                let at = at.child("headers").child(name);
                let mut header = Map::new();
                if let Some(description) = node.get("description") {
                    header.insert("description".to_owned(), description.clone());
                }
                let schema = self.schema_of(&at, node, Place::Parameter(name));
                header.insert("schema".to_owned(), schema);
                (name.clone(), Value::Object(header))
            });
            converted.insert("headers".to_owned(), Value::Object(headers.collect()));
        }
        if node.get("schema").is_some() {
            let schema = self.schema(&at.child("schema"), Place::Other("Response"));
            converted.insert("content".to_owned(), json_content(schema));
        }
        if node.get("x-ms-error-response") == Some(&Value::Bool(true)) {
            converted.insert("x-ms-error-response".to_owned(), json!(true));
        }
        Value::Object(converted)
    }
}

/// What tells a parameter from others of an operation. There is one body, whatever it is called.
fn identity(node: &Value) -> (&Value, &Value) {
    match node["in"] == "body" {
        true => (&Value::Null, &node["in"]),
        false => (&node["name"], &node["in"]),
    }
}

fn json_content(schema: Value) -> Value {
    json!({"application/json": {"schema": schema}})
}

/// The one form of the parameter that every operation has.
fn api_version(node: &Value) -> Value {
    let mut converted = json!({
        "name": API_VERSION,
        "in": "query",
        "required": true,
        "x-ms-parameter-location": "client",
        "schema": {"type": "string", "minLength": 1},
    });
    if let Some(description) = node.get("description") {
        converted["description"] = description.clone();
    }
    converted
}

fn paging(pageable: &Map<String, Value>) -> Value {
    let next_link = pageable.get("nextLinkName").cloned().unwrap_or_default();
    let item = pageable.get("itemName").cloned();
    json!({"nextLinkName": next_link, "itemName": item.unwrap_or_else(|| json!("value"))})
}
