use serde::{Deserialize, Serialize};

use super::{Presence, is_false};

/// A named type of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypeDef {
    /// The service's own name for it.
    pub name: String,
    /// The name to use in Rust, where the description gives another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_name: Option<String>,
    /// Where values of it go.
    pub usage: Usage,
    /// Whether the service advises against it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub deprecated: bool,
    /// What it is for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub doc: String,
    /// What it looks like.
    #[serde(flatten)]
    pub shape: Shape,
}

/// Whether values of a type are sent, received, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Usage {
    /// In request bodies alone.
    Input,
    /// In responses alone.
    Output,
    /// In both; also what no operation reaches.
    Both,
}

/// What a type looks like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// An object with members.
    Model(Vec<Field>),
    /// A text out of a list.
    Enum(Enum),
    /// Another name for a type.
    Alias(Type),
}

/// A member of a model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Its name in JSON.
    pub wire: String,
    /// The name to use in Rust, where the description gives another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_name: Option<String>,
    /// What it holds.
    #[serde(rename = "type")]
    pub ty: Type,
    /// Whether it must be there.
    pub presence: Presence,
    /// Who sets it.
    #[serde(default, skip_serializing_if = "Access::is_read_write")]
    pub access: Access,
    /// Whether its value must not be shown.
    #[serde(default, skip_serializing_if = "is_false")]
    pub secret: bool,
    /// Whether it is a URL whose query must not be shown.
    #[serde(default, skip_serializing_if = "is_false")]
    pub secret_query: bool,
    /// Whether the service advises against it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub deprecated: bool,
    /// What the service takes when it is left out, as JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// Limits on its value.
    #[serde(default, skip_serializing_if = "Constraints::is_empty")]
    pub constraints: Constraints,
    /// What it is for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub doc: String,
}

/// Who sets a member, and when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// The caller, at any time.
    #[default]
    ReadWrite,
    /// The service.
    ReadOnly,
    /// The caller, when the object is made and never after.
    CreateOnly,
}

impl Access {
    fn is_read_write(&self) -> bool {
        *self == Self::ReadWrite
    }
}

/// The values of an enumeration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enum {
    /// Whether the service may add values at any time.
    pub open: bool,
    /// In the order of the description.
    pub variants: Vec<Variant>,
}

/// A value of an enumeration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    /// The text on the wire.
    pub wire: String,
    /// The name to use in Rust, where the description gives another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_name: Option<String>,
    /// What it means.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub doc: String,
}

/// What a member, parameter or body holds. The wire encoding is part of the type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Type {
    /// A named type.
    Named(TypeRef),
    /// A JSON array.
    List(Box<Type>),
    /// A JSON object with free keys.
    Map(Box<Type>),
    /// Any JSON value.
    Json,
    /// A single value.
    #[serde(untagged)]
    Scalar(Scalar),
}

/// The name of a type, and the service that has it: `keys.KeyBundle`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TypeRef {
    /// Name of the service.
    pub service: String,
    /// Name of the type inside it.
    pub name: String,
}

impl TryFrom<String> for TypeRef {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match text.split_once('.') {
            Some((service, name)) => Ok(Self {
                service: service.to_owned(),
                name: name.to_owned(),
            }),
            None => Err(format!("`{text}` is not SERVICE.TYPE")),
        }
    }
}

impl From<TypeRef> for String {
    fn from(reference: TypeRef) -> Self {
        format!("{}.{}", reference.service, reference.name)
    }
}

/// A single value and how JSON writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scalar {
    /// `true` or `false`.
    Bool,
    /// A number of 32 bits.
    I32,
    /// A number of 64 bits.
    I64,
    /// A floating-point number.
    F64,
    /// A text.
    String,
    /// A text: an RFC 4122 UUID.
    Uuid,
    /// A text: an RFC 3986 URI.
    Uri,
    /// A text: an ISO 8601 duration.
    Duration,
    /// A text: an RFC 3339 timestamp.
    Rfc3339,
    /// A number: seconds since 1970-01-01T00:00:00Z.
    UnixSeconds,
    /// A text: bytes in the standard alphabet of RFC 4648, section 4.
    Base64,
    /// A text: bytes in the URL-safe alphabet of RFC 4648, section 5, without padding.
    Base64Url,
}

/// Limits that the description states.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Constraints {
    /// Least number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<i64>,
    /// Greatest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum: Option<i64>,
    /// Fewest characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_length: Option<u64>,
    /// Most characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u64>,
    /// A regular expression that the text matches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// Fewest items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_items: Option<u64>,
    /// Most items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<u64>,
    /// Whether no two items may be equal.
    #[serde(default, skip_serializing_if = "is_false")]
    pub unique_items: bool,
}

impl Constraints {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Type {
    /// The named type that it is, or whose lists or maps it is.
    pub fn named(&self) -> Option<&TypeRef> {
        match self {
            Self::Named(reference) => Some(reference),
            Self::List(inner) | Self::Map(inner) => inner.named(),
            Self::Scalar(_) | Self::Json => None,
        }
    }
}
