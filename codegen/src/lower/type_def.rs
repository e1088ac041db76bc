//! A schema of components/schemas -> a named type.

use openapiv3::{ReferenceOr, Schema, SchemaData, SchemaKind, Type};
use serde_json::Value;

use super::members::Members;
use super::{Context, enumeration, extensions, schema};
use crate::api::{Shape, TypeDef, Usage};
use crate::diagnostic::{Code, Diagnostic};
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

pub(super) fn doc(data: &SchemaData) -> String {
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
            let mut members = Members::default();
            members.add_object(cx, &scope.item, at, object);
            Some(Shape::Model(members.finish(cx)))
        }
        SchemaKind::AllOf { all_of } if !is_plain_reference(all_of) => {
            let mut members = Members::default();
            let mut walk = Walk::from(at);
            flatten(cx, scope, at, all_of, &mut members, &mut walk)?;
            Some(Shape::Model(members.finish(cx)))
        }
        kind => {
            if let SchemaKind::Type(Type::Object(object)) = kind {
                let mut members = Members::default();
                members.require(at, object);
                members.finish(cx);
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
    members: &mut Members,
    walk: &mut Walk,
) -> Option<()> {
    for (index, part) in all_of.iter().enumerate() {
        walk.parts += 1;
        if walk.parts > MAX_PARTS {
            let help = "let schemas extend fewer others, or write the properties out";
            let message = format!("the schema extends more than {MAX_PARTS} others");
            cx.report(Code::TooLarge, walk.start(), message, help);
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
                members.add_object(cx, &scope.item, &at, object);
            }
            SchemaKind::AllOf { all_of } => {
                flatten(cx, scope, &at, all_of, members, walk)?;
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
