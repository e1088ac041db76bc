//! What becomes of our words when upstream changes the form of things.

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::super::prose::missing;
use super::carry;

fn present(old: Value) -> IndexMap<String, Value> {
    IndexMap::from([("a.yaml".to_owned(), old)])
}

#[test]
fn prose_follows_the_thing_it_describes() {
    let old = json!({"components": {"parameters": {"A": {"name": "a", "in": "query", "description": "An a."}},
        "schemas": {"S": {"description": "An S.", "properties": {
            "description": {"type": "string", "description": "Text of it."},
            "gone": {"type": "string", "description": "Gone."}
        }, "x-ms-enum": {"values": [{"value": "x", "description": "An x."}]}}}}});
    let mut new = json!({"components": {"parameters": {"A": {"name": "a", "in": "query"}},
        "schemas": {"S": {"properties": {"description": {"type": "string"}, "new": {"type": "string"}},
            "x-ms-enum": {"values": [{"value": "w"}, {"value": "x"}]}}}}});
    let removed = carry(&mut new, &present(old), "a.yaml");
    assert_eq!(removed[0].1, "Gone.");
    let removed = removed.into_iter().map(|(at, _)| at).collect();
    let pointers = |places: Vec<crate::source::At>| {
        let pointers = places.into_iter().map(|at| at.pointer.to_string());
        pointers.collect::<Vec<_>>()
    };
    let schema = new.pointer("/components/schemas/S").unwrap();
    assert_eq!(schema["description"], "An S.");
    assert_eq!(
        schema["properties"]["description"]["description"],
        "Text of it."
    );
    assert_eq!(schema["x-ms-enum"]["values"][1]["description"], "An x.");
    assert_eq!(new["components"]["parameters"]["A"]["description"], "An a.");
    assert_eq!(pointers(removed), ["/components/schemas/S/properties/gone"]);
    assert_eq!(
        pointers(missing(&new, "a.yaml")),
        [
            "/components/schemas/S/properties/new",
            "/components/schemas/S/x-ms-enum/values/0"
        ]
    );
}

#[test]
fn what_the_crate_exports_stays() {
    let exports = json!(["client::Credential"]);
    let (new, gone) = carried(
        json!({"openapi": "3.0.3", "paths": {}}),
        json!({"openapi": "3.0.3", "x-runtime-exports": exports, "paths": {}}),
    );
    assert_eq!(new["x-runtime-exports"], exports);
    assert_eq!(gone, [""; 0]);
}

/// What becomes of `new`, and the texts that are gone.
fn carried(mut new: Value, old: Value) -> (Value, Vec<String>) {
    let gone = carry(&mut new, &present(old), "a.yaml");
    (new, gone.into_iter().map(|(_, text)| text).collect())
}

fn text<'a>(document: &'a Value, pointer: &str) -> &'a str {
    let node = document.pointer(pointer).unwrap();
    node["description"].as_str().unwrap_or_default()
}

fn operation(path: &str, operation: Value) -> Value {
    json!({path: {"get": operation}})
}

#[test]
fn an_operation_takes_its_words_along() {
    let answer = |text: &str| {
        json!({"202": {"description": text, "headers": {
            "Retry-After": {"description": text}
        }}})
    };
    let mut bare = answer("");
    bare["202"]["headers"] = json!({"retry-after": {}});
    let ours = json!({"operationId": "A", "summary": "Reads.", "x-idempotent": true,
        "parameters": [{"name": "n", "in": "path", "description": "A name."}],
        "requestBody": {"description": "A body."}, "responses": answer("Soon.")});
    let theirs = json!({"operationId": "A", "parameters": [{"name": "m", "in": "path"}],
        "requestBody": {}, "responses": bare});
    let mut other = theirs.clone();
    other["operationId"] = json!("B");
    // Another path, another id: either is the operation that it was.
    for (path, new) in [("/b/{m}", theirs), ("/a/{m}", other)] {
        let mut new = operation(path, new);
        // With another path, the name is what is left to know a parameter by.
        if path == "/b/{m}" {
            new[path]["get"]["parameters"][0]["name"] = json!("n");
        }
        let old = json!({"paths": operation("/a/{n}", ours.clone())});
        let (new, gone) = carried(json!({"paths": new}), old);
        let new = &new["paths"][path]["get"];
        assert_eq!(new["summary"], "Reads.");
        assert_eq!(new["x-idempotent"], true);
        assert_eq!(text(new, "/parameters/0"), "A name.");
        assert_eq!(text(new, "/requestBody"), "A body.");
        assert_eq!(text(new, "/responses/202"), "Soon.");
        assert_eq!(text(new, "/responses/202/headers/retry-after"), "Soon.");
        assert_eq!(gone, [""; 0]);
    }
}

