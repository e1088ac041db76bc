//! Descriptions in which everything has a name that Rust, or emitted code, has a use for.

use serde_json::{Value, json};

use super::words::TAKEN;

/// A document for each name, by file name.
pub fn documents() -> Vec<(String, Value)> {
    let documents = TAKEN.iter().enumerate();
    documents
        .map(|(number, name)| (format!("n{number}.yaml"), document(name)))
        .collect()
}

fn document(name: &str) -> Value {
    let thing = json!({"$ref": "#/components/schemas/Thing"});
    let content = json!({"application/json": {"schema": thing}});
    let text = json!({"type": "string"});
    let parameter = |name: &str, required: bool| json!({"name": name, "in": "query", "required": required, "schema": text});
    let responses = json!({"200": {"description": "", "content": content}});
    json!({
        "openapi": "3.0.3",
        "info": {"title": name, "version": name},
        "servers": [{"url": "https://a.example"}],
        "paths": {
            "/required": {"put": {
                "operationId": format!("{name}_Put"),
                "parameters": [parameter(name, true)],
                "x-ms-requestBody-name": format!("{name}-body"),
                "requestBody": {"required": true, "content": content},
                "responses": responses,
            }},
            "/optional": {"post": {
                "operationId": "Group_Post",
                "x-ms-client-name": format!("do {name}"),
                "parameters": [parameter(name, false)],
                "x-ms-requestBody-name": format!("the {name}"),
                "requestBody": {"content": content},
                "responses": responses,
            }},
            "/pages": {"get": {
                "operationId": "Group_List",
                "x-ms-pageable": {"nextLinkName": "next", "itemName": name},
                "responses": responses,
            }},
        },
        "components": {"schemas": {
            "Thing": {"type": "object", "required": ["must"], "properties": {
                "must": text,
                "next": text,
                name: {"type": "array", "items": {"$ref": "#/components/schemas/Values"}},
            }},
            "Values": {"type": "string", "enum": [name, "other"]},
            format!("{name}Type"): {"type": "object", "required": [name], "properties": {name: text}},
        }},
    })
}
