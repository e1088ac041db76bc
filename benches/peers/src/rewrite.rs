//! What a generator does not read is taken out of its description, and counted.

use crate::generator::Generator;
use serde_json::{Map, Value};

/// What was done to a description for one generator, in words.
pub type Notes = Vec<String>;

/// Takes out what the generator does not read.
pub fn rewrite(generator: Generator, document: &mut Value) -> Notes {
    let mut notes = vec![note(
        "leaves out",
        paths_of_our_own(document),
        "operation of `x-ms-paths`",
    )];
    match generator {
        Generator::Ours => notes.clear(),
        Generator::Progenitor => {
            let (split, dropped) = one_success(document);
            notes.push(note("reads", split, "`default` answer as `4XX` and `5XX`"));
            notes.push(note("drops", dropped, "successful answer of a second type"));
        }
        Generator::Oas3Gen | Generator::OpenapiToRust => {}
    }
    notes
}

fn note(what: &str, count: usize, of_what: &str) -> String {
    format!("{what} {count} × {of_what}")
}

/// An extension that tells operations of one path apart.
fn paths_of_our_own(document: &mut Value) -> usize {
    let own = document
        .as_object_mut()
        .and_then(|members| members.remove("x-ms-paths"));
    own.and_then(|own| own.as_object().map(Map::len))
        .unwrap_or(0)
}

/// Leaves each operation one type of success: the first one with a body. `default` would be one, too.
fn one_success(document: &mut Value) -> (usize, usize) {
    let (mut split, mut dropped) = (0, 0);
    for answers in answers(document) {
        if let Some(default) = answers.remove("default") {
            answers.insert("4XX".to_owned(), default.clone());
            answers.insert("5XX".to_owned(), default);
            split += 1;
        }
        let before = answers.len();
        let kept = answers.values().map(body).find(|body| !body.is_null());
        let kept = kept.unwrap_or_default();
        answers.retain(|code, answer| {
            !code.starts_with('2') || body(answer) == kept || kept.is_null()
        });
        dropped += before - answers.len();
    }
    (split, dropped)
}

/// The answers of all operations.
fn answers(document: &mut Value) -> impl Iterator<Item = &mut Map<String, Value>> {
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    let items = paths.into_iter().flat_map(Map::values_mut);
    let operations = items
        .filter_map(Value::as_object_mut)
        .flat_map(Map::values_mut);
    operations.filter_map(|operation| operation.get_mut("responses")?.as_object_mut())
}

fn body(answer: &Value) -> Value {
    answer["content"]["application/json"]["schema"].clone()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn answer(schema: &str) -> Value {
        json!({"content": {"application/json": {"schema": schema}}})
    }

    #[test]
    fn progenitor_reads_one_type_of_success() {
        let several =
            json!({"200": answer("a"), "201": answer("a"), "202": {}, "default": answer("e")});
        let one = json!({"204": {}});
        let mut document =
            json!({"paths": {"/x": {"get": {"responses": several}, "put": {"responses": one}}}});
        assert_eq!(one_success(&mut document), (1, 1));
        let left =
            json!({"200": answer("a"), "201": answer("a"), "4XX": answer("e"), "5XX": answer("e")});
        assert_eq!(document["paths"]["/x"]["get"]["responses"], left);
        assert_eq!(document["paths"]["/x"]["put"]["responses"], one);
    }

    #[test]
    fn operations_of_an_extension_are_counted() {
        let mut document = json!({"x-ms-paths": {"/x?y": {}}, "paths": {}});
        assert_eq!(paths_of_our_own(&mut document), 1);
        assert_eq!(document, json!({"paths": {}}));
    }
}
