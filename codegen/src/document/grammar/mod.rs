//! Checks a document against the grammar of OpenAPI 3.0.3, as far as the generator speaks it.
//!
//! Checking it here keeps two promises: no key is silently ignored, and a document that passes
//! reads into the typed model of the next stage, whose own errors have no place.

mod advice;
mod keywords;
mod style;
mod swagger;
mod tables;

use serde_json::{Map, Value};

use self::tables::{HEADER, Kind, PARAMETER, ROOT, Rule, SCHEMA, SCHEMA_OR_REF, TEXT};
use crate::diagnostic::{Code, Diagnostic, did_you_mean, nearest};
use crate::source::At;

/// How deep a document may nest before it is refused.
const MAX_DEPTH: usize = 64;

/// Checks one document; what breaks the grammar becomes a diagnostic. Says whether it can be looked at
/// any further.
pub(super) fn check(file: &str, root: &Value, diagnostics: &mut Vec<Diagnostic>) -> bool {
    let mut checker = Checker {
        diagnostics,
        depth: 0,
        too_deep: false,
    };
    let at = At::file(file);
    if !checker.version(&at, root) {
        return false;
    }
    checker.node(&at, root, &Kind::Object(&ROOT));
    !checker.too_deep
}

/// Checks a file of Swagger 2.0; says whether it is sound.
pub(crate) fn check_swagger(file: &str, root: &Value, diagnostics: &mut Vec<Diagnostic>) -> bool {
    let mut found = Vec::new();
    let mut checker = Checker {
        diagnostics: &mut found,
        depth: 0,
        too_deep: false,
    };
    let at = At::file(file);
    if checker.swagger_version(&at, root) {
        checker.node(&at, root, &Kind::Object(&swagger::ROOT));
    }
    let sound = !found.iter().any(Diagnostic::is_error);
    diagnostics.extend(found);
    sound
}

struct Checker<'a> {
    diagnostics: &'a mut Vec<Diagnostic>,
    depth: usize,
    too_deep: bool,
}

