use std::path::PathBuf;

use serde_json::{Value, json};

use crate::document::{Files, yaml};
use crate::import::{Import, Part, import_from};

/// What becomes of a file.
fn imported(swagger: &Value) -> Value {
    let files = Files::in_memory([("up/things.json", swagger.to_string())]);
    let parts = vec![Part::from(PathBuf::from("up/things.json"))];
    let imported = import_from(
        &files,
        &Import {
            services: [("things".to_owned(), parts)].into(),
            spec: "spec".into(),
            keep_descriptions: false,
        },
    );
    let report = imported.report;
    assert!(!report.has_errors(), "{}", report.render(false));
    yaml::read(&imported.files[0].text).unwrap()
}

/// A file with one operation.
fn file(id: &str, parameters: Value) -> Value {
    let operation = json!({
        "operationId": id, "parameters": parameters,
        "responses": {"200": {"description": "", "schema": {"$ref": "#/definitions/Thing"}}},
    });
    json!({
        "swagger": "2.0", "info": {"title": "Things", "version": "1"},
        "paths": {"/things/{name}": {"get": operation}},
        "definitions": {"Thing": {"properties": {"a": {"type": "string"}}}},
    })
}

const GET: &str = "/paths/~1things~1{name}/get";

#[test]
fn a_parameter_of_an_operation_replaces_the_one_of_its_path() {
    let name = |max: u32| json!({"name": "name", "in": "path", "required": true, "type": "string", "maxLength": max});
    let body = |name: &str| json!({"name": name, "in": "body", "schema": {"type": "string"}});
    let other = json!({"name": "name", "in": "query", "type": "string"});
    let mut swagger = file("GetThing", json!([name(2), body("own")]));
    swagger["paths"]["/things/{name}"]["parameters"] = json!([name(1), other, body("shared")]);
    let document = imported(&swagger);
    let operation = document.pointer(GET).unwrap();
    let parameters = operation["parameters"].as_array().unwrap().iter();
    let told: Vec<_> = parameters
        .map(|p| (p["in"].as_str().unwrap(), p["schema"]["maxLength"].as_u64()))
        .collect();
    assert_eq!(told, [("query", None), ("path", Some(2))]);
    assert_eq!(operation["x-ms-requestBody-name"], "own");
}

fn path_parameter() -> Value {
    json!([{"name": "name", "in": "path", "required": true, "type": "string"}])
}

#[test]
fn a_member_that_is_said_to_be_no_secret_stays_so() {
    let mut swagger = file("GetThing", path_parameter());
    swagger["definitions"]["Thing"]["properties"] = json!({
        "password": {"type": "string", "x-ms-secret": false, "readOnly": false},
    });
    let document = imported(&swagger);
    let password = document.pointer("/components/schemas/Thing/properties/password");
    assert_eq!(
        password,
        Some(&json!({"type": "string", "x-ms-secret": false}))
    );
}

#[test]
fn only_an_operation_without_a_group_clashes_with_a_schema() {
    let name = |id: &str| {
        let mut swagger = file(id, path_parameter());
        let thing = swagger["definitions"]["Thing"].clone();
        let definitions = json!({"Thing": thing, "ThingsGet": thing, "Get": thing});
        let members =
            json!({"a": {"$ref": "#/definitions/ThingsGet"}, "b": {"$ref": "#/definitions/Get"}});
        swagger["definitions"] = definitions;
        swagger["definitions"]["Thing"]["properties"] = members;
        let document = imported(&swagger);
        document
            .pointer(&format!("{GET}/x-ms-client-name"))
            .cloned()
    };
    assert_eq!(name("Things_Get"), None);
    assert_eq!(name("ThingsGet"), Some(json!("ThingsGetRequest")));
}

#[test]
fn the_base_path_stands_behind_a_host_of_whatever_kind() {
    let parameters = json!([{"name": "base", "in": "path", "required": true, "type": "string"}]);
    let template = json!({"hostTemplate": "{base}", "parameters": parameters});
    for (key, host, base, url) in [
        ("host", json!("a.example"), "/v1/", "https://a.example/v1"),
        ("host", json!("a.example"), "/", "https://a.example"),
        (
            "x-ms-parameterized-host",
            template.clone(),
            "/v1",
            "https://{base}/v1",
        ),
        ("x-ms-parameterized-host", template, "/", "https://{base}"),
    ] {
        let mut swagger = file("GetThing", path_parameter());
        swagger[key] = host;
        swagger["basePath"] = json!(base);
        assert_eq!(imported(&swagger)["servers"][0]["url"], url);
    }
}
