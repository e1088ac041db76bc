//! Descriptions of any size, in which everything that can be many is many.

use serde_json::{Map, Value, json};

/// OpenAPI documents of so many services, with so many operations together.
pub fn openapi(services: usize, operations: usize) -> Vec<(String, Value)> {
    let each = operations / services;
    (0..services)
        .map(|service| (format!("s{service}.yaml"), openapi_document(service, each)))
        .collect()
}

fn openapi_document(service: usize, operations: usize) -> Value {
    let mut paths = Map::new();
    for number in 0..operations {
        let (path, method, mut node) = operation(number);
        let schema = |name: String| json!({"$ref": format!("#/components/schemas/{name}")});
        let content = |name: String| json!({"application/json": {"schema": schema(name)}});
        let described = "What the operation gives back.";
        node["responses"] = json!({
            "200": {"description": described, "content": content(format!("Model{number}"))},
            "default": {"$ref": "#/components/responses/Failure"},
        });
        node["parameters"] = json!([
            {"$ref": "#/components/parameters/Shared"},
            {"name": "own", "in": "query", "description": "Its own.", "schema": schema(format!("Enum{}", number / 10))},
        ]);
        if method == "put" {
            node["requestBody"] =
                json!({"required": true, "content": content(format!("Model{number}"))});
        }
        add(
            &mut paths,
            path,
            method,
            node,
            json!({"schema": {"type": "string", "pattern": "^[a-z]+$"}}),
        );
    }
    let mut schemas = Map::new();
    for number in 0..operations {
        schemas.insert(
            format!("Model{number}"),
            model(number, operations, "#/components/schemas"),
        );
        if number % 10 == 0 {
            schemas.insert(
                format!("Enum{}", number / 10),
                enumeration(&format!("Enum{}", number / 10), 20),
            );
        }
    }
    schemas.insert("Long".to_owned(), enumeration("Long", operations));
    schemas.insert("Wide".to_owned(), wide(operations));
    json!({
        "openapi": "3.0.3",
        "info": {"title": format!("Service {service}"), "version": "1"},
        "servers": [{"url": format!("https://s{service}.example")}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "parameters": {"Shared": {"name": "shared", "in": "query", "description": "Shared.", "schema": {"type": "integer"}}},
            "responses": {"Failure": {"description": "A failure.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Model0"}}}}},
        },
    })
}

/// Swagger files of so many services, with so many operations together.
pub fn swagger(services: usize, operations: usize) -> Vec<(String, Value)> {
    let each = operations / services;
    (0..services)
        .map(|service| (format!("s{service}.json"), swagger_document(service, each)))
        .collect()
}

fn swagger_document(service: usize, operations: usize) -> Value {
    let mut paths = Map::new();
    for number in 0..operations {
        let (path, method, mut node) = operation(number);
        node.as_object_mut().unwrap().shift_remove("x-settled-by");
        let schema = |name: String| json!({"$ref": format!("#/definitions/{name}")});
        node["responses"] = json!({
            "200": {"description": "Done.", "schema": schema(format!("Model{number}"))},
            "default": {"description": "Not done.", "schema": schema("Model0".to_owned())},
        });
        node["parameters"] = json!([
            {"$ref": "#/parameters/Shared"},
            // Alike in pairs, so that there is much to share.
            {"name": format!("own{}", number / 2), "in": "query", "type": "string", "description": "Its own."},
            {"name": "kind", "in": "query", "type": "string", "enum": ["a", "b"], "x-ms-enum": {"name": "Kind"}},
        ]);
        if method == "put" {
            let body = json!({"name": "body", "in": "body", "required": true, "schema": schema(format!("Model{number}"))});
            node["parameters"].as_array_mut().unwrap().push(body);
        }
        add(&mut paths, path, method, node, json!({"type": "string"}));
    }
    let mut definitions = Map::new();
    for number in 0..operations {
        definitions.insert(
            format!("Model{number}"),
            model(number, operations, "#/definitions"),
        );
    }
    definitions.insert("Long".to_owned(), enumeration("Long", operations));
    definitions.insert("Wide".to_owned(), wide(operations));
    let uses = json!({"description": "Both.", "schema": {"$ref": "#/definitions/Long"}});
    paths.insert(
        "/long".to_owned(),
        json!({"get": {"operationId": "GetLong", "responses": {"200": uses}}}),
    );
    let uses = json!({"description": "Both.", "schema": {"$ref": "#/definitions/Wide"}});
    paths.insert(
        "/wide".to_owned(),
        json!({"get": {"operationId": "GetWide", "responses": {"200": uses}}}),
    );
    json!({
        "swagger": "2.0",
        "info": {"title": format!("Service {service}"), "version": "1"},
        "host": format!("s{service}.example"),
        "paths": paths,
        "parameters": {"Shared": {"name": "shared", "in": "query", "type": "integer", "description": "Shared."}},
        "definitions": definitions,
    })
}

/// Path, method, and what Swagger and OpenAPI write alike.
fn operation(number: usize) -> (String, &'static str, Value) {
    let (collection, group) = (number / 4, number / 20);
    let (path, method) = match number % 4 {
        0 => (format!("/things{collection}/{{name}}"), "get"),
        1 => (format!("/things{collection}/{{name}}"), "put"),
        2 => (format!("/things{collection}/{{name}}"), "delete"),
        _ => (format!("/things{collection}/{{name}}/parts"), "get"),
    };
    let mut node = json!({
        "operationId": format!("Group{group}_Do{number}"),
        "summary": "Does what it is called for.",
        "description": "And says so at some length, with `code`, a [bracket] and https://a.example in it.",
    });
    if method == "delete" && number % 20 >= 2 {
        node["x-settled-by"] = json!(format!("Group{group}_Do{}", number - 2));
    }
    (path, method, node)
}

fn add(paths: &mut Map<String, Value>, path: String, method: &str, node: Value, name: Value) {
    let mut shared =
        json!({"name": "name", "in": "path", "required": true, "description": "Which one."});
    shared
        .as_object_mut()
        .unwrap()
        .extend(name.as_object().unwrap().clone());
    let item = paths
        .entry(path)
        .or_insert_with(|| json!({"parameters": [shared]}));
    item[method] = node;
}

/// A model that needs the next one, so that there is a chain through all of them.
fn model(number: usize, count: usize, schemas: &str) -> Value {
    let mut properties = Map::new();
    for member in 0..3 {
        let node = json!({"type": "string", "description": format!("Member number {member}.")});
        properties.insert(format!("member{member}"), node);
    }
    if number + 1 < count {
        properties.insert(
            "next".to_owned(),
            json!({"$ref": format!("{schemas}/Model{}", number + 1)}),
        );
    }
    let required: Vec<_> = ["member0", "next"]
        .into_iter()
        .filter(|name| properties.contains_key(*name))
        .collect();
    json!({"type": "object", "description": "A thing.", "required": required, "properties": properties})
}

fn enumeration(name: &str, count: usize) -> Value {
    let values: Vec<_> = (0..count).map(|value| format!("value{value}")).collect();
    let named = values
        .iter()
        .map(|value| json!({"value": value, "description": "One of them."}));
    let named: Vec<_> = named.collect();
    json!({"type": "string", "description": "Kinds.", "enum": values, "x-ms-enum": {"name": name, "modelAsString": true, "values": named}})
}

/// A model with many members.
fn wide(count: usize) -> Value {
    let member = |number| {
        (
            format!("member{number}"),
            json!({"type": "string", "description": "One."}),
        )
    };
    let properties: Map<_, _> = (0..count).map(member).collect();
    json!({"type": "object", "description": "Wide.", "properties": properties})
}
