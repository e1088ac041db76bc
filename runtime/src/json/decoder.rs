//! The one bridge to serde: a visitor for every [`Wire`] type, and its counterpart for writing.

use super::wire::{Mode, Scalar, Wire};
use crate::ParseError;
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

/// Reads a value with any self-describing serde format.
#[doc(hidden)]
pub fn deserialize<'de, T: Wire, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    Decoder::new().deserialize(from)
}

/// Writes a value whole with any serde format.
#[doc(hidden)]
pub fn serialize<T: Wire, S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
    value.write(to, Mode::Full)
}

/// Reads a value of a [`Wire`] type.
pub(crate) struct Decoder<T>(PhantomData<fn() -> T>);

impl<T> Decoder<T> {
    pub(crate) fn new() -> Self {
        Self(PhantomData)
    }
}

impl<'de, T: Wire> DeserializeSeed<'de> for Decoder<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<T, D::Error> {
        let mut value = T::blank();
        let into = Filler {
            into: &mut value,
            null_blanks: false,
        };
        into.deserialize(from)?;
        Ok(value)
    }
}

/// The visitor of every [`Wire`] type. It fills a place that is there already, since models are large and moving them takes
/// time; and it tells whether the value was null.
///
/// Each `visit` method is overridden, because serde's own ones quote the value in their error.
pub(crate) struct Filler<'a, T> {
    pub(crate) into: &'a mut T,
    /// Whether null leaves the place blank, whatever the type.
    pub(crate) null_blanks: bool,
}

impl<T: Wire> Filler<'_, T> {
    fn null<E: Error>(self) -> Result<bool, E> {
        *self.into = match self.null_blanks {
            true => T::blank(),
            false => scalar(Scalar::Null)?,
        };
        Ok(true)
    }

    fn fill<E>(self, value: Result<T, E>) -> Result<bool, E> {
        *self.into = value?;
        Ok(false)
    }
}

impl<'de, T: Wire> DeserializeSeed<'de> for Filler<'_, T> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<bool, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de, T: Wire> Visitor<'de> for Filler<'_, T> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_unit<E: Error>(self) -> Result<bool, E> {
        self.null()
    }

    fn visit_none<E: Error>(self) -> Result<bool, E> {
        self.null()
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<bool, D::Error> {
        from.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, from: D) -> Result<bool, D::Error> {
        from.deserialize_any(self)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<bool, E> {
        self.fill(scalar(Scalar::Bool(value)))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<bool, E> {
        self.fill(scalar(Scalar::I64(value)))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<bool, E> {
        self.fill(scalar(Scalar::U64(value)))
    }

    fn visit_i128<E: Error>(self, _: i128) -> Result<bool, E> {
        Err(other_kind::<T, E>("a number of 128 bits"))
    }

    fn visit_u128<E: Error>(self, _: u128) -> Result<bool, E> {
        Err(other_kind::<T, E>("a number of 128 bits"))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<bool, E> {
        self.fill(scalar(Scalar::F64(value)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<bool, E> {
        self.fill(scalar(Scalar::Text(text)))
    }

    fn visit_bytes<E: Error>(self, _: &[u8]) -> Result<bool, E> {
        Err(other_kind::<T, E>("bytes"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<bool, A::Error> {
        self.fill(T::list(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<bool, A::Error> {
        self.fill(T::object(members))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, _: A) -> Result<bool, A::Error> {
        Err(other_kind::<T, A::Error>("an enum"))
    }
}

fn scalar<T: Wire, E: Error>(scalar: Scalar<'_>) -> Result<T, E> {
    T::scalar(scalar).map_err(E::custom)
}

fn other_kind<T: Wire, E: Error>(found: &'static str) -> E {
    E::custom(ParseError::new(T::EXPECTED, found))
}

/// Reads the name of a member, without a copy where the format allows it.
pub(crate) struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_borrowed_str<E: Error>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name.to_owned()))
    }
}

/// Says where an error happened. `serde_json` reads line and column back from the end of the text.
pub(crate) fn at<E: Error>(place: fmt::Arguments<'_>, inner: E) -> E {
    E::custom(format_args!("{place}: {inner}"))
}

/// A value on its way out, for serde.
pub(crate) struct Outgoing<'a, T>(pub(crate) &'a T, pub(crate) Mode);

impl<T: Wire> Serialize for Outgoing<'_, T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.write(to, self.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::de::value::{
        BytesDeserializer, Error as ValueError, I128Deserializer, StrDeserializer, U128Deserializer,
    };

    fn refusal<'de>(from: impl Deserializer<'de, Error = ValueError>) -> String {
        deserialize::<i64, _>(from).unwrap_err().to_string()
    }

    #[test]
    fn kinds_that_json_lacks_are_refused_without_quoting_them() {
        assert_eq!(
            refusal(BytesDeserializer::new(b"hunter2")),
            "expected a whole number, found bytes"
        );
        assert_eq!(
            refusal(I128Deserializer::new(7777)),
            "expected a whole number, found a number of 128 bits"
        );
        assert_eq!(
            refusal(U128Deserializer::new(7777)),
            "expected a whole number, found a number of 128 bits"
        );
        assert_eq!(
            refusal(StrDeserializer::new("hunter2")),
            "expected a whole number, found other text"
        );
    }

    #[test]
    fn a_name_is_borrowed_unless_it_is_escaped() {
        let mut plain = serde_json::Deserializer::from_str(r#""kid""#);
        assert!(matches!(
            Name.deserialize(&mut plain),
            Ok(Cow::Borrowed("kid"))
        ));
        let mut escaped = serde_json::Deserializer::from_str(r#""k\u0069d""#);
        assert_eq!(Name.deserialize(&mut escaped).unwrap(), "kid");
    }
}
