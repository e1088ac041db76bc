//! A schema of components/schemas -> a named type.

use std::collections::{HashMap, HashSet};

use openapiv3::{
    AdditionalProperties, ObjectType, ReferenceOr, Schema, SchemaData, SchemaKind, Type,
};
use serde_json::Value;

use super::suspects::{self, Suspect};
use super::{Context, enumeration, extensions, schema};
use crate::api::{Access, Field, Presence, Shape, Type as ApiType, TypeDef, Usage};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::source::At;

pub(super) fn lower(
    cx: &mut Context<'_>,
    service: &str,
    name: &str,
    at: &At,
    node: &Value,
) -> Option<TypeDef> {
    let node: ReferenceOr<Schema> = cx.typed(at, node)?;
    let scope = Scope {
        item: vec![service, "types", name],
    };
    let (shape, data) = match &node {
        ReferenceOr::Reference { .. } => (alias(cx, at, &node)?, SchemaData::default()),
        ReferenceOr::Item(schema) => {
            let data = schema.schema_data.clone();
            check_enum_name(cx, at, name, data.extensions.get("x-ms-enum"));
            (shape(cx, &scope, at, schema)?, data)
        }
    };
    Some(TypeDef {
        name: name.to_owned(),
        client_name: extensions::text(&data.extensions, "x-ms-client-name"),
        usage: Usage::Both,
        deprecated: data.deprecated,
        doc: doc(&data),
        shape,
    })
}

/// The names of the type being lowered, to note where its members stand.
struct Scope<'a> {
    item: Vec<&'a str>,
}

fn doc(data: &SchemaData) -> String {
    let text = data.description.as_deref().or(data.title.as_deref());
    text.unwrap_or_default().trim().to_owned()
}

fn check_enum_name(cx: &mut Context<'_>, at: &At, name: &str, extension: Option<&Value>) {
    let enum_name = extension
        .and_then(|e| e.get("name"))
        .and_then(Value::as_str);
    if let Some(enum_name) = enum_name.filter(|enum_name| *enum_name != name) {
        let message = format!("the schema is called `{name}`, its `x-ms-enum` `{enum_name}`");
        let place = at.child("x-ms-enum").child("name");
        let diagnostic = Diagnostic::new(Code::Inconsistent, place, message).value();
        let diagnostic = diagnostic.see(at.clone(), "the schema");
        cx.push(diagnostic.help(format!(
            "write `name: {name}`, or give the schema the other name"
        )));
    }
}

fn shape(cx: &mut Context<'_>, scope: &Scope<'_>, at: &At, schema: &Schema) -> Option<Shape> {
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(string)) if !string.enumeration.is_empty() => {
            enumeration::lower(cx, &scope.item, at, string, &schema.schema_data).map(Shape::Enum)
        }
        SchemaKind::Type(Type::Object(object)) if !object.properties.is_empty() => {
            let mut fields = Vec::new();
            add_object(cx, scope, at, object, &mut fields);
            Some(Shape::Model(fields))
        }
        SchemaKind::AllOf { all_of } if !is_plain_reference(all_of) => {
            let mut fields = Vec::new();
            let mut walk = Walk::from(at);
            flatten(cx, scope, at, all_of, &mut fields, &mut walk)?;
            Some(Shape::Model(fields))
        }
        kind => {
            if let SchemaKind::Type(Type::Object(object)) = kind {
                check_required(cx, at, object, &mut []);
            }
            alias(cx, at, schema)
        }
    }
}

fn alias<'a>(cx: &mut Context<'_>, at: &At, node: impl Into<schema::Node<'a>>) -> Option<Shape> {
    let used = schema::lower(cx, at, node)?;
    if used.password {
        let help = "write the type at each property that holds it instead, with the mark there";
        cx.unsupported(
            at,
            "a schema with a name cannot be a secret as a whole",
            help,
        );
        return None;
    }
    Some(Shape::Alias(used.ty))
}

fn is_plain_reference(all_of: &[ReferenceOr<Schema>]) -> bool {
    matches!(all_of, [ReferenceOr::Reference { .. }])
}

/// How many parts, those of parents included, an `allOf` may have.
const MAX_PARTS: usize = 256;

/// Puts the members of all parts of an `allOf` into one list, parents first.
fn flatten(
    cx: &mut Context<'_>,
    scope: &Scope<'_>,
    at: &At,
    all_of: &[ReferenceOr<Schema>],
    fields: &mut Vec<Field>,
    walk: &mut Walk,
) -> Option<()> {
    for (index, part) in all_of.iter().enumerate() {
        walk.parts += 1;
        if walk.parts > MAX_PARTS {
            let help = "let schemas extend fewer others, or write the properties out";
            let message = format!("the schema extends more than {MAX_PARTS} others");
            cx.report(Code::InfiniteType, walk.start(), message, help);
            return None;
        }
        let (at, part) = resolve_part(cx, &at.child("allOf").item(index), part)?;
        if let Some(circle) = walk.circle(&at) {
            cx.push(extends_itself(circle));
            return None;
        }
        walk.way.push(at.clone());
        match &part.schema_kind {
            SchemaKind::Type(Type::Object(object)) => {
                add_object(cx, scope, &at, object, fields);
            }
            SchemaKind::AllOf { all_of } => {
                flatten(cx, scope, &at, all_of, fields, walk)?;
            }
            _ => {
                schema::mixed(cx, &at);
                return None;
            }
        }
        walk.way.pop();
    }
    Some(())
}

