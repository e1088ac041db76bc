//! The bridge to serde: one visitor and one serializer for the values of all types.

use super::fields::Showing;
use super::marks::Marks;
use super::slot::{Entries, Items, List, Members, Object, Slot, Stop, View};
use super::table::{Member, Table};
use super::wire::{Mode, Scalar};
use crate::ParseError;
#[cfg(feature = "serde")]
use crate::Wire;
use serde_core::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_core::ser::{Error as _, Serialize, SerializeMap, SerializeSeq, Serializer};
use std::fmt::{self, Display};
use std::ops::ControlFlow;

/// Reads a value with any self-describing serde format.
#[cfg(feature = "serde")]
#[doc(hidden)]
pub fn deserialize<'de, T: Wire, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    let mut value = T::blank();
    Filler::new(&mut value).deserialize(from)?;
    Ok(value)
}

/// Writes a value whole with any serde format.
#[cfg(feature = "serde")]
#[doc(hidden)]
pub fn serialize<T: Wire, S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
    Outgoing(value, Mode::Full).serialize(to)
}

/// Fills a blank slot, and tells whether the value was null.
///
/// Each `visit` method is overridden, because serde's own ones quote the value in their error.
pub(super) struct Filler<'a> {
    into: &'a mut dyn Slot,
    /// Whether null leaves the place blank, whatever the type.
    null_blanks: bool,
}

impl<'a> Filler<'a> {
    pub(super) fn new(into: &'a mut dyn Slot) -> Self {
        Self {
            into,
            null_blanks: false,
        }
    }

    fn null<E: Error>(self) -> Result<bool, E> {
        match self.null_blanks {
            true => self.into.clear(),
            false => self.into.scalar(Scalar::Null).map_err(E::custom)?,
        }
        Ok(true)
    }

    fn scalar<E: Error>(self, scalar: Scalar<'_>) -> Result<bool, E> {
        self.into.scalar(scalar).map_err(E::custom)?;
        Ok(false)
    }

    fn other_kind<E: Error>(self, found: &'static str) -> E {
        E::custom(ParseError::new(self.into.expected(), found))
    }
}

