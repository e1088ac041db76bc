//! Types of members, parameters and bodies.

use super::{Found, INVISIBLE, Impact, Meaning, Subject};
use crate::api::{Scalar, Type, TypeRef};
/// As people write it.
pub(super) fn text(ty: &Type, secret: bool) -> String {
    let text = match ty {
        Type::Named(reference) => format!("{}.{}", reference.service, reference.name),
        Type::List(item) => format!("list of {}", text(item, false)),
        Type::Map(value) => format!("map of {}", text(value, false)),
        Type::Json => "any JSON".to_owned(),
        Type::Scalar(scalar) => scalar_text(*scalar).to_owned(),
    };
    if secret {
        format!("secret {text}")
    } else {
        text
    }
}

fn scalar_text(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Bool => "boolean",
        Scalar::I32 => "int32",
        Scalar::I64 => "int64",
        Scalar::F64 => "double",
        Scalar::String => "string",
        Scalar::Uuid => "uuid",
        Scalar::Uri => "uri",
        Scalar::Duration => "duration",
        Scalar::Rfc3339 => "date-time",
        Scalar::UnixSeconds => "unix time",
        Scalar::Base64 => "base64",
        Scalar::Base64Url => "base64url",
    }
}

/// A type, and what else decides how Rust has it.
#[derive(Clone, Copy)]
pub(super) struct Typed<'a> {
    pub(super) ty: &'a Type,
    /// Its values must not be shown.
    pub(super) secret: bool,
}

impl<'a> Typed<'a> {
    /// A type whose values may be shown.
    pub(super) fn plain(ty: &'a Type) -> Self {
        Self { ty, secret: false }
    }
}

/// Tells of another type.
pub(super) fn compare(
    found: &mut Found,
    place: &str,
    subject: Subject,
    old: Typed<'_>,
    new: Typed<'_>,
) {
    if old.secret == new.secret && found.is_same(old.ty, new.ty) {
        return;
    }
    let meaning = meaning(found, old, new);
    let texts = ("type", text(old.ty, old.secret), text(new.ty, new.secret));
    found.aspect(place, subject, texts, meaning);
}

/// What another type means. A type that only has another name is not another one.
pub(super) fn meaning(found: &Found, old: Typed<'_>, new: Typed<'_>) -> Meaning {
    if old.secret == new.secret && found.is_same(old.ty, new.ty) {
        return INVISIBLE;
    }
    let (rust, reason) = rust(found, old, new);
    match (rust, found.is_same_json(old.ty, new.ty)) {
        (_, true) => Meaning::of(rust, Impact::Invisible).because(reason),
        (Impact::Breaking, false) => Meaning::breaking("it is of another type"),
        (_, false) => Meaning::of(rust, Impact::Breaking).because("it is written in another way"),
    }
}

/// What another type means for code, and why it breaks that.
fn rust(found: &Found, old: Typed<'_>, new: Typed<'_>) -> (Impact, &'static str) {
    if old.secret != new.secret || !found.is_same_rust(old.ty, new.ty) {
        return (Impact::Breaking, "it is of another type in Rust");
    }
    (Impact::Invisible, "")
}

impl Found<'_> {
    /// Whether two types are the same, but for names that changed.
    pub(super) fn is_same(&self, old: &Type, new: &Type) -> bool {
        match (old, new) {
            (Type::Named(old), Type::Named(new)) => self.is_same_name(old, new),
            (Type::List(old), Type::List(new)) | (Type::Map(old), Type::Map(new)) => {
                self.is_same(old, new)
            }
            _ => old == new,
        }
    }

    pub(super) fn is_same_name(&self, old: &TypeRef, new: &TypeRef) -> bool {
        self.renamed.get(old).unwrap_or(old) == new
    }

    /// Whether both are the same type in Rust, but for names that changed.
    pub(super) fn is_same_rust(&self, old: &Type, new: &Type) -> bool {
        let (old, new) = (self.old.types.resolved(old), self.new.types.resolved(new));
        self.is_same(&one_text(old), &one_text(new))
    }

    /// Whether values of both look the same in JSON.
    fn is_same_json(&self, old: &Type, new: &Type) -> bool {
        let (old, new) = (self.old.types.resolved(old), self.new.types.resolved(new));
        self.looks_same(&old, &new)
    }

    /// The same of types without aliases. What replaces a text is one if it is an enumeration.
    fn looks_same(&self, old: &Type, new: &Type) -> bool {
        match (old, new) {
            (Type::Scalar(old), Type::Scalar(new)) => json_kind(*old) == json_kind(*new),
            (Type::List(old), Type::List(new)) | (Type::Map(old), Type::Map(new)) => {
                self.looks_same(old, new)
            }
            (Type::Scalar(Scalar::String), Type::Named(new)) => !self.new.types.is_model(new),
            (Type::Named(old), Type::Scalar(Scalar::String)) => !self.old.types.is_model(old),
            (Type::Named(old), Type::Named(new)) => {
                old.name == new.name || self.is_same_name(old, new)
            }
            _ => old == new,
        }
    }
}

/// A type with one kind of text, for all of them are a `String` in Rust.
fn one_text(ty: Type) -> Type {
    match ty {
        Type::List(item) => Type::List(Box::new(one_text(*item))),
        Type::Map(value) => Type::Map(Box::new(one_text(*value))),
        Type::Scalar(scalar) if is_text(scalar) => Type::Scalar(Scalar::String),
        other => other,
    }
}

fn is_text(scalar: Scalar) -> bool {
    matches!(
        scalar,
        Scalar::String | Scalar::Uuid | Scalar::Uri | Scalar::Duration
    )
}

fn json_kind(scalar: Scalar) -> u8 {
    match scalar {
        Scalar::Bool => 0,
        Scalar::I32 | Scalar::I64 | Scalar::F64 | Scalar::UnixSeconds => 1,
        Scalar::String | Scalar::Uuid | Scalar::Uri | Scalar::Duration => 2,
        Scalar::Rfc3339 => 3,
        Scalar::Base64 => 4,
        Scalar::Base64Url => 5,
    }
}
