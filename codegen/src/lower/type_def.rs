//! A schema of components/schemas -> a named type.

use openapiv3::{
    AdditionalProperties, ObjectType, ReferenceOr, Schema, SchemaData, SchemaKind, Type,
};
use serde_json::Value;

use super::{Context, enumeration, extensions, schema};
use crate::api::{Access, Field, Presence, Shape, Type as ApiType, TypeDef, Usage};
use crate::diagnostic::Code;
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
        let message = format!("the enumeration is called {name} here and {enum_name} there");
        let help = "use one name for the schema and in `x-ms-enum`";
        cx.inconsistent(&at.child("x-ms-enum").child("name"), message, help);
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
            flatten(cx, scope, at, all_of, &mut fields, &mut 0)?;
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
        let help = "mark the members that hold it instead, and give them the bare type";
        cx.unsupported(at, "a named type cannot be secret", help);
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
    parts: &mut usize,
) -> Option<()> {
    for (index, part) in all_of.iter().enumerate() {
        *parts += 1;
        if *parts > MAX_PARTS {
            let help = "break the cycle: a schema cannot extend itself";
            let message = "the `allOf` never ends, or has too many parts";
            cx.report(Code::InfiniteType, at, message, help);
            return None;
        }
        let at = at.child("allOf").item(index);
        let (at, part) = resolve_part(cx, &at, part)?;
        match &part.schema_kind {
            SchemaKind::Type(Type::Object(object)) => {
                add_object(cx, scope, &at, object, fields);
            }
            SchemaKind::AllOf { all_of } => {
                flatten(cx, scope, &at, all_of, fields, parts)?;
            }
            _ => {
                schema::mixed(cx, &at);
                return None;
            }
        }
    }
    Some(())
}

fn resolve_part(cx: &mut Context<'_>, at: &At, part: &ReferenceOr<Schema>) -> Option<(At, Schema)> {
    match part {
        ReferenceOr::Item(schema) => Some((at.clone(), schema.clone())),
        ReferenceOr::Reference { reference } => {
            let (at, _) = cx.target(&at.child("$ref"), reference)?;
            let (at, node) = cx.resolve(&at, "schemas")?;
            let schema = cx.typed(&at, node)?;
            Some((at, schema))
        }
    }
}

/// A member of a child replaces the parent's of the same name.
fn extend(cx: &mut Context<'_>, at: &At, fields: &mut Vec<Field>, own: Vec<Field>) {
    for field in own {
        match fields.iter_mut().find(|f| f.wire == field.wire) {
            None => fields.push(field),
            Some(inherited) if inherited.ty == field.ty => *inherited = field,
            Some(_) => {
                let message = format!("`{}` has another type in a schema above", field.wire);
                let help = "give the member one type, or do not extend that schema";
                cx.inconsistent(&at.child("properties").child(&field.wire), message, help);
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
        let message = "an object with both members and free keys has no Rust mapping";
        let help = "remove `additionalProperties`, or move the free keys into a member";
        cx.unsupported(&at.child("additionalProperties"), message, help);
    }
    check_required(cx, at, object, fields);
    let mut own = Vec::new();
    for (name, node) in &object.properties {
        let at = at.child("properties").child(name);
        cx.origins.insert(&[&scope.item[..], &[name]].concat(), &at);
        let required = object.required.contains(name);
        own.extend(field(cx, &at, name, node.into(), required));
    }
    extend(cx, at, fields, own);
}

/// What is required must be a member; an inherited one becomes required.
fn check_required(cx: &mut Context<'_>, at: &At, object: &ObjectType, inherited: &mut [Field]) {
    let names = object.required.iter().enumerate();
    for (index, name) in names.filter(|(_, name)| !object.properties.contains_key(*name)) {
        match inherited.iter_mut().find(|field| field.wire == *name) {
            Some(field) => field.presence = Presence::Required,
            None => {
                let message = format!("`{name}` is required, but is not among the properties");
                let help = "add the property, or take its name off the list";
                cx.inconsistent(&at.child("required").item(index), message, help);
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
) -> Option<Field> {
    let used = schema::lower(cx, at, node)?;
    let data = match node {
        schema::Node::Schema(schema) => Some(&schema.schema_data),
        schema::Node::Reference(_) => None,
    };
    if used.password {
        check_secret(cx, at, &used.ty)?;
    }
    Some(Field {
        wire: wire.to_owned(),
        client_name: data
            .and_then(|data| extensions::text(&data.extensions, "x-ms-client-name"))
            .filter(|name| name != wire),
        ty: used.ty,
        presence: match required && !used.nullable {
            true => Presence::Required,
            false => Presence::Optional,
        },
        access: data.map(|data| access(cx, at, data)).unwrap_or_default(),
        secret: used.password,
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
            let help = "list some of `read`, `create` and `update`";
            cx.inconsistent(
                &at.child("x-ms-mutability"),
                "nobody may touch this member",
                help,
            );
            Access::ReadWrite
        }
    }
}

fn check_secret(cx: &mut Context<'_>, at: &At, ty: &ApiType) -> Option<()> {
    use crate::api::Scalar::{Base64, Base64Url, String, Uri};
    match ty {
        ApiType::Scalar(String | Uri | Base64 | Base64Url) => Some(()),
        ApiType::List(_) | ApiType::Map(_) => {
            let help = "make the items a model with the secret as a member";
            cx.unsupported(at, "a list or map of secrets has no Rust mapping", help);
            None
        }
        _ => {
            let help = "remove the mark; in a model, mark the members that are secret";
            cx.unsupported(at, "only a text or bytes can be secret", help);
            None
        }
    }
}