impl<'de> DeserializeSeed<'de> for Filler<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<bool, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Filler<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.into.expected())
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
        self.scalar(Scalar::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<bool, E> {
        self.scalar(Scalar::I64(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<bool, E> {
        self.scalar(Scalar::U64(value))
    }

    fn visit_i128<E: Error>(self, _: i128) -> Result<bool, E> {
        Err(self.other_kind("a number of 128 bits"))
    }

    fn visit_u128<E: Error>(self, _: u128) -> Result<bool, E> {
        Err(self.other_kind("a number of 128 bits"))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<bool, E> {
        self.scalar(Scalar::F64(value))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<bool, E> {
        self.scalar(Scalar::Text(text))
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<bool, E> {
        self.scalar(Scalar::Text(text))
    }

    fn visit_bytes<E: Error>(self, _: &[u8]) -> Result<bool, E> {
        Err(self.other_kind("bytes"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, from: A) -> Result<bool, A::Error> {
        let mut items = Incoming { from, error: None };
        let read = self.into.list(&mut items);
        items.result(read)
    }

    fn visit_map<A: MapAccess<'de>>(self, from: A) -> Result<bool, A::Error> {
        let mut members = Incoming { from, error: None };
        let read = self.into.object(&mut members);
        members.result(read)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, _: A) -> Result<bool, A::Error> {
        Err(self.other_kind("an enum"))
    }
}

/// A list or an object of a serde format, which keeps the error of the format's own type.
struct Incoming<A, E> {
    from: A,
    error: Option<E>,
}

impl<A, E: Error> Incoming<A, E> {
    fn keep<T>(&mut self, result: Result<T, E>) -> Result<T, Stop> {
        result.map_err(|error| {
            self.error = Some(error);
            Stop(())
        })
    }

    fn refuse(&mut self, reason: &dyn Display) -> Stop {
        self.error = Some(E::custom(reason));
        Stop(())
    }

    /// Says where an error happened. `serde_json` reads line and column back from the end of the text.
    fn at(&mut self, place: &dyn Display) -> Stop {
        self.error = self.error.take().map(|inner| placed(place, &inner));
        Stop(())
    }

    /// What was read is not null.
    fn result(self, read: Result<(), Stop>) -> Result<bool, E> {
        match (read, self.error) {
            (Ok(()), _) => Ok(false),
            (Err(_), Some(error)) => Err(error),
            (Err(_), None) => Err(E::custom("reading was ended")),
        }
    }
}

impl<'de, A: SeqAccess<'de>> Items for Incoming<A, A::Error> {
    fn next(&mut self, into: &mut dyn Slot) -> Result<bool, Stop> {
        let read = self.from.next_element_seed(Filler::new(into));
        self.keep(read).map(|item| item.is_some())
    }

    fn skip(&mut self) -> Result<(), Stop> {
        loop {
            let read = self.from.next_element::<IgnoredAny>();
            if self.keep(read)?.is_none() {
                return Ok(());
            }
        }
    }

    fn refuse(&mut self, reason: &dyn Display) -> Stop {
        self.refuse(reason)
    }

    fn at(&mut self, place: &dyn Display) -> Stop {
        self.at(place)
    }
}

impl<'de, A: MapAccess<'de>> Members for Incoming<A, A::Error> {
    fn name(&mut self) -> Result<Option<String>, Stop> {
        let mut name = String::new();
        let read = self.from.next_key_seed(Filler::new(&mut name));
        self.keep(read).map(|member| member.map(|_| name))
    }

    fn fill(&mut self, table: &'static Table, slots: &mut [&mut dyn Slot]) -> Result<(), Stop> {
        let read = fill(&mut self.from, table, slots);
        self.keep(read)
    }

    fn value(&mut self, into: &mut dyn Slot, null_blanks: bool) -> Result<bool, Stop> {
        let read = self.from.next_value_seed(Filler { into, null_blanks });
        self.keep(read)
    }

    fn skip(&mut self) -> Result<(), Stop> {
        let read = self.from.next_value::<IgnoredAny>();
        self.keep(read).map(drop)
    }

    fn refuse(&mut self, reason: &dyn Display) -> Stop {
        self.refuse(reason)
    }

    fn at(&mut self, place: &dyn Display) -> Stop {
        self.at(place)
    }
}

/// The error with the place where it happened.
fn placed<E: Error>(place: &dyn Display, inner: &E) -> E {
    E::custom(format_args!("{place}: {inner}"))
}

/// Reads the members of a model into their slots.
fn fill<'de, A: MapAccess<'de>>(
    from: &mut A,
    table: &'static Table,
    slots: &mut [&mut dyn Slot],
) -> Result<(), A::Error> {
    let (model, members) = (table.name, table.members);
    let mut marks = Marks::new(members.len());
    let mut guess = 0;
    while let Some(found) = from.next_key_seed(Find { members, guess })? {
        let Some(index) = found else {
            from.next_value::<IgnoredAny>()?;
            continue;
        };
        guess = index + 1;
        let into = &mut *slots[index];
        // The last of repeated members counts.
        if marks.is_seen(index) {
            into.clear();
        }
        let null_blanks = true;
        match from.next_value_seed(Filler { into, null_blanks }) {
            Ok(is_null) => marks.mark(index, !is_null),
            // The member is one that the model knows, so that its name tells nothing of the input.
            Err(error) => {
                let place = format_args!("{model}.{}", members[index].name());
                return Err(placed(&place, &error));
            }
        }
    }
    match marks.missing(members).map(Member::name) {
        Some(name) => {
            let message = format_args!("{model}: the member `{name}` is missing");
            Err(A::Error::custom(message))
        }
        None => Ok(()),
    }
}

/// Finds the name of a member in a table, without a copy of it.
struct Find {
    members: &'static [Member],
    guess: usize,
}

impl<'de> DeserializeSeed<'de> for Find {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_str(self)
    }
}

impl Visitor<'_> for Find {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    /// Members mostly come in the order of the table, some of them left out.
    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        let is_it = |at: &usize| {
            self.members
                .get(*at)
                .is_some_and(|member| member.name() == name)
        };
        if is_it(&self.guess) {
            return Ok(Some(self.guess));
        }
        let mut places = (self.guess + 1..self.members.len()).chain(0..self.guess);
        Ok(places.find(is_it))
    }
}

/// A value on its way out, for serde.
pub(crate) struct Outgoing<'a>(pub(crate) &'a dyn Slot, pub(crate) Mode);

impl Serialize for Outgoing<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.0.view() {
            View::Null => to.serialize_unit(),
            View::Bool(value) => to.serialize_bool(value),
            View::I64(value) => to.serialize_i64(value),
            View::F64(value) => to.serialize_f64(value),
            View::Text(text) => to.serialize_str(text),
            View::Made(text) => to.serialize_str(&text),
            View::List(list) => write_list(list, to, self.1),
            View::Map(entries) => write_map(entries, to, self.1),
            View::Object(object) => write_object(object, to, self.1),
            View::Json(value) => value.serialize(to),
            View::Unwritable(reason) => Err(S::Error::custom(reason)),
        }
    }
}

fn write_list<S: Serializer>(list: &dyn List, to: S, mode: Mode) -> Result<S::Ok, S::Error> {
    let mut items = to.serialize_seq(Some(list.length()))?;
    for index in 0..list.length() {
        items.serialize_element(&Outgoing(list.item(index), mode))?;
    }
    items.end()
}

fn write_map<S: Serializer>(entries: &dyn Entries, to: S, mode: Mode) -> Result<S::Ok, S::Error> {
    let mut map = to.serialize_map(None)?;
    let mut written = Ok(());
    entries.each(&mut |name, value| {
        written = map.serialize_entry(name, &Outgoing(value, mode));
        match &written {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    });
    written?;
    map.end()
}

/// Leaves out what is absent, and in a request what is not for the caller to set.
fn write_object<S: Serializer>(object: &dyn Object, to: S, mode: Mode) -> Result<S::Ok, S::Error> {
    let mut map = to.serialize_map(None)?;
    let mut written = Ok(());
    object.show(Showing::by(&mut |values| {
        let is_written = |(member, value): &(&Member, &&dyn Slot)| {
            let is_left_out = member.is_read_only() && mode == Mode::Request;
            !is_left_out && !value.is_absent()
        };
        let mut members = object.table().members.iter().zip(values).filter(is_written);
        written = members.try_for_each(|(member, value)| {
            map.serialize_entry(member.name(), &Outgoing(*value, mode))
        });
    }));
    written?;
    map.end()
}

#[cfg(test)]
mod tests {
    use super::super::table::MemberKind;
    use super::*;
    use serde_core::de::value::{
        BytesDeserializer, Error as ValueError, I128Deserializer, StrDeserializer, U128Deserializer,
    };

    fn refusal<'de>(from: impl Deserializer<'de, Error = ValueError>) -> String {
        let read = Filler::new(&mut 0_i64).deserialize(from);
        read.unwrap_err().to_string()
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

    const fn member(name: &'static str) -> Member {
        Member {
            name,
            kind: MemberKind::optional,
            is_query_hidden: false,
        }
    }

    #[test]
    fn a_name_is_found_from_any_guess_on_whether_it_is_escaped_or_not() {
        const TABLE: &[Member] = &[member("kid"), member("kty")];
        for guess in 0..4 {
            for (json, expected) in [
                (r#""kid""#, Some(0)),
                (r#""k\u0074y""#, Some(1)),
                (r#""KID""#, None),
            ] {
                let mut from = serde_json::Deserializer::from_str(json);
                let find = Find {
                    members: TABLE,
                    guess,
                };
                assert_eq!(find.deserialize(&mut from).unwrap(), expected, "{json}");
            }
        }
    }
}
