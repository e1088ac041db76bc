use openapiv3::{
    IntegerFormat, IntegerType, NumberType, StringFormat, StringType, VariantOrUnknownOrEmpty,
};

use crate::api::Scalar;

/// A scalar, or the format that has no mapping.
pub(super) type Mapped = Result<Scalar, String>;

/// The formats that are known, of any type.
pub(super) const FORMATS: &[&str] = &[
    "int32",
    "int64",
    "unixtime",
    "float",
    "double",
    "date-time",
    "byte",
    "password",
    "base64url",
    "uuid",
    "uri",
    "url",
    "duration",
    "arm-id",
    "email",
];

pub(super) fn integer(integer: &IntegerType) -> Mapped {
    Ok(match &integer.format {
        VariantOrUnknownOrEmpty::Item(IntegerFormat::Int32) => Scalar::I32,
        VariantOrUnknownOrEmpty::Item(IntegerFormat::Int64) | VariantOrUnknownOrEmpty::Empty => {
            Scalar::I64
        }
        VariantOrUnknownOrEmpty::Unknown(format) => match format.as_str() {
            "unixtime" => Scalar::UnixSeconds,
            _ => return Err(format.clone()),
        },
    })
}

pub(super) fn number(number: &NumberType) -> Mapped {
    match &number.format {
        VariantOrUnknownOrEmpty::Unknown(format) => Err(format.clone()),
        VariantOrUnknownOrEmpty::Item(_) | VariantOrUnknownOrEmpty::Empty => Ok(Scalar::F64),
    }
}

pub(super) fn string(string: &StringType) -> Mapped {
    Ok(match &string.format {
        VariantOrUnknownOrEmpty::Empty => Scalar::String,
        VariantOrUnknownOrEmpty::Item(format) => match format {
            StringFormat::DateTime => Scalar::Rfc3339,
            StringFormat::Byte => Scalar::Base64,
            StringFormat::Password => Scalar::String,
            StringFormat::Date => return Err("date".to_owned()),
            StringFormat::Binary => return Err("binary".to_owned()),
        },
        VariantOrUnknownOrEmpty::Unknown(format) => match format.as_str() {
            "base64url" => Scalar::Base64Url,
            "uuid" => Scalar::Uuid,
            "uri" | "url" => Scalar::Uri,
            "duration" => Scalar::Duration,
            "arm-id" | "email" => Scalar::String,
            _ => return Err(format.clone()),
        },
    })
}

pub(super) fn is_password(string: &StringType) -> bool {
    string.format == VariantOrUnknownOrEmpty::Item(StringFormat::Password)
}
