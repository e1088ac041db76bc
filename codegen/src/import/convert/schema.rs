//! Schemas: references, enumerations and inline objects get names; siblings of `$ref` a place.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::{Claim, Converter, Named};
use crate::naming;
use crate::source::At;

/// Where a schema stands.
#[derive(Clone, Copy)]
pub(super) enum Place<'a> {
    /// In `definitions`, or hoisted there.
    Definition(&'a str),
    /// A member of an object; the text names both.
    Property(&'a str),
    /// In a parameter or header; the text names it.
    Parameter(&'a str),
    /// An item, a body, a part of `allOf`; the text names what is around it.
    Other(&'a str),
}

impl Place<'_> {
    /// A name for what needs one here.
    fn name(self) -> String {
        let (Self::Definition(text)
        | Self::Property(text)
        | Self::Parameter(text)
        | Self::Other(text)) = self;
        naming::operation_text(&text.replace('_', " ")).unwrap_or_else(|| "Unnamed".to_owned())
    }
}

/// Keywords that mean the same in both languages.
const KEPT: &[&str] = &[
    "type",
    "format",
    "default",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
];

/// Whether something is a secret.
const SECRET: &str = "x-ms-secret";

/// Facts that stand beside any schema, a reference too.
const BESIDE: &[&str] = &[
    "readOnly",
    "x-ms-client-name",
    "x-ms-mutability",
    SECRET,
    "x-ms-azure-resource",
];

/// Whether a definition is a bare scalar, which has no name in our documents.
pub(super) fn is_plain(node: &Value) -> bool {
    let ty = node.get("type").and_then(Value::as_str);
    let scalar = matches!(ty, Some("string" | "integer" | "number" | "boolean"));
    scalar && node.get("enum").is_none()
}

impl Converter<'_, '_> {
    /// Converts a definition.
    pub(super) fn definition(&mut self, name: &str, at: &At) -> Value {
        self.schema(at, Place::Definition(name))
    }

    /// Converts the schema at an address.
    pub(super) fn schema(&mut self, at: &At, place: Place<'_>) -> Value {
        let node = self.node(at);
        self.schema_of(at, &node, place)
    }

    /// Converts a schema, or the keywords of one that stand in a parameter or header.
    pub(super) fn schema_of(&mut self, at: &At, node: &Value, place: Place<'_>) -> Value {
        if let Some(reference) = node.get("$ref").and_then(Value::as_str) {
            return self.reference(at, node, reference, place);
        }
        if node.get("enum").is_some() && !matches!(place, Place::Definition(_)) {
            return self.enumeration_in_place(at, node, place);
        }
        let inline = node.get("properties").and_then(Value::as_object);
        if inline.is_some_and(|p| !p.is_empty()) && !matches!(place, Place::Definition(_)) {
            let name = place.name();
            let schema = self.body_of(at, node, Place::Definition(&name));
            self.claim(name.clone(), at, schema);
            return beside(json!({"$ref": local(&name)}), node, place);
        }
        self.body_of(at, node, place)
    }

    /// A reference: to a schema of components/schemas, or what a bare scalar says.
    fn reference(&mut self, at: &At, node: &Value, reference: &str, place: Place<'_>) -> Value {
        let from = at.child("$ref");
        let Some(target) = self.reader.target(&from, reference, self.diagnostics) else {
            return json!({});
        };
        let meant = self.reader.get(&target);
        let read_only = meant.and_then(|meant| meant.get("readOnly")) == Some(&Value::Bool(true));
        if let Some(meant) = meant.filter(|meant| is_plain(meant)).cloned() {
            if !self.spend(&from, &meant) {
                return json!({});
            }
            let mut schema = self.body_of(&target, &meant, place);
            add_beside(&mut schema, node, place);
            return schema;
        }
        let name = name_of(&target);
        self.refer(&name, &target);
        let mut schema = beside(json!({"$ref": local(&name)}), node, place);
        if read_only && matches!(place, Place::Property(_)) {
            schema["readOnly"] = json!(true);
        }
        schema
    }

    /// Notes that a definition is needed.
    fn refer(&mut self, name: &str, origin: &At) {
        match self.schemas.get(name) {
            Some(named) if named.origin == *origin => {}
            Some(_) => {
                if self.claimed.insert(origin.clone()) {
                    self.claims.push(Claim {
                        name: name.to_owned(),
                        origin: origin.clone(),
                        schema: None,
                    });
                }
            }
            None => {
                let named = Named {
                    origin: origin.clone(),
                    schema: Value::Null,
                };
                self.schemas.insert(name.to_owned(), named);
                self.open.push(name.to_owned());
            }
        }
    }

    /// Gives a schema a name of its own.
    fn claim(&mut self, name: String, origin: &At, schema: Value) {
        match self.schemas.get_mut(&name) {
            None => {
                let origin = origin.clone();
                self.schemas.insert(name, Named { origin, schema });
            }
            // The repetition with names and texts for its values tells more.
            Some(named) if tells_less(&named.schema, &schema) => named.schema = schema,
            Some(_) => self.claims.push(Claim {
                name,
                origin: origin.clone(),
                schema: Some(schema),
            }),
        }
    }

    /// An enumeration outside of `definitions` moves there, by the name that it has.
    fn enumeration_in_place(&mut self, at: &At, node: &Value, place: Place<'_>) -> Value {
        let values = node["enum"].as_array().map_or(0, Vec::len);
        let constant = values == 1 && node.get("required") == Some(&Value::Bool(true));
        if constant && matches!(place, Place::Parameter(_)) {
            return json!({"type": "string", "enum": node["enum"]});
        }
        let name = node.pointer("/x-ms-enum/name").and_then(Value::as_str);
        let name = name.map_or_else(|| place.name(), str::to_owned);
        let mut bare = node.clone();
        if let Some(bare) = bare.as_object_mut() {
            bare.retain(|key, _| matches!(key.as_str(), "type" | "enum" | "x-ms-enum"));
        }
        let schema = enumeration(&name, &bare);
        self.claim(name.clone(), at, schema);
        beside(json!({"$ref": local(&name)}), node, place)
    }

    /// The keywords of a schema that is no reference.
    fn body_of(&mut self, at: &At, node: &Value, place: Place<'_>) -> Value {
        if node.get("enum").is_some() {
            let Place::Definition(name) = place else {
                return json!({});
            };
            return enumeration(name, node);
        }
        let mut schema = Map::new();
        for key in KEPT {
            if let Some(value) = node.get(*key) {
                schema.insert((*key).to_owned(), value.clone());
            }
        }
        if node.get("uniqueItems") == Some(&Value::Bool(true)) {
            schema.insert("uniqueItems".to_owned(), json!(true));
        }
        if let Some(items) = node.get("items") {
            let items = self.schema_of(&at.child("items"), items, item_place(place));
            schema.insert("items".to_owned(), items);
        }
        self.free_members(at, node, place, &mut schema);
        self.members(at, node, place, &mut schema);
        let mut schema = Value::Object(schema);
        if node.get("allOf").is_some() {
            schema = self.inheritance(at, node, schema);
        }
        add_beside(&mut schema, node, place);
        schema
    }

    fn free_members(
        &mut self,
        at: &At,
        node: &Value,
        place: Place<'_>,
        schema: &mut Map<String, Value>,
    ) {
        match node.get("additionalProperties") {
            None | Some(Value::Bool(false)) => return,
            Some(Value::Bool(true)) => {
                schema.insert("additionalProperties".to_owned(), json!({}));
            }
            Some(values) => {
                let at = at.child("additionalProperties");
                let values = self.schema_of(&at, values, item_place(place));
                schema.insert("additionalProperties".to_owned(), values);
            }
        }
        schema.insert("type".to_owned(), json!("object"));
    }

    fn members(
        &mut self,
        at: &At,
        node: &Value,
        place: Place<'_>,
        schema: &mut Map<String, Value>,
    ) {
        if let Some(required) = node.get("required").filter(|r| r.is_array()) {
            schema.insert("required".to_owned(), required.clone());
        }
        let Some(properties) = node.get("properties").and_then(Value::as_object) else {
            return;
        };
        schema.insert("type".to_owned(), json!("object"));
        let at = at.child("properties");
        let parent = place.name();
        let properties = properties.iter().map(|(name, node)| {
            let inner = format!("{parent}_{name}");
            let schema = self.schema_of(&at.child(name), node, Place::Property(&inner));
            (name.clone(), schema)
        });
        schema.insert("properties".to_owned(), Value::Object(properties.collect()));
    }

    /// Parents first, then what is the schema's own.
    fn inheritance(&mut self, at: &At, node: &Value, own: Value) -> Value {
        let at = at.child("allOf");
        let count = node["allOf"].as_array().map_or(0, Vec::len);
        let mut parts: Vec<_> = (0..count)
            .map(|index| self.schema(&at.item(index), Place::Other("Part")))
            .collect();
        let has_members = own.get("properties").is_some() || own.get("required").is_some();
        if has_members {
            let mut own = own;
            own["type"] = json!("object");
            parts.push(own);
        }
        json!({ "allOf": parts })
    }
}

fn item_place<'a>(place: Place<'a>) -> Place<'a> {
    match place {
        Place::Definition(text)
        | Place::Property(text)
        | Place::Parameter(text)
        | Place::Other(text) => Place::Other(text),
    }
}

