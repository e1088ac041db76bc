//! A schema in the place of a member, item, parameter or body -> the type that it uses.

use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, ObjectType, ReferenceOr, Schema, SchemaKind, Type,
};

use super::{Context, extensions, scalar};
use crate::api::{Constraints, Scalar, Type as ApiType};
use crate::diagnostic::did_you_mean;
use crate::source::At;

/// What a schema in such a place says.
pub(super) struct Use {
    pub(super) ty: ApiType,
    pub(super) constraints: Constraints,
    /// Whether it says itself that it must not be shown.
    pub(super) password: bool,
    /// Whether it says that, or the contrary.
    pub(super) decided: bool,
    /// Whether it may be null.
    pub(super) nullable: bool,
}

impl Use {
    fn of(ty: ApiType) -> Self {
        Self {
            ty,
            constraints: Constraints::default(),
            password: false,
            decided: false,
            nullable: false,
        }
    }
}

/// A schema or a reference to one, boxed or not.
#[derive(Clone, Copy)]
pub(super) enum Node<'a> {
    Reference(&'a str),
    Schema(&'a Schema),
}

impl<'a> From<&'a Schema> for Node<'a> {
    fn from(schema: &'a Schema) -> Self {
        Self::Schema(schema)
    }
}

impl<'a> From<&'a ReferenceOr<Schema>> for Node<'a> {
    fn from(node: &'a ReferenceOr<Schema>) -> Self {
        match node {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Schema(schema),
        }
    }
}

impl<'a> From<&'a ReferenceOr<Box<Schema>>> for Node<'a> {
    fn from(node: &'a ReferenceOr<Box<Schema>>) -> Self {
        match node {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Schema(schema),
        }
    }
}

/// Says whether a value must not be shown.
pub(super) const SECRET: &str = "x-ms-secret";

/// Says that a value is a URL, of which all may be shown but the query.
pub(super) const SECRET_QUERY: &str = "x-secret-query";

const MOVE: &str = "move it to components/schemas and refer to it with $ref";

pub(super) fn lower<'a>(cx: &mut Context<'_>, at: &At, node: impl Into<Node<'a>>) -> Option<Use> {
    match node.into() {
        Node::Reference(reference) => {
            let named = cx.type_ref(&at.child("$ref"), reference)?;
            Some(Use::of(ApiType::Named(named)))
        }
        Node::Schema(schema) => {
            let used = lower_kind(cx, at, &schema.schema_kind)?;
            let data = &schema.schema_data;
            let mark = extensions::decided(&data.extensions, SECRET);
            let query = extensions::decided(&data.extensions, SECRET_QUERY);
            Some(Use {
                password: used.password || mark == Some(true),
                decided: used.decided || mark.is_some() || query == Some(true),
                nullable: data.nullable,
                ..used
            })
        }
    }
}

pub(super) fn lower_kind(cx: &mut Context<'_>, at: &At, kind: &SchemaKind) -> Option<Use> {
    match kind {
        SchemaKind::Type(ty) => lower_type(cx, at, ty),
        SchemaKind::AllOf { all_of } => match all_of.as_slice() {
            [ReferenceOr::Reference { reference }] => {
                let at = at.child("allOf").item(0).child("$ref");
                let named = cx.type_ref(&at, reference)?;
                Some(Use::of(ApiType::Named(named)))
            }
            _ => {
                cx.unsupported(at, "an `allOf` with parts of its own needs a name", MOVE);
                None
            }
        },
        SchemaKind::Any(any) if *any == AnySchema::default() => Some(Use::of(ApiType::Json)),
        SchemaKind::Any(_) => {
            mixed(cx, at);
            None
        }
        SchemaKind::OneOf { .. } | SchemaKind::AnyOf { .. } | SchemaKind::Not { .. } => {
            // The document stage has refused these keys already.
            None
        }
    }
}

/// A schema whose keywords do not go together.
pub(super) fn mixed(cx: &mut Context<'_>, at: &At) {
    let message = "the keywords of this schema do not go together";
    let help = "give it one `type` and only keywords of that type; to extend another schema \
                write `allOf: [{$ref: …}, {type: object, properties: …}]`";
    cx.unsupported(at, message, help);
}