impl Checker<'_> {
    fn report(&mut self, code: Code, at: &At, message: impl Into<String>, help: impl Into<String>) {
        self.push(Diagnostic::new(code, at.clone(), message).help(help));
    }

    fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Only a document of our version is worth a closer look.
    fn version(&mut self, at: &At, root: &Value) -> bool {
        let version = root.get("openapi").and_then(Value::as_str);
        if version.is_some_and(|v| v == "3.0" || v.starts_with("3.0.")) {
            return true;
        }
        let write = "write the document in OpenAPI 3.0.3, with `openapi: 3.0.3` at its top";
        let wrong =
            |at: At, message: String| Diagnostic::new(Code::UnsupportedVersion, at, message);
        let key = at.child("openapi");
        self.push(match (root.get("openapi"), root.get("swagger")) {
            (Some(Value::String(v)), _) => {
                let message = format!("OpenAPI {} is not supported, only 3.0", brief(v));
                wrong(key, message).value().help(write)
            }
            (Some(found), _) => {
                let message = format!("`openapi` is {}, but must be a text", kind_name(found));
                wrong(key, message).value().help("write `openapi: 3.0.3`")
            }
            (None, Some(_)) => {
                let message = "this is a Swagger file, not an OpenAPI 3.0 document".to_owned();
                let help = "`cargo xtask import FILE` makes a document of a Swagger 2.0 file";
                wrong(at.child("swagger"), message).help(help)
            }
            (None, None) if root.is_null() => {
                wrong(at.clone(), "the document is empty".to_owned()).help(write)
            }
            (None, None) => {
                let message = "this is not an OpenAPI document: it has no `openapi`".to_owned();
                misspelt(at, root, "openapi")
                    .map(|at| wrong(at, message.clone()).help("did you mean `openapi`?"))
                    .unwrap_or_else(|| wrong(at.clone(), message).help(write))
            }
        });
        false
    }

    /// Only Swagger 2.0 is imported.
    fn swagger_version(&mut self, at: &At, root: &Value) -> bool {
        if root.get("swagger").and_then(Value::as_str) == Some("2.0") {
            return true;
        }
        let wrong = |at: At, message: &str| Diagnostic::new(Code::UnsupportedVersion, at, message);
        let help = "give a Swagger 2.0 file, which has `\"swagger\": \"2.0\"` at its top";
        self.push(match (root.get("swagger"), root.get("openapi")) {
            (Some(_), _) => {
                let message = "only version 2.0 of Swagger can be imported";
                wrong(at.child("swagger"), message).value().help(help)
            }
            (None, Some(_)) => {
                let message = "this is an OpenAPI document already, not a Swagger 2.0 file";
                let help =
                    "put an OpenAPI 3.0 document into the folder of the description as it is";
                wrong(at.child("openapi"), message).help(help)
            }
            (None, None) if root.is_null() => wrong(at.clone(), "the file is empty").help(help),
            (None, None) => {
                let message = "this is not a Swagger file: it has no `swagger`";
                misspelt(at, root, "swagger")
                    .map(|at| wrong(at, message).help("did you mean `swagger`?"))
                    .unwrap_or_else(|| wrong(at.clone(), message).help(help))
            }
        });
        false
    }

    fn node(&mut self, at: &At, node: &Value, kind: &Kind) {
        let nests = node.is_object() || node.is_array();
        if nests && self.depth >= MAX_DEPTH {
            let message = format!("this is nested deeper than {MAX_DEPTH} levels");
            let help = "move inner schemas to components/schemas and refer to them with `$ref`";
            self.report(Code::TooLarge, at, message, help);
            self.too_deep = true;
            return;
        }
        self.depth += 1;
        self.dispatch(at, node, kind);
        self.depth -= 1;
    }

    fn dispatch(&mut self, at: &At, node: &Value, kind: &Kind) {
        match kind {
            Kind::Any => {}
            Kind::Text => self.expect(at, node, node.is_string(), "a text"),
            Kind::TextOrNull => {
                let fits = node.is_string() || node.is_null();
                self.expect(at, node, fits, "a text or null");
            }
            Kind::Bool => self.expect(at, node, node.is_boolean(), "true or false"),
            Kind::Whole => self.expect(at, node, node.is_u64(), "a whole number"),
            Kind::Number => self.expect(at, node, node.is_number(), "a number"),
            Kind::Texts => self.list(at, node, &TEXT),
            Kind::List(item) => self.list(at, node, item),
            Kind::OneOf(texts) => self.one_of(at, node, texts),
            Kind::Map(member) => self.map(at, node, member, false),
            Kind::Extensible(member) => self.map(at, node, member, true),
            Kind::Object(rule) => self.object(at, node, rule),
            Kind::Referable(rule) if node.get("$ref").is_some() => self.reference(at, node, rule),
            Kind::Qualified(_) if node.get("$ref").is_some_and(Value::is_string) => {
                self.dispatch(at, node, &Kind::Object(&swagger::QUALIFIED));
            }
            Kind::Qualified(rule) => self.object(at, node, rule),
            Kind::QualifiedOrBool if node.is_boolean() => {}
            Kind::QualifiedOrBool => self.dispatch(at, node, &Kind::Qualified(&swagger::SCHEMA)),
            Kind::Referable(rule) => self.object(at, node, rule),
            Kind::SchemaOrBool if node.is_boolean() => {}
            Kind::SchemaOrBool => self.dispatch(at, node, &SCHEMA_OR_REF),
        }
    }

    fn expect(&mut self, at: &At, node: &Value, fits: bool, expected: &str) {
        if !fits {
            let found = kind_name(node);
            let message = format!("{} must be {expected}, but is {found}", subject(at));
            let help = advice::of_kind(expected, node);
            let diagnostic = Diagnostic::new(Code::InvalidDocument, at.clone(), message);
            self.push(diagnostic.value().help(help));
        }
    }

    fn one_of(&mut self, at: &At, node: &Value, texts: &[&str]) {
        let text = match node {
            Value::String(text) => text.as_str(),
            Value::Number(_) | Value::Bool(_) => &node.to_string(),
            _ => return self.expect(at, node, false, "a text"),
        };
        if !texts.contains(&text) {
            let message = format!("{} cannot be `{}`", subject(at), brief(text));
            let help = advice::of_word(text, texts);
            let diagnostic = Diagnostic::new(Code::InvalidDocument, at.clone(), message);
            self.push(diagnostic.value().help(help));
        }
    }

    fn list(&mut self, at: &At, node: &Value, item: &Kind) {
        match node.as_array() {
            Some(items) => {
                for (index, node) in items.iter().enumerate() {
                    self.node(&at.item(index), node, item);
                }
            }
            None => self.expect(at, node, false, "a list"),
        }
    }

    fn map(&mut self, at: &At, node: &Value, member: &Kind, extensible: bool) {
        match node.as_object() {
            Some(members) => {
                for (key, node) in members {
                    match extensible && key.starts_with("x-") {
                        true => self.unknown_extension(&at.child(key), key, None),
                        false => self.node(&at.child(key), node, member),
                    }
                }
            }
            None => self.expect(at, node, false, "a mapping"),
        }
    }

    /// `$ref` replaces all that stands beside it, so nothing may.
    fn reference(&mut self, at: &At, node: &Value, rule: &Rule) {
        let members = node.as_object().into_iter().flatten();
        for (key, value) in members {
            if key == "$ref" {
                self.expect(&at.child(key), value, value.is_string(), "a text");
            } else {
                let key = brief(key);
                let message = format!("`{key}` beside `$ref` has no effect in OpenAPI 3.0");
                let help = match std::ptr::eq(rule, &SCHEMA) {
                    true => format!("write `allOf: [{{$ref: …}}]`, with `{key}` beside `allOf`"),
                    false => format!("remove `{key}`, or write it where `$ref` leads"),
                };
                self.report(Code::InvalidDocument, &at.child(&key), message, help);
            }
        }
    }

    fn object(&mut self, at: &At, node: &Value, rule: &Rule) {
        let Some(members) = node.as_object() else {
            return self.expect(at, node, false, "a mapping");
        };
        for key in rule.required {
            // Who misspelt the key hears of that.
            if !members.contains_key(*key) && misspelt_key(members, key, rule).is_none() {
                let message = format!("{} needs `{key}`, which is missing", rule.name);
                let help = advice::of_missing(key);
                self.report(Code::InvalidDocument, at, message, help);
            }
        }
        let refused = match std::ptr::eq(rule, &SCHEMA) {
            true => keywords::check(self, at, members),
            false => {
                let mut refused = style::check(self, at, members, rule);
                refused.extend(swagger::check_list(self, at, members, rule));
                refused
            }
        };
        for (key, node) in members.iter().filter(|(key, _)| !refused.contains(key)) {
            self.member(&at.child(key), key, node, members, rule);
        }
    }

    fn unknown_extension(&mut self, at: &At, key: &str, nearest: Option<String>) {
        let message = format!(
            "the extension `{}` is not known here, and ignored",
            brief(key)
        );
        let help = nearest
            .unwrap_or_else(|| "remove it, if it is not meant for other programs".to_owned());
        self.report(Code::UnknownExtension, at, message, help);
    }

    fn member(
        &mut self,
        at: &At,
        key: &str,
        node: &Value,
        members: &Map<String, Value>,
        rule: &Rule,
    ) {
        if let Some(kind) = rule.kind(key) {
            return self.node(at, node, kind);
        }
        if rule.unsupported.contains(&key) {
            let message = format!("`{key}` is not supported in {}", rule.name);
            return self.report(Code::Unsupported, at, message, advice::of_unsupported(key));
        }
        let meant = did_you_mean(key, free_keys(members, rule));
        if key.starts_with("x-") {
            self.unknown_extension(at, key, meant);
        } else {
            let message = format!("`{}` is not a key of {}", brief(key), rule.name);
            let belongs_inside = rule.kind("schema").is_some() && SCHEMA.kind(key).is_some();
            let help = meant.unwrap_or_else(|| match belongs_inside {
                true => "move it into `schema`".to_owned(),
                false => "remove it".to_owned(),
            });
            self.report(Code::UnknownKey, at, message, help);
        }
    }
}

