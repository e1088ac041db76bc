//! What a node belongs to, by the name that people know it by.

use crate::source::{Pointer, Source};

/// What a node is part of, such as `in the operation GetThing`.
pub(super) fn of(pointer: &Pointer, source: &Source) -> Option<String> {
    let keys: Vec<_> = pointer.keys().collect();
    let keys: Vec<_> = keys.iter().map(AsRef::as_ref).collect();
    match keys.as_slice() {
        ["components", kind, name, ..] => Some(format!("in the {} {name}", singular(kind)?)),
        ["definitions", name, ..] => Some(format!("in the schema {name}")),
        [kind @ ("parameters" | "responses"), name, ..] => {
            Some(format!("in the {} {name}", singular(kind)?))
        }
        [paths @ ("paths" | "x-ms-paths"), path, rest @ ..] => {
            let item = Pointer::default().child(paths).child(path);
            Some(match rest {
                ["parameters", index, ..] => {
                    let name = parameter(&item, index, source);
                    format!("in {name} of the path {path}")
                }
                [] => format!("in the path {path}"),
                [method, rest @ ..] => operation(&item.child(method), path, method, rest, source),
            })
        }
        _ => None,
    }
}

fn operation(at: &Pointer, path: &str, method: &str, rest: &[&str], source: &Source) -> String {
    let operation = match source.name(&at.child("operationId")) {
        Some(id) => format!("the operation {id}"),
        None => format!("the operation {} {path}", method.to_uppercase()),
    };
    match rest {
        ["parameters", index, ..] => {
            let name = parameter(at, index, source);
            format!("in {name} of {operation}")
        }
        _ => format!("in {operation}"),
    }
}

fn parameter(around: &Pointer, index: &str, source: &Source) -> String {
    let at = around.child("parameters").child(index);
    match source.name(&at.child("name")) {
        Some(name) => format!("the parameter {name}"),
        None => "a parameter".to_owned(),
    }
}

fn singular(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "schemas" => "schema",
        "parameters" => "parameter",
        "responses" => "response",
        "requestBodies" => "request body",
        "headers" => "header",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::of;
    use crate::source::{Pointer, Source};

    const YAML: &str = "\
paths:
  /a:
    parameters: [{name: p}]
    get: {operationId: GetA, parameters: [{name: q}, {$ref: x}], responses: {}}
    put: {}
";

    fn scope(pointer: &str) -> Option<String> {
        let source = Source::new("a.yaml".to_owned(), YAML.to_owned());
        of(&Pointer::parse(pointer).unwrap(), &source)
    }

    #[test]
    fn operations_and_parameters_are_named() {
        for (pointer, expected) in [
            ("/paths/~1a", "in the path /a"),
            (
                "/paths/~1a/parameters/0/in",
                "in the parameter p of the path /a",
            ),
            ("/paths/~1a/get/responses", "in the operation GetA"),
            (
                "/paths/~1a/get/parameters/0",
                "in the parameter q of the operation GetA",
            ),
            (
                "/paths/~1a/get/parameters/1",
                "in a parameter of the operation GetA",
            ),
            ("/paths/~1a/put", "in the operation PUT /a"),
            ("/components/schemas/Thing/type", "in the schema Thing"),
            ("/definitions/Thing/type", "in the schema Thing"),
            ("/parameters/p/type", "in the parameter p"),
        ] {
            assert_eq!(scope(pointer).as_deref(), Some(expected));
        }
    }

    #[test]
    fn what_belongs_to_the_whole_document_has_no_scope() {
        assert_eq!(scope("/info/title"), None);
        assert_eq!(scope("/components/examples/x"), None);
        assert_eq!(scope(""), None);
    }
}