fn lower_type(cx: &mut Context<'_>, at: &At, ty: &Type) -> Option<Use> {
    match ty {
        Type::String(string) => {
            if !string.enumeration.is_empty() {
                cx.unsupported(at, "an enumeration needs a name", MOVE);
                return None;
            }
            Some(Use {
                ty: mapped(cx, at, scalar::string(string))?,
                constraints: Constraints {
                    min_length: string.min_length.map(|n| n as u64),
                    max_length: string.max_length.map(|n| n as u64),
                    pattern: string.pattern.clone(),
                    ..Constraints::default()
                },
                password: scalar::is_password(string),
                decided: scalar::is_password(string),
                nullable: false,
            })
        }
        Type::Integer(integer) => Some(Use {
            constraints: Constraints {
                minimum: integer.minimum,
                maximum: integer.maximum,
                ..Constraints::default()
            },
            ..Use::of(mapped(cx, at, scalar::integer(integer))?)
        }),
        Type::Number(number) => Some(Use {
            constraints: Constraints {
                minimum: whole_limit(cx, at, "minimum", number.minimum),
                maximum: whole_limit(cx, at, "maximum", number.maximum),
                ..Constraints::default()
            },
            ..Use::of(mapped(cx, at, scalar::number(number))?)
        }),
        Type::Boolean(_) => Some(Use::of(ApiType::Scalar(Scalar::Bool))),
        Type::Array(array) => lower_array(cx, at, array),
        Type::Object(object) => lower_object(cx, at, object),
    }
}

fn mapped(cx: &mut Context<'_>, at: &At, mapped: scalar::Mapped) -> Option<ApiType> {
    match mapped {
        Ok(scalar) => Some(ApiType::Scalar(scalar)),
        Err(format) => {
            let message = format!("the format `{format}` is not supported");
            let known = did_you_mean(&format, scalar::FORMATS.iter().copied());
            let help = known.unwrap_or_else(|| {
                "remove the format; an override can, if the description is not yours".to_owned()
            });
            cx.unsupported_value(&at.child("format"), message, &help);
            None
        }
    }
}

/// Limits are kept as whole numbers, which all real ones are.
fn whole_limit(cx: &mut Context<'_>, at: &At, key: &str, limit: Option<f64>) -> Option<i64> {
    let limit = limit?;
    let whole = limit.fract() == 0.0 && limit.abs() < 1e15;
    if !whole {
        let help = "write a whole number, or state the limit in the `description` instead";
        let message = format!("`{key}` must be a whole number, below 10^15");
        cx.unsupported_value(&at.child(key), message, help);
    }
    whole.then_some(limit as i64)
}

fn lower_array(cx: &mut Context<'_>, at: &At, array: &ArrayType) -> Option<Use> {
    let Some(items) = &array.items else {
        let help = "add `items`; `items: {}` stands for any JSON value";
        cx.inconsistent(at, "an array needs `items`, which is missing", help);
        return None;
    };
    let items = lower(cx, &at.child("items"), items)?;
    not_null(cx, &at.child("items"), &items);
    Some(Use {
        ty: ApiType::List(Box::new(items.ty)),
        constraints: Constraints {
            min_items: array.min_items.map(|n| n as u64),
            max_items: array.max_items.map(|n| n as u64),
            unique_items: array.unique_items,
            ..Constraints::default()
        },
        password: items.password,
        decided: items.decided,
        nullable: false,
    })
}

/// Lists hold values, not nulls.
fn not_null(cx: &mut Context<'_>, at: &At, used: &Use) {
    if used.nullable {
        let help = "remove `nullable`; a null is an error then";
        let message = "an item of a list cannot be null";
        cx.unsupported(&at.child("nullable"), message, help);
    }
}

fn lower_object(cx: &mut Context<'_>, at: &At, object: &ObjectType) -> Option<Use> {
    if !object.properties.is_empty() {
        cx.unsupported(at, "an object with properties needs a name", MOVE);
        return None;
    }
    match &object.additional_properties {
        None | Some(AdditionalProperties::Any(true)) => Some(Use::of(ApiType::Json)),
        Some(AdditionalProperties::Any(false)) => {
            let help = "list its `properties`, or describe the values with `additionalProperties`";
            cx.unsupported(
                at,
                "an object without properties cannot forbid all others",
                help,
            );
            None
        }
        Some(AdditionalProperties::Schema(values)) => {
            let at = at.child("additionalProperties");
            let values = lower(cx, &at, values.as_ref())?;
            // A null in a map is an entry that is not there; the runtime reads it so.
            Some(Use {
                password: values.password,
                decided: values.decided,
                ..Use::of(ApiType::Map(Box::new(values.ty)))
            })
        }
    }
}