/// The way through parents that are being put together.
struct Walk {
    parts: usize,
    /// The schemas from the first to the one that is looked at.
    way: Vec<At>,
}

impl Walk {
    fn from(start: &At) -> Self {
        Self {
            parts: 0,
            way: vec![start.clone()],
        }
    }

    fn start(&self) -> &At {
        &self.way[0]
    }

    /// The part of the way that leads from a schema back to itself.
    fn circle(&self, at: &At) -> Option<&[At]> {
        let first = self.way.iter().position(|passed| passed == at)?;
        Some(&self.way[first..])
    }
}

/// The same words wherever the circle was entered, so that they are said once.
fn extends_itself(circle: &[At]) -> Diagnostic {
    let mut schemas: Vec<_> = circle.iter().filter(|at| is_named(at)).collect();
    let first = schemas.iter().enumerate().min_by_key(|(_, at)| **at);
    let first = first.map_or(0, |(index, _)| index);
    schemas.rotate_left(first);
    let at = schemas.first().copied().unwrap_or(&circle[0]);
    let others = schemas.iter().skip(1).chain(schemas.first());
    let way = others.map(|at| format!("extends `{}`", at.pointer.last()));
    let way = way.collect::<Vec<_>>().join(", which ");
    let message = format!("`{}` {way}, without end", at.pointer.last());
    let diagnostic = Diagnostic::new(Code::InfiniteType, at.clone(), message);
    diagnostic.help("remove one of these from an `allOf`: a schema cannot extend itself")
}

/// Whether it is one of components/schemas, not a part of one.
fn is_named(at: &At) -> bool {
    at.pointer.keys().count() == 3
}

fn resolve_part(cx: &mut Context<'_>, at: &At, part: &ReferenceOr<Schema>) -> Option<(At, Schema)> {
    match part {
        ReferenceOr::Item(schema) => Some((at.clone(), schema.clone())),
        ReferenceOr::Reference { reference } => {
            let from = at.child("$ref");
            let (at, node) = cx.target(&from, reference)?;
            cx.spend(&from, node)?;
            let (at, node) = cx.resolve(&at, "schemas")?;
            let schema = cx.typed(&at, node)?;
            Some((at, schema))
        }
    }
}

/// Where among the members that of each name is.
fn places(fields: &[Field]) -> HashMap<String, usize> {
    let names = fields.iter().map(|field| field.wire.clone());
    names.zip(0..).collect()
}

/// A member of a child replaces the parent's of the same name.
fn extend(
    cx: &mut Context<'_>,
    scope: &Scope<'_>,
    at: &At,
    fields: &mut Vec<Field>,
    own: Vec<Field>,
) {
    let known = places(fields);
    for field in own {
        match known
            .get(&field.wire)
            .and_then(|place| fields.get_mut(*place))
        {
            None => fields.push(field),
            Some(inherited) if inherited.ty == field.ty => *inherited = field,
            Some(_) => {
                let message = format!("`{}` has another type in a schema above", field.wire);
                let place = at.child("properties").child(&field.wire);
                let above = cx.origins.get(&[&scope.item[..], &[&field.wire]].concat());
                let diagnostic = Diagnostic::new(Code::Inconsistent, place, message);
                let diagnostic = diagnostic.see(above, "the other type");
                cx.push(
                    diagnostic.help("give the property one type, or do not extend that schema"),
                );
            }
        }
    }
}

/// Adds the members of an object to those that it inherits.
fn add_object(
    cx: &mut Context<'_>,
    scope: &Scope<'_>,
    at: &At,
    object: &ObjectType,
    fields: &mut Vec<Field>,
) {
    let free = matches!(
        object.additional_properties,
        Some(AdditionalProperties::Schema(_) | AdditionalProperties::Any(true))
    );
    if free && !object.properties.is_empty() {
        let message = "`additionalProperties` cannot stand beside `properties`";
        let help = "remove one of the two";
        cx.unsupported(&at.child("additionalProperties"), message, help);
    }
    check_required(cx, at, object, fields);
    let required: HashSet<_> = object.required.iter().collect();
    let mut own = Vec::new();
    let in_key = object.properties.contains_key(suspects::KEY_TYPE)
        || fields.iter().any(|field| field.wire == suspects::KEY_TYPE);
    for (name, node) in &object.properties {
        let at = at.child("properties").child(name);
        cx.origins.insert(&[&scope.item[..], &[name]].concat(), &at);
        let required = required.contains(name);
        let field = field(cx, &at, name, node.into(), required, in_key);
        own.extend(field);
    }
    extend(cx, scope, at, fields, own);
}

