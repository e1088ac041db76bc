//! Values that sound like secrets, and so must be said to be some or none.
//!
//! The words are those of any API. What only one service calls a secret stands in its description.

use serde_json::Value;

use super::Context;
use crate::api::{Scalar, Type, TypeRef};
use crate::diagnostic::Code;
use crate::naming;
use crate::source::At;

/// Suspicious wherever they stand in a name, whose letters alone are looked at.
const ANYWHERE: &[&str] = &[
    "accesskey",
    "accountkey",
    "apikey",
    "backupblob",
    "bearer",
    "cleartext",
    "connectionstring",
    "credential",
    "masterkey",
    "passcode",
    "passphrase",
    "passwd",
    "password",
    "plaintext",
    "privatekey",
    "secret",
    "sharedkey",
    "signingkey",
    "storagekey",
    "token",
];

/// Too short for that: suspicious as a word of a name.
const AS_WORD: &[&str] = &["jwt", "otp", "pass", "pfx", "pin", "pkcs12", "pwd", "sas"];

/// Suspicious as the whole name, which then says nothing of what it holds.
const ALONE: &[&str] = &["backup", "blob", "key", "pem", "sig", "value"];

/// The private members of a JSON Web Key (RFC 7518 section 6).
const OF_KEY: &[&str] = &["d", "dp", "dq", "k", "oth", "p", "q", "qi"];

/// What a JSON Web Key is told by.
pub(super) const KEY_TYPE: &str = "kty";

/// A member or parameter that holds a value.
pub(super) struct Suspect<'a> {
    /// What it is: `the member`.
    pub(super) kind: &'static str,
    pub(super) name: &'a str,
    pub(super) client_name: Option<&'a str>,
    pub(super) ty: &'a Type,
    /// Whether it stands beside the type of a key.
    pub(super) in_key: bool,
}

/// Reports a value that sounds like a secret. For those of which the description says nothing.
pub(super) fn report(cx: &mut Context<'_>, at: &At, suspect: &Suspect<'_>) {
    let mut names = std::iter::once(suspect.name).chain(suspect.client_name);
    let is_suspect = match holds(cx, suspect.ty) {
        Holds::Nothing => false,
        Holds::One => {
            names.any(|name| sounds_secret(name) || ALONE.contains(&name))
                || suspect.in_key && OF_KEY.contains(&suspect.name)
        }
        Holds::Many => names.any(sounds_secret),
    };
    if !is_suspect {
        return;
    }
    let message = format!(
        "{} `{}` sounds like a secret, and nothing says whether it is one",
        suspect.kind, suspect.name
    );
    cx.report(Code::UnmarkedSecret, at, message, way_out(suspect.ty));
}

/// What can be said of a value depends on what it is: only a text or bytes can be a secret, and a name stands for
/// both secrets and others.
fn way_out(ty: &Type) -> &'static str {
    match ty {
        Type::Scalar(_) => {
            "mark it with `x-ms-secret: true`, or with `false` if anybody may see it; in an \
             override, which says why, if the description is not yours"
        }
        Type::Named(_) => {
            "write the type here in the place of its name, marked with `x-ms-secret: true`, or \
             with `false` if anybody may see it; in an override, which says why, if the \
             description is not yours"
        }
        Type::List(_) | Type::Map(_) => {
            "mark it with `x-ms-secret: false` if anybody may see it; if not, make the items \
             objects with the secret as a property, which can be marked"
        }
        Type::Json => {
            "mark it with `x-ms-secret: false` if anybody may see it; if not, describe what it \
             is: a text or bytes can be a secret"
        }
    }
}

fn sounds_secret(name: &str) -> bool {
    let letters: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
    let letters = letters.to_lowercase();
    let has_word = |words: &str| words.split('_').any(|word| AS_WORD.contains(&word));
    ANYWHERE.iter().any(|part| letters.contains(part)) || has_word(&naming::snake_case(name))
}

/// What can be in a value.
#[derive(Clone, Copy)]
enum Holds {
    /// A secret cannot: a number, a word out of a list, a model with members of its own.
    Nothing,
    /// One text, bytes or any JSON.
    One,
    /// Texts or bytes in a list or map.
    Many,
}

fn holds(cx: &Context<'_>, ty: &Type) -> Holds {
    match ty {
        Type::Scalar(Scalar::String | Scalar::Uri | Scalar::Base64 | Scalar::Base64Url)
        | Type::Json => Holds::One,
        Type::Scalar(_) => Holds::Nothing,
        Type::List(item) | Type::Map(item) => match holds(cx, item) {
            Holds::Nothing => Holds::Nothing,
            Holds::One | Holds::Many => Holds::Many,
        },
        Type::Named(reference) => named(cx, reference),
    }
}

/// Whether a named type is another name of a text or bytes.
fn named(cx: &Context<'_>, reference: &TypeRef) -> Holds {
    let Some(schema) = cx.schema(reference) else {
        return Holds::Nothing;
    };
    let is_text = schema.get("type").and_then(Value::as_str) == Some("string");
    match is_text && schema.get("enum").is_none() {
        true => Holds::One,
        false => Holds::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_a_suspicious_word_are_suspects_however_they_are_written() {
        for name in [
            "password",
            "adminPassword",
            "PWD",
            "client_secret",
            "clientsecret",
            "x-access-token",
            "sasUri",
            "SASToken",
            "connection string",
            "PrivateKeyPem",
            "pkcs12",
        ] {
            assert!(sounds_secret(name), "{name}");
        }
    }

    #[test]
    fn other_names_are_none() {
        for name in [
            "name",
            "keyName",
            "passenger",
            "spin",
            "compass",
            "Sasha",
            "value",
            "d",
            "",
        ] {
            assert!(!sounds_secret(name), "{name}");
        }
    }
}