/// The key of a document that was probably meant to be this one.
fn misspelt(at: &At, root: &Value, meant: &str) -> Option<At> {
    let mut keys = root.as_object()?.keys();
    let key = keys.find(|key| nearest(key, [meant]).is_some())?;
    Some(at.child(key))
}

/// The unknown key that was probably meant to be this one.
fn misspelt_key<'a>(members: &'a Map<String, Value>, meant: &str, rule: &Rule) -> Option<&'a str> {
    let unknown = members.keys().map(String::as_str).filter(|key| {
        rule.kind(key).is_none() && !rule.unsupported.contains(key) && !key.starts_with("x-")
    });
    let mut unknown = unknown.filter(|key| nearest(key, free_keys(members, rule)) == Some(meant));
    unknown.next()
}

/// The keys that an object could have and does not.
fn free_keys<'a>(
    members: &'a Map<String, Value>,
    rule: &'a Rule,
) -> impl Iterator<Item = &'static str> + use<'a> {
    let known = rule.keys.iter().chain(rule.extensions);
    let keys = known.map(|(key, _)| *key);
    keys.filter(|key| !members.contains_key(*key))
}

/// What a node is called in a message: by its key, or as an item of what is called so.
fn subject(at: &At) -> String {
    let key = at.pointer.last();
    let around = at.pointer.parent().map(|parent| parent.last());
    match (key.parse::<usize>(), around) {
        (Ok(_), Some(list)) if list.parse::<usize>().is_err() => {
            format!("an item of `{}`", brief(&list))
        }
        _ if at.pointer.is_root() => "the document".to_owned(),
        _ => format!("`{}`", brief(&key)),
    }
}

