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

/// Tells of another type.
pub(super) fn compare(
    found: &mut Found,
    place: &str,
    subject: Subject,
    (old, old_secret): (&Type, bool),
    (new, new_secret): (&Type, bool),
) {
    if old_secret == new_secret && found.is_same(old, new) {
        return;
    }
    let meaning = meaning(found, (old, old_secret), (new, new_secret));
    let texts = ("type", text(old, old_secret), text(new, new_secret));
    found.aspect(place, subject, texts, meaning);
}

/// What another type means. A type that only has another name is not another one.
pub(super) fn meaning(
    found: &Found,
    (old, old_secret): (&Type, bool),
    (new, new_secret): (&Type, bool),
) -> Meaning {
    if old_secret == new_secret && found.is_same(old, new) {
        return INVISIBLE;
    }
    match (
        same_rust(old, new) && old_secret == new_secret,
        same_json(old, new),
    ) {
        (true, true) => INVISIBLE,
        (true, false) => {
            Meaning::of(Impact::Invisible, Impact::Breaking).because("it is written in another way")
        }
        (false, true) => Meaning::of(Impact::Breaking, Impact::Invisible)
            .because("it is of another type in Rust"),
        (false, false) => Meaning::breaking("it is of another type"),
    }
}

impl Found {
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

    fn is_same_name(&self, old: &TypeRef, new: &TypeRef) -> bool {
        self.renamed.get(old).unwrap_or(old) == new
    }
}

/// Whether both are the same type in Rust.
fn same_rust(old: &Type, new: &Type) -> bool {
    match (old, new) {
        (Type::Scalar(old), Type::Scalar(new)) => old == new || is_text(*old) && is_text(*new),
        (Type::List(old), Type::List(new)) | (Type::Map(old), Type::Map(new)) => {
            same_rust(old, new)
        }
        _ => old == new,
    }
}

/// Texts that are a `String` in Rust whatever they hold.
fn is_text(scalar: Scalar) -> bool {
    matches!(
        scalar,
        Scalar::String | Scalar::Uuid | Scalar::Uri | Scalar::Duration
    )
}

/// Whether values of both look the same in JSON. A named type may be anything, but one that replaces a text is an
/// enumeration.
fn same_json(old: &Type, new: &Type) -> bool {
    match (old, new) {
        (Type::Scalar(old), Type::Scalar(new)) => json_kind(*old) == json_kind(*new),
        (Type::List(old), Type::List(new)) | (Type::Map(old), Type::Map(new)) => {
            same_json(old, new)
        }
        (Type::Scalar(Scalar::String), Type::Named(_))
        | (Type::Named(_), Type::Scalar(Scalar::String)) => true,
        (Type::Named(old), Type::Named(new)) => old.name == new.name,
        _ => old == new,
    }
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