fn local(name: &str) -> String {
    format!("#/components/schemas/{name}")
}

/// The name of a definition: what stands behind the last dot.
fn name_of(target: &At) -> String {
    let key = target.pointer.last();
    key.rsplit('.').next().unwrap_or_default().to_owned()
}

/// Puts what stands beside a reference around it: `$ref` itself has no siblings.
fn beside(reference: Value, node: &Value, place: Place<'_>) -> Value {
    // A member has a description at least, so its references are always wrapped.
    if !matches!(place, Place::Property(_)) {
        return reference;
    }
    let mut schema = json!({ "allOf": [reference] });
    add_beside(&mut schema, node, place);
    schema
}

fn add_beside(schema: &mut Value, node: &Value, place: Place<'_>) {
    let Some(schema) = schema.as_object_mut() else {
        return;
    };
    if matches!(place, Place::Parameter(_)) {
        return; // The parameter itself carries these.
    }
    for key in BESIDE {
        let on_definition = matches!(place, Place::Definition(_)) && *key == "readOnly";
        // That anybody may see something is a fact; that nothing else is special is none.
        let is_fact = |value: &&Value| **value != Value::Bool(false) || *key == SECRET;
        if let Some(value) = node.get(*key).filter(is_fact)
            && !on_definition
        {
            schema.insert((*key).to_owned(), value.clone());
        }
    }
    if node.get("x-nullable") == Some(&Value::Bool(true)) {
        schema.insert("nullable".to_owned(), json!(true));
    }
    if let Some(default) = node.get("default") {
        schema.insert("default".to_owned(), default.clone());
    }
    if let Some(description) = node.get("description") {
        schema.insert("description".to_owned(), description.clone());
    }
}