#[test]
fn another_operation_in_its_place_does_not_get_its_words() {
    let ours = json!({"operationId": "A", "description": "Reads."});
    let mut new = operation("/b", json!({"operationId": "A"}));
    new["/a"] = json!({"get": {"operationId": "B"}});
    let old = json!({"paths": operation("/a", ours)});
    let (new, gone) = carried(json!({"paths": new}), old);
    assert_eq!(text(&new, "/paths/~1b/get"), "Reads.");
    assert_eq!(text(&new, "/paths/~1a/get"), "");
    assert_eq!(gone, [""; 0]);
}

#[test]
fn a_parameter_keeps_its_words_inline_and_shared() {
    let whole = |parameter: Value, shared: Value| {
        let operation = operation("/a", json!({"operationId": "A", "parameters": [parameter]}));
        json!({"paths": operation, "components": {"parameters": shared}})
    };
    let reference = json!({"$ref": "#/components/parameters/N"});
    let bare = json!({"name": "n", "in": "query"});
    let mut described = bare.clone();
    described["description"] = json!("An n.");
    let shared = whole(reference.clone(), json!({"N": described}));
    let inline = whole(described, json!({}));
    let (new, gone) = carried(whole(bare.clone(), json!({})), shared);
    assert_eq!(text(&new, "/paths/~1a/get/parameters/0"), "An n.");
    assert_eq!(gone, [""; 0]);
    let (new, gone) = carried(whole(reference, json!({"N": bare})), inline);
    assert_eq!(text(&new, "/components/parameters/N"), "An n.");
    assert_eq!(gone, [""; 0]);
}

fn schemas(schemas: Value) -> Value {
    json!({"components": {"schemas": schemas}})
}

#[test]
fn an_inherited_member_keeps_its_words_where_it_is_spread_and_back() {
    let inherited = |text: &str| {
        schemas(json!({
            "Parent": {"properties": {"a": {"description": text}}},
            "Child": {"allOf": [{"$ref": "#/components/schemas/Parent"}, {"properties": {
                "b": {"description": text}
            }}]}
        }))
    };
    let own = |text: &str| {
        schemas(json!({"Child": {"properties": {
            "a": {"description": text}, "b": {"description": text}
        }}}))
    };
    let (new, gone) = carried(own(""), inherited("Ours."));
    for member in ["a", "b"] {
        let at = format!("/components/schemas/Child/properties/{member}");
        assert_eq!(text(&new, &at), "Ours.");
    }
    assert_eq!(gone, [""; 0]);
    let (new, gone) = carried(inherited(""), own("Ours."));
    assert_eq!(
        text(&new, "/components/schemas/Parent/properties/a"),
        "Ours."
    );
    let b = "/components/schemas/Child/allOf/1/properties/b";
    assert_eq!(text(&new, b), "Ours.");
    assert_eq!(gone, [""; 0]);
}

#[test]
fn a_parent_says_what_most_of_its_children_said_unless_it_said_something() {
    let child = |text: &str| json!({"properties": {"a": {"description": text}}});
    let heir = || json!({"allOf": [{"$ref": "#/components/schemas/Parent"}]});
    let new = schemas(json!({"Parent": {"properties": {"a": {}}},
        "A": heir(), "B": heir(), "C": heir()}));
    let old = |more: Value| {
        let mut all = json!({"A": child("One."), "B": child("Two."), "C": child("Two.")});
        all.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        schemas(all)
    };
    let at = "/components/schemas/Parent/properties/a";
    let (carried_new, gone) = carried(new.clone(), old(json!({})));
    assert_eq!(text(&carried_new, at), "Two.");
    assert_eq!(gone, ["One."]);
    let (carried_new, gone) = carried(new, old(json!({"Parent": child("Three.")})));
    assert_eq!(text(&carried_new, at), "Three.");
    assert_eq!(gone, ["One.", "Two.", "Two."]);
}

/// A member of the one type, and the type: an enumeration of two values.
fn enumeration(name: &str, texts: [&str; 2], ours: [&str; 3]) -> Value {
    let reference = format!("#/components/schemas/{name}");
    schemas(json!({
        "S": {"properties": {"e": {"allOf": [{"$ref": reference}]}}},
        name: {"enum": texts, "description": ours[0], "x-ms-enum": {"name": name, "values": [
            {"value": texts[0], "description": ours[1]},
            {"value": texts[1], "description": ours[2]}
        ]}}
    }))
}

