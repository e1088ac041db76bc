//! A schema in the place of a member, item, parameter or body -> the type that it uses.

use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, ObjectType, ReferenceOr, Schema, SchemaKind, Type,
};

use super::{Context, scalar};
use crate::api::{Constraints, Scalar, Type as ApiType};
use crate::source::At;

/// What a schema in such a place says.
pub(super) struct Use {
    pub(super) ty: ApiType,
    pub(super) constraints: Constraints,
    /// Whether its format says that it must not be shown.
    pub(super) password: bool,
}

impl Use {
    fn of(ty: ApiType) -> Self {
        Self {
            ty,
            constraints: Constraints::default(),
            password: false,
        }
    }
}

/// A schema or a reference to one, boxed or not.
#[derive(Clone, Copy)]
pub(super) enum Node<'a> {
    Reference(&'a str),
    Schema(&'a Schema),
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

const MOVE: &str = "move it to components/schemas and refer to it with $ref";

pub(super) fn lower<'a>(cx: &mut Context<'_>, at: &At, node: impl Into<Node<'a>>) -> Option<Use> {
    match node.into() {
        Node::Reference(reference) => {
            let named = cx.type_ref(&at.child("$ref"), reference)?;
            Some(Use::of(ApiType::Named(named)))
        }
        Node::Schema(schema) => lower_kind(cx, at, &schema.schema_kind),
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
                cx.unsupported(at, "`allOf` with parts of its own has no name here", MOVE);
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
    let message = "the keywords of this schema do not go together, or its `type` is missing";
    let help = "give it one `type` and only keywords of that type; to extend another schema \
                write `allOf: [{$ref: …}, {type: object, properties: …}]`";
    cx.unsupported(at, message, help);
}

fn lower_type(cx: &mut Context<'_>, at: &At, ty: &Type) -> Option<Use> {
    match ty {
        Type::String(string) => {
            if !string.enumeration.is_empty() {
                cx.unsupported(at, "an enumeration has no name here", MOVE);
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
            })
        }
        Type::Integer(integer) => {
            no_enumeration(cx, at, integer.enumeration.is_empty())?;
            Some(Use {
                constraints: Constraints {
                    minimum: integer.minimum,
                    maximum: integer.maximum,
                    ..Constraints::default()
                },
                ..Use::of(mapped(cx, at, scalar::integer(integer))?)
            })
        }
        Type::Number(number) => {
            no_enumeration(cx, at, number.enumeration.is_empty())?;
            Some(Use::of(ApiType::Scalar(Scalar::F64)))
        }
        Type::Boolean(boolean) => {
            no_enumeration(cx, at, boolean.enumeration.is_empty())?;
            Some(Use::of(ApiType::Scalar(Scalar::Bool)))
        }
        Type::Array(array) => lower_array(cx, at, array),
        Type::Object(object) => Some(Use::of(lower_object(cx, at, object)?)),
    }
}

fn mapped(cx: &mut Context<'_>, at: &At, mapped: scalar::Mapped) -> Option<ApiType> {
    match mapped {
        Ok(scalar) => Some(ApiType::Scalar(scalar)),
        Err(format) => {
            let message = format!("the format `{format}` has no Rust mapping");
            let help = "remove the format, or change it with an override";
            cx.unsupported(&at.child("format"), message, help);
            None
        }
    }
}

fn no_enumeration(cx: &mut Context<'_>, at: &At, none: bool) -> Option<()> {
    if !none {
        let help = "remove `enum`, and say in the description which values there are";
        cx.unsupported(&at.child("enum"), "only texts can be enumerated", help);
    }
    none.then_some(())
}

fn lower_array(cx: &mut Context<'_>, at: &At, array: &ArrayType) -> Option<Use> {
    let Some(items) = &array.items else {
        let help = "add `items`; `items: {}` stands for any JSON value";
        cx.inconsistent(at, "the array does not say what its items are", help);
        return None;
    };
    let items = lower(cx, &at.child("items"), items)?;
    Some(Use {
        ty: ApiType::List(Box::new(items.ty)),
        constraints: Constraints {
            min_items: array.min_items.map(|n| n as u64),
            max_items: array.max_items.map(|n| n as u64),
            unique_items: array.unique_items,
            ..Constraints::default()
        },
        password: items.password,
    })
}

fn lower_object(cx: &mut Context<'_>, at: &At, object: &ObjectType) -> Option<ApiType> {
    if !object.properties.is_empty() {
        cx.unsupported(at, "an object with members has no name here", MOVE);
        return None;
    }
    match &object.additional_properties {
        None | Some(AdditionalProperties::Any(true)) => Some(ApiType::Json),
        Some(AdditionalProperties::Any(false)) => {
            let help = "list its `properties`, or describe the values with `additionalProperties`";
            cx.unsupported(at, "an object that can have no members", help);
            None
        }
        Some(AdditionalProperties::Schema(values)) => {
            let at = at.child("additionalProperties");
            let values = lower(cx, &at, values.as_ref())?;
            Some(ApiType::Map(Box::new(values.ty)))
        }
    }
}
