//! Checks a document against the grammar of OpenAPI 3.0.3, as far as the generator speaks it.
//!
//! Checking it here keeps two promises: no key is silently ignored, and a document that passes
//! reads into the typed model of the next stage, whose own errors have no place.

mod keywords;
mod swagger;
mod tables;

use serde_json::{Map, Value};

use self::tables::{Kind, ROOT, Rule, SCHEMA, SCHEMA_OR_REF, TEXT};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::At;

/// How deep a document may nest before it is refused.
const MAX_DEPTH: usize = 64;

/// Checks one document; what breaks the grammar becomes a diagnostic.
pub(super) fn check(file: &str, root: &Value, diagnostics: &mut Vec<Diagnostic>) {
    let mut checker = Checker {
        diagnostics,
        depth: 0,
    };
    let at = At::file(file);
    if checker.version(&at, root) {
        checker.node(&at, root, &Kind::Object(&ROOT));
    }
}

/// Checks a file of Swagger 2.0; says whether it is sound.
pub(crate) fn check_swagger(file: &str, root: &Value, diagnostics: &mut Vec<Diagnostic>) -> bool {
    let mut found = Vec::new();
    let mut checker = Checker {
        diagnostics: &mut found,
        depth: 0,
    };
    let at = At::file(file);
    if checker.swagger_version(&at, root) {
        checker.node(&at, root, &Kind::Object(&swagger::ROOT));
    }
    let sound = found.iter().all(|d| d.code.severity() == Severity::Warning);
    diagnostics.extend(found);
    sound
}

struct Checker<'a> {
    diagnostics: &'a mut Vec<Diagnostic>,
    depth: usize,
}