/// What is required must be a member; an inherited one becomes required.
fn check_required(cx: &mut Context<'_>, at: &At, object: &ObjectType, inherited: &mut [Field]) {
    let places = places(inherited);
    let names = object.required.iter().enumerate();
    for (index, name) in names.filter(|(_, name)| !object.properties.contains_key(*name)) {
        match places.get(name).and_then(|place| inherited.get_mut(*place)) {
            Some(field) => field.presence = Presence::Required,
            None => {
                let message = format!("`{name}` is required, but is not among the properties");
                let known = object.properties.keys().map(String::as_str);
                let inherited = inherited.iter().map(|field| field.wire.as_str());
                let help = did_you_mean(name, known.chain(inherited));
                let help = help.unwrap_or_else(|| {
                    format!("add `{name}` to `properties`, or remove it from `required`")
                });
                cx.inconsistent(&at.child("required").item(index), message, &help);
            }
        }
    }
}

fn field(
    cx: &mut Context<'_>,
    at: &At,
    wire: &str,
    node: schema::Node<'_>,
    required: bool,
    in_key: bool,
) -> Option<Field> {
    let used = schema::lower(cx, at, node)?;
    let data = match node {
        schema::Node::Schema(schema) => Some(&schema.schema_data),
        schema::Node::Reference(_) => None,
    };
    if used.password {
        check_secret(cx, at, &used.ty)?;
    }
    let client_name = data
        .and_then(|data| extensions::text(&data.extensions, "x-ms-client-name"))
        .filter(|name| name != wire);
    if !used.decided {
        let suspect = Suspect {
            kind: "the member",
            name: wire,
            client_name: client_name.as_deref(),
            ty: &used.ty,
            in_key,
        };
        suspects::report(cx, at, &suspect);
    }
    let secret_query = data.is_some_and(|data| secret_query(cx, at, data, &used));
    Some(Field {
        wire: wire.to_owned(),
        client_name,
        ty: used.ty,
        presence: match required && !used.nullable {
            true => Presence::Required,
            false => Presence::Optional,
        },
        access: data.map(|data| access(cx, at, data)).unwrap_or_default(),
        secret: used.password,
        secret_query,
        deprecated: data.is_some_and(|data| data.deprecated),
        default: data.and_then(|data| data.default.as_ref().map(Value::to_string)),
        constraints: used.constraints,
        doc: data.map(doc).unwrap_or_default(),
    })
}

fn access(cx: &mut Context<'_>, at: &At, data: &openapiv3::SchemaData) -> Access {
    let mutability = data.extensions.get("x-ms-mutability");
    let Some(mutability) = mutability.and_then(Value::as_array) else {
        return match data.read_only {
            true => Access::ReadOnly,
            false => Access::ReadWrite,
        };
    };
    let has = |word: &str| mutability.iter().any(|m| m == word);
    match (has("create"), has("update")) {
        (_, true) => Access::ReadWrite,
        (true, false) => Access::CreateOnly,
        (false, false) if has("read") => Access::ReadOnly,
        (false, false) => {
            let help = "list some of `read`, `create` and `update`, or remove it";
            let message = "`x-ms-mutability` must list something";
            cx.inconsistent_value(&at.child("x-ms-mutability"), message, help);
            Access::ReadWrite
        }
    }
}

/// Whether the query of the URL that a member holds must not be shown.
fn secret_query(
    cx: &mut Context<'_>,
    at: &At,
    data: &openapiv3::SchemaData,
    used: &schema::Use,
) -> bool {
    use crate::api::Scalar::{String, Uri};
    if !extensions::flag(&data.extensions, schema::SECRET_QUERY) {
        return false;
    }
    let is_text = matches!(used.ty, ApiType::Scalar(String | Uri));
    if !is_text || used.password {
        let help = "remove the mark; it is for a text that is shown, but for what stands behind \
                    its question mark";
        let message = "only a text that is no secret can have a secret query";
        cx.unsupported(&at.child(schema::SECRET_QUERY), message, help);
    }
    is_text
}

fn check_secret(cx: &mut Context<'_>, at: &At, ty: &ApiType) -> Option<()> {
    use crate::api::Scalar::{Base64, Base64Url, String, Uri};
    match ty {
        ApiType::Scalar(String | Uri | Base64 | Base64Url) => Some(()),
        ApiType::List(_) | ApiType::Map(_) => {
            let help = "make the items objects with the secret as a property";
            cx.unsupported(at, "a list or map of secrets is not supported", help);
            None
        }
        _ => {
            let help = "remove the mark; of an object, mark the properties that are secret";
            cx.unsupported(at, "only a text or bytes can be secret", help);
            None
        }
    }
}