#[test]
fn a_renamed_enumeration_keeps_its_words_and_those_of_its_values() {
    let old = enumeration("Old", ["x", "y"], ["An enumeration.", "An x.", "A y."]);
    let (new, gone) = carried(enumeration("New", ["y", "z"], [""; 3]), old.clone());
    let at = "/components/schemas/New";
    assert_eq!(text(&new, at), "An enumeration.");
    assert_eq!(text(&new, &format!("{at}/x-ms-enum/values/0")), "A y.");
    assert_eq!(text(&new, &format!("{at}/x-ms-enum/values/1")), "");
    assert_eq!(gone, ["An x."]);
    // Of the same use, but nothing alike.
    let (new, gone) = carried(enumeration("New", ["p", "q"], [""; 3]), old);
    assert_eq!(text(&new, at), "");
    assert_eq!(gone.len(), 3);
}

#[test]
fn what_looks_the_same_is_the_same_if_nothing_else_does() {
    let schema = |text: &str| json!({"description": text, "properties": {"a": {}}});
    let old = schemas(json!({"Old": schema("Ours.")}));
    let (new, gone) = carried(schemas(json!({"New": schema("")})), old.clone());
    assert_eq!(text(&new, "/components/schemas/New"), "Ours.");
    assert_eq!(gone, [""; 0]);
    let two = schemas(json!({"New": schema(""), "Too": schema("")}));
    let (new, gone) = carried(two, old);
    assert_eq!(text(&new, "/components/schemas/New"), "");
    assert_eq!(gone, ["Ours."]);
}

#[test]
fn what_became_one_with_another_is_not_gone_if_that_says_the_same() {
    let uses = |a: &str, b: &str| {
        let of = |name: &str| json!({"allOf": [{"$ref": format!("#/components/schemas/{name}")}]});
        json!({"properties": {"a": of(a), "b": of(b)}})
    };
    let schema = |text: &str| json!({"properties": {"m": {"description": text}}});
    let new = schemas(json!({"S": uses("A", "A"), "A": schema("")}));
    let old = |b: &str| schemas(json!({"S": uses("A", "B"), "A": schema("M."), "B": schema(b)}));
    assert_eq!(carried(new.clone(), old("M.")).1, [""; 0]);
    assert_eq!(carried(new, old("Another.")).1, ["Another."]);
}

#[test]
fn what_was_split_off_has_the_words_of_its_members_alone() {
    let of = |name: &str| json!({"allOf": [{"$ref": format!("#/components/schemas/{name}")}]});
    let whole =
        |text: &str| json!({"description": text, "properties": {"m": {"description": text}}});
    let uses = |b: &str| json!({"properties": {"a": of("A"), "b": of(b)}});
    let mut part = whole("");
    part["properties"]["n"] = json!({});
    let new = schemas(json!({"S": uses("B"), "A": whole(""), "B": part}));
    let (new, gone) = carried(new, schemas(json!({"S": uses("A"), "A": whole("Ours.")})));
    assert_eq!(text(&new, "/components/schemas/B"), "");
    assert_eq!(text(&new, "/components/schemas/B/properties/m"), "Ours.");
    assert_eq!(gone, [""; 0]);
}

#[test]
fn what_a_thing_said_itself_counts_more_than_what_its_heirs_said() {
    let heir = |parent: &str, own: Value| {
        let reference = format!("#/components/schemas/{parent}");
        json!({"allOf": [{"$ref": reference}, {"properties": own}]})
    };
    let own = json!({"a": {"description": "Mine."}});
    let old = schemas(
        json!({"Base": {"properties": {"a": {"description": "Of all."}}},
        "A": heir("Base", own.clone()), "B": heir("Base", own)}),
    );
    let new = schemas(json!({"Parent": {"properties": {"a": {}}},
        "A": heir("Parent", json!({})), "B": heir("Parent", json!({}))}));
    let (new, gone) = carried(new, old);
    assert_eq!(
        text(&new, "/components/schemas/Parent/properties/a"),
        "Of all."
    );
    assert_eq!(gone, ["Mine.", "Mine."]);
}

#[test]
fn its_own_place_counts_more_than_its_uses() {
    let operation =
        |id: &str, parameter: Value| json!({"get": {"operationId": id, "parameters": [parameter]}});
    let whole = |parameters: [Value; 3], shared: Value| {
        let [a, b, c] = parameters;
        let paths =
            json!({"/a": operation("A", a), "/b": operation("B", b), "/c": operation("C", c)});
        json!({"paths": paths, "components": {"parameters": {"N": shared}}})
    };
    let reference = || json!({"$ref": "#/components/parameters/N"});
    let n = |text: &str| json!({"name": "n", "in": "query", "description": text});
    let old = whole([reference(), n("Other."), n("Other.")], n("An n."));
    let new = whole([reference(), reference(), reference()], n(""));
    let (new, gone) = carried(new, old);
    assert_eq!(text(&new, "/components/parameters/N"), "An n.");
    assert_eq!(gone, ["Other.", "Other."]);
}