/// An enumeration in the one form of our documents.
fn enumeration(name: &str, node: &Value) -> Value {
    let extension = node.get("x-ms-enum");
    let open = extension.and_then(|e| e.get("modelAsString")) == Some(&Value::Bool(true));
    let texts = node["enum"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let named = extension
        .and_then(|e| e.get("values"))
        .and_then(Value::as_array);
    let mut entries = HashMap::new();
    for entry in named.into_iter().flatten() {
        if let Some(text) = entry.get("value") {
            entries.entry(text).or_insert(entry);
        }
    }
    let value = |text: &Value| {
        let entry = entries.get(text);
        let mut value = Map::new();
        for key in ["name", "description"] {
            if let Some(text) = entry.and_then(|entry| entry.get(key)) {
                value.insert(key.to_owned(), text.clone());
            }
        }
        value.insert("value".to_owned(), text.clone());
        Value::Object(value)
    };
    let values: Vec<_> = texts.iter().map(value).collect();
    let mut schema = json!({
        "type": "string",
        "enum": texts,
        "x-ms-enum": {"name": name, "modelAsString": open, "values": values},
    });
    if let Some(description) = node.get("description") {
        schema["description"] = description.clone();
    }
    schema
}

/// Whether the first of two equal enumerations lacks the names that the second has.
fn tells_less(first: &Value, second: &Value) -> bool {
    let names = |schema: &Value| {
        let values = schema
            .pointer("/x-ms-enum/values")
            .and_then(Value::as_array);
        values.map_or(0, |values| {
            values.iter().filter(|v| v.get("name").is_some()).count()
        })
    };
    first.get("enum").is_some()
        && first.get("enum") == second.get("enum")
        && names(first) < names(second)
}