impl Checker<'_> {
    fn report(&mut self, code: Code, at: &At, message: String, help: impl Into<String>) {
        self.diagnostics
            .push(Diagnostic::new(code, at.clone(), message).help(help));
    }

    /// Only a document of our version is worth a closer look.
    fn version(&mut self, at: &At, root: &Value) -> bool {
        let version = root.get("openapi").and_then(Value::as_str);
        if version.is_some_and(|v| v == "3.0" || v.starts_with("3.0.")) {
            return true;
        }
        let (at, message) = match (root.get("openapi"), root.get("swagger")) {
            (Some(Value::String(v)), _) => {
                (at.child("openapi"), format!("OpenAPI {v} is not supported"))
            }
            (Some(_), _) => (
                at.child("openapi"),
                "the version of OpenAPI is not a text".to_owned(),
            ),
            (None, Some(_)) => (at.child("swagger"), "Swagger is not OpenAPI 3.0".to_owned()),
            (None, None) => (at.clone(), "this is not an OpenAPI document".to_owned()),
        };
        let help = "write the document in OpenAPI 3.0.3, with `openapi: 3.0.3` at its top";
        self.report(Code::UnsupportedVersion, &at, message, help);
        false
    }

    /// Only Swagger 2.0 is imported.
    fn swagger_version(&mut self, at: &At, root: &Value) -> bool {
        if root.get("swagger").and_then(Value::as_str) == Some("2.0") {
            return true;
        }
        let (at, message) = match (root.get("swagger"), root.get("openapi")) {
            (Some(_), _) => (at.child("swagger"), "only Swagger 2.0 is imported"),
            (None, Some(_)) => (
                at.child("openapi"),
                "this is OpenAPI already, not Swagger 2.0",
            ),
            (None, None) => (at.clone(), "this is not a Swagger document"),
        };
        let help = "give the Swagger 2.0 files that upstream publishes";
        self.report(Code::UnsupportedVersion, &at, message.to_owned(), help);
        false
    }

    fn node(&mut self, at: &At, node: &Value, kind: &Kind) {
        let nests = node.is_object() || node.is_array();
        if nests && self.depth >= MAX_DEPTH {
            let message = format!("nested deeper than {MAX_DEPTH} levels");
            let help = "move inner schemas to components/schemas";
            self.report(Code::Unsupported, at, message, help);
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
            Kind::Bool => self.expect(at, node, node.is_boolean(), "true or false"),
            Kind::Whole => self.expect(at, node, node.is_u64(), "a whole number"),
            Kind::Number => self.expect(at, node, node.is_number(), "a number"),
            Kind::Texts => self.list(at, node, &TEXT),
            Kind::List(item) => self.list(at, node, item),
            Kind::OneOf(texts) => self.one_of(at, node, texts),
            Kind::Map(member) => self.map(at, node, member, false),
            Kind::Extensible(member) => self.map(at, node, member, true),
            Kind::Object(rule) => self.object(at, node, rule),
            Kind::Referable(_) if node.get("$ref").is_some() => self.reference(at, node),
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
            let message = format!("{expected} is expected, {found} found");
            let quotable = matches!(node, Value::Number(_) | Value::Bool(_));
            let help = match quotable && expected == "a text" {
                true => "put it in quotation marks",
                false => "see the OpenAPI 3.0.3 specification for what may stand here",
            };
            self.report(Code::InvalidDocument, at, message, help);
        }
    }

    fn one_of(&mut self, at: &At, node: &Value, texts: &[&str]) {
        let Some(text) = node.as_str() else {
            return self.expect(at, node, false, "a text");
        };
        if !texts.contains(&text) {
            let message = format!("`{}` is none of the words for this place", brief(text));
            let help = format!("write one of: {}", texts.join(", "));
            self.report(Code::InvalidDocument, at, message, help);
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
    fn reference(&mut self, at: &At, node: &Value) {
        let members = node.as_object().into_iter().flatten();
        for (key, value) in members {
            if key == "$ref" {
                self.expect(&at.child(key), value, value.is_string(), "a text");
            } else {
                let message = format!("`{key}` beside `$ref` has no effect in OpenAPI 3.0");
                let help = "write `allOf: [{$ref: …}]` and leave the siblings beside `allOf`";
                self.report(Code::InvalidDocument, &at.child(key), message, help);
            }
        }
    }

    fn object(&mut self, at: &At, node: &Value, rule: &Rule) {
        let Some(members) = node.as_object() else {
            return self.expect(at, node, false, &format!("a mapping ({})", rule.name));
        };
        for key in rule.required {
            if !members.contains_key(*key) {
                let message = format!("`{key}` is missing ({})", rule.name);
                let help = format!("add `{key}`");
                self.report(Code::InvalidDocument, at, message, help);
            }
        }
        for (key, node) in members {
            self.member(&at.child(key), key, node, members, rule);
        }
        if std::ptr::eq(rule, &SCHEMA) {
            keywords::check(self, at, members);
        }
    }

    fn unknown_extension(&mut self, at: &At, key: &str, nearest: Option<String>) {
        let message = format!("the extension `{}` is not known here", brief(key));
        let help = nearest.unwrap_or_else(|| {
            "it is ignored; remove it if it is not meant for other tools".to_owned()
        });
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
        let find = |table: &'static [(&'static str, Kind)]| {
            table.iter().find(|(k, _)| *k == key).map(|(_, kind)| kind)
        };
        if let Some(kind) = find(rule.keys).or_else(|| find(rule.extensions)) {
            return self.node(at, node, kind);
        }
        if rule.unsupported.contains(&key) {
            let message = format!("`{key}` has no Rust mapping");
            let help = "describe it without, or change the place with an override";
            return self.report(Code::Unsupported, at, message, help);
        }
        let nearest = nearest(key, members, rule);
        if key.starts_with("x-") {
            self.unknown_extension(at, key, nearest);
        } else {
            let message = format!("`{}` means nothing here ({})", brief(key), rule.name);
            let help = nearest.unwrap_or_else(|| "remove it".to_owned());
            self.report(Code::UnknownKey, at, message, help);
        }
    }
}

/// A text as a message can show it.
fn brief(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The key that was probably meant.
fn nearest(key: &str, members: &Map<String, Value>, rule: &Rule) -> Option<String> {
    if key.len() > 64 {
        return None;
    }
    let key = key.to_ascii_lowercase();
    let known = rule.keys.iter().chain(rule.extensions);
    let candidates = known.map(|(k, _)| *k).filter(|k| !members.contains_key(*k));
    candidates
        .map(|candidate| (similarity(&key, &candidate.to_ascii_lowercase()), candidate))
        .filter(|(similarity, _)| *similarity > 0.7)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| format!("did you mean `{candidate}`?"))
}

fn similarity(a: &str, b: &str) -> f32 {
    similar::TextDiff::from_chars(a, b).ratio()
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
