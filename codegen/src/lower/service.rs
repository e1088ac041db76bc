use std::collections::BTreeMap;

use serde_json::Value;

use super::{Context, operation, parameter, response, service_name, type_def};
use crate::api::{Group, Operation, Service};
use crate::source::At;

const EXPORTS: &str = "x-runtime-exports";

pub(super) fn lower(cx: &mut Context<'_>, file: &str, root: &Value) -> Service {
    let root_at = At::file(file);
    let name = service_name(file);
    cx.origins.insert(&[&name], &root_at);
    check_components(cx, &root_at);
    let text = |pointer: &str| {
        root.pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .trim()
            .to_owned()
    };
    Service {
        document: file.to_owned(),
        title: text("/info/title"),
        api_version: text("/info/version"),
        endpoint: endpoint(cx, &root_at, root),
        scopes: scopes(root),
        exports: exports(cx, &name, &root_at, root),
        doc: text("/info/description"),
        groups: groups(operations(cx, &name, &root_at)),
        types: types(cx, &name, &root_at),
        name,
    }
}

/// Looks at shared parameters and bodies even if no operation refers to them.
fn check_components(cx: &mut Context<'_>, root_at: &At) {
    let components = root_at.child("components");
    for at in members(cx, &components.child("parameters")) {
        parameter::lower(cx, &at);
    }
    for at in members(cx, &components.child("responses")) {
        response::check(cx, &at);
    }
    for at in members(cx, &components.child("requestBodies")) {
        response::json_content(cx, &at.child("content"));
    }
}

fn members(cx: &Context<'_>, at: &At) -> Vec<At> {
    let members = cx.documents.get(at).and_then(Value::as_object);
    let keys = members.into_iter().flat_map(|members| members.keys());
    keys.map(|key| at.child(key)).collect()
}

fn endpoint(cx: &mut Context<'_>, root_at: &At, root: &Value) -> String {
    let servers = root.get("servers").and_then(Value::as_array);
    let servers = servers.map(Vec::as_slice).unwrap_or_default();
    if servers.len() > 1 {
        let help = "keep the one that the paths of the operations begin at";
        let message = "a service has one server, but here is another one";
        cx.unsupported(&root_at.child("servers").item(1), message, help);
    }
    let url = servers.first().and_then(|server| server.get("url"));
    let url = url.and_then(Value::as_str).unwrap_or_default();
    url.trim_end_matches('/').to_owned()
}

/// The scopes of the first security requirement that names any.
fn scopes(root: &Value) -> Vec<String> {
    let requirements = root.get("security").and_then(Value::as_array);
    let schemes = requirements.into_iter().flatten();
    let mut scopes = schemes
        .filter_map(Value::as_object)
        .flat_map(|schemes| schemes.values())
        .filter_map(Value::as_array)
        .filter(|scopes| !scopes.is_empty());
    let scopes = scopes.next().into_iter().flatten();
    scopes
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

/// What the generated crate is to have of the runtime at its root.
fn exports(cx: &mut Context<'_>, service: &str, root_at: &At, root: &Value) -> Vec<String> {
    let at = root_at.child(EXPORTS);
    let paths = root.get(EXPORTS).and_then(Value::as_array);
    let mut exports = Vec::new();
    for (index, path) in paths.into_iter().flatten().enumerate() {
        if let Some(path) = path.as_str() {
            cx.origins
                .insert(&[service, "exports", path], &at.item(index));
            exports.push(path.to_owned());
        }
    }
    exports
}

fn types(cx: &mut Context<'_>, service: &str, root_at: &At) -> Vec<crate::api::TypeDef> {
    let at = root_at.child("components").child("schemas");
    let schemas = cx.documents.get(&at).and_then(Value::as_object);
    let mut types = Vec::new();
    for (name, node) in schemas.into_iter().flatten() {
        let at = at.child(name);
        cx.origins.insert(&[service, "types", name], &at);
        types.extend(type_def::lower(cx, service, name, &at, node));
    }
    types
}

fn operations(cx: &mut Context<'_>, service: &str, root_at: &At) -> Vec<Operation> {
    let mut operations = Vec::new();
    for key in ["paths", "x-ms-paths"] {
        let at = root_at.child(key);
        let paths = cx.documents.get(&at).and_then(Value::as_object);
        let paths = paths.into_iter().flatten();
        for (path, node) in paths.filter(|(path, _)| !path.starts_with("x-")) {
            operations.extend(operation::lower_path(
                cx,
                service,
                &at.child(path),
                path,
                node,
            ));
        }
    }
    operations
}

/// Sorts operations into groups; inside a group the order of the description stays.
fn groups(operations: Vec<Operation>) -> Vec<Group> {
    let mut groups: BTreeMap<Option<String>, Vec<Operation>> = BTreeMap::new();
    for operation in operations {
        let name = operation.split_id().0.map(str::to_owned);
        groups.entry(name).or_default().push(operation);
    }
    let groups = groups.into_iter();
    groups
        .map(|(name, operations)| Group { name, operations })
        .collect()
}