/// A text as a message can show it.
fn brief(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn kind_name(node: &Value) -> &'static str {
    match node {
        Value::Null => "nothing",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a mapping",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::check;

    fn messages(root: &Value) -> Vec<String> {
        let mut diagnostics = Vec::new();
        check("a.yaml", root, &mut diagnostics);
        diagnostics
            .into_iter()
            .map(|d| format!("{} {}: {}", d.code, d.at.pointer, d.message))
            .collect()
    }

    fn with_schema(schema: Value) -> Value {
        json!({
            "openapi": "3.0.3",
            "info": {"title": "A", "version": "1"},
            "paths": {},
            "components": {"schemas": {"S": schema}},
        })
    }

    #[test]
    fn a_correct_document_passes() {
        let root = with_schema(json!({"type": "object", "properties": {"a": {"type": "string"}}}));
        assert_eq!(messages(&root), [""; 0]);
    }

    #[test]
    fn a_misspelt_key_is_named_with_the_right_one() {
        let mut diagnostics = Vec::new();
        let root = with_schema(json!({"type": "object", "requird": []}));
        check("a.yaml", &root, &mut diagnostics);
        assert_eq!(
            diagnostics[0].help.as_deref(),
            Some("did you mean `required`?")
        );
    }

    #[test]
    fn a_misspelt_key_that_is_needed_is_one_problem() {
        let mut root = with_schema(json!({"type": "string"}));
        root["info"] = json!({"title": "A", "vresion": "1"});
        assert_eq!(
            messages(&root),
            ["unknown-key /info/vresion: `vresion` is not a key of `info`"]
        );
    }

    #[test]
    fn a_keyword_that_does_not_fit_is_one_problem() {
        for schema in [
            json!({"type": "object", "maxLength": "many"}),
            json!({"type": "text", "maxLength": 3, "pattern": "a"}),
            json!({"type": "string", "maxLength": "many", "minLength": 3}),
        ] {
            let messages = messages(&with_schema(schema));
            assert_eq!(messages.len(), 1, "{messages:?}");
        }
    }

    #[test]
    fn a_keyword_of_the_schema_beside_it_is_sent_there() {
        let mut diagnostics = Vec::new();
        let mut root = with_schema(json!({"type": "string"}));
        let parameter =
            json!({"name": "a", "in": "query", "schema": {"type": "string"}, "maxLength": 3});
        root["components"]["parameters"] = json!({ "a": parameter });
        check("a.yaml", &root, &mut diagnostics);
        assert_eq!(
            diagnostics[0].help.as_deref(),
            Some("move it into `schema`")
        );
    }

    #[test]
    fn siblings_of_a_reference_are_refused() {
        let root = with_schema(json!({"$ref": "#/x", "description": "lost"}));
        assert_eq!(
            messages(&root),
            ["invalid-document /components/schemas/S/description: \
              `description` beside `$ref` has no effect in OpenAPI 3.0"]
        );
    }

    #[test]
    fn endless_nesting_is_refused() {
        let mut schema = json!({"type": "string"});
        for _ in 0..100 {
            schema = json!({"type": "array", "items": schema});
        }
        assert_eq!(messages(&with_schema(schema)).len(), 1);
    }

    #[test]
    fn only_openapi_3_0_is_read() {
        for root in [
            json!({"openapi": "3.1.0"}),
            json!({"swagger": "2.0"}),
            json!({"openapi": 3.0}),
            json!([]),
        ] {
            let messages = messages(&root);
            assert_eq!(messages.len(), 1, "{messages:?}");
            assert!(messages[0].starts_with("unsupported-version"));
        }
    }
}
