use super::decoder::{Decoder, Filler, Name, Outgoing, at};
use super::wire::{Mode, Scalar, Wire};
use crate::ParseError;
use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess};
use serde::ser::{SerializeMap, Serializer};

/// An object with known members. [`model!`](crate::model) makes it of a table, and the rest of its serialisation.
pub trait Model: Sized {
    /// The name of the model, for errors.
    const NAME: &'static str;

    /// The members. At most 128 are required.
    const MEMBERS: &'static [Member];

    /// The model before any member is read.
    fn blank() -> Self;

    /// Reads one member, or skips one that is not known.
    fn read<'de, A: Source<'de>>(&mut self, member: &str, from: &mut A) -> Result<(), A::Error>;

    /// Writes all members.
    fn write<W: Sink>(&self, to: &mut W) -> Result<(), W::Error>;
}

/// A member of a [`Model`]: its name, and who gives it a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    name: &'static str,
    is_required: bool,
    is_read_only: bool,
}

impl Member {
    /// It may be absent.
    #[must_use]
    pub const fn optional(name: &'static str) -> Self {
        Self {
            name,
            is_required: false,
            is_read_only: false,
        }
    }

    /// It must be there, and not be null, when the service answers.
    #[must_use]
    pub const fn required(name: &'static str) -> Self {
        Self {
            is_required: true,
            ..Self::optional(name)
        }
    }

    /// The service alone sets it: it may be absent, and is left out of requests.
    #[must_use]
    pub const fn read_only(name: &'static str) -> Self {
        Self {
            is_read_only: true,
            ..Self::optional(name)
        }
    }

    /// The service alone sets it, and always does.
    #[must_use]
    pub const fn required_read_only(name: &'static str) -> Self {
        Self {
            is_required: true,
            ..Self::read_only(name)
        }
    }

    /// The name on the wire.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Whether it must be there when the service answers.
    #[must_use]
    pub const fn is_required(&self) -> bool {
        self.is_required
    }

    /// Whether the service alone sets it.
    #[must_use]
    pub const fn is_read_only(&self) -> bool {
        self.is_read_only
    }
}

/// Where a [`Model`] reads the value of a member from.
pub trait Source<'de> {
    /// Why the value cannot be read.
    type Error;

    /// Reads the value. Null blanks the target.
    fn read<T: Wire>(&mut self, into: &mut T) -> Result<(), Self::Error>;

    /// Passes over the value.
    fn skip(&mut self) -> Result<(), Self::Error>;
}

/// Where a [`Model`] writes its members to.
pub trait Sink {
    /// Why a member cannot be written.
    type Error;

    /// Writes a member, unless its value is absent, or it is not for the caller to set.
    fn write<T: Wire>(&mut self, member: Member, value: &T) -> Result<(), Self::Error>;
}

/// Reads a model from an object.
#[doc(hidden)]
pub fn read_model<'de, T: Model, A: MapAccess<'de>>(mut members: A) -> Result<T, A::Error> {
    let mut model = T::blank();
    let mut seen = Seen::<T>::new();
    while let Some(member) = members.next_key_seed(Name)? {
        let mut value = Value {
            from: &mut members,
            model: T::NAME,
            member: &member,
            is_null: false,
        };
        model.read(&member, &mut value)?;
        let is_null = value.is_null;
        seen.mark(&member, !is_null);
    }
    match seen.first_missing() {
        Some(member) => Err(A::Error::custom(format_args!(
            "{}: the member `{member}` is missing",
            T::NAME
        ))),
        None => Ok(model),
    }
}

/// Reads a model from a text that holds it as JSON, which is how the service writes some.
#[doc(hidden)]
pub fn read_embedded<T: Wire>(scalar: Scalar<'_>) -> Result<T, ParseError> {
    match scalar {
        Scalar::Text(text) if text.trim_ascii_start().starts_with('{') => {
            // As bytes, so that it is the reader of whole bodies: what reads a model is compiled once.
            let mut reader = serde_json::Deserializer::from_slice(text.as_bytes());
            let read = Decoder::<T>::new().deserialize(&mut reader);
            let read = read.and_then(|read| reader.end().map(|()| read));
            read.map_err(|_| scalar.unfit::<T>())
        }
        scalar => Err(scalar.unlike::<T>()),
    }
}

/// Writes a model as an object.
#[doc(hidden)]
pub fn write_model<T: Model, S: Serializer>(
    model: &T,
    to: S,
    mode: Mode,
) -> Result<S::Ok, S::Error> {
    let mut members = Members {
        to: to.serialize_map(None)?,
        mode,
    };
    model.write(&mut members)?;
    members.to.end()
}

/// The value of one member.
struct Value<'a, A> {
    from: &'a mut A,
    model: &'static str,
    member: &'a str,
    is_null: bool,
}

impl<'de, A: MapAccess<'de>> Source<'de> for Value<'_, A> {
    type Error = A::Error;

    fn read<T: Wire>(&mut self, into: &mut T) -> Result<(), A::Error> {
        let is_null = self.from.next_value_seed(Filler {
            into,
            null_blanks: true,
        });
        // The member is one that the model knows, so that its name tells nothing of the input.
        self.is_null =
            is_null.map_err(|error| at(format_args!("{}.{}", self.model, self.member), error))?;
        Ok(())
    }

    fn skip(&mut self) -> Result<(), A::Error> {
        self.from.next_value::<IgnoredAny>().map(drop)
    }
}

/// The members of an object on its way out.
struct Members<M> {
    to: M,
    mode: Mode,
}

impl<M: SerializeMap> Sink for Members<M> {
    type Error = M::Error;

    fn write<T: Wire>(&mut self, member: Member, value: &T) -> Result<(), M::Error> {
        let is_left_out = member.is_read_only && self.mode == Mode::Request;
        if is_left_out || value.is_absent() {
            return Ok(());
        }
        self.to
            .serialize_entry(member.name, &Outgoing(value, self.mode))
    }
}

/// Which of the required members hold a value: one bit each.
struct Seen<T> {
    bits: u128,
    model: std::marker::PhantomData<T>,
}

impl<T: Model> Seen<T> {
    const COUNT: usize = required(T::MEMBERS);

    fn new() -> Self {
        const { assert!(Self::COUNT <= 128, "too many required members") };
        Self {
            bits: 0,
            model: std::marker::PhantomData,
        }
    }

    fn mark(&mut self, name: &str, present: bool) {
        if Self::COUNT == 0 {
            return;
        }
        let mut required = Self::required();
        let Some(index) = required.position(|member| member.name == name) else {
            return;
        };
        let bit = 1 << index;
        self.bits = if present {
            self.bits | bit
        } else {
            self.bits & !bit
        };
    }

    fn first_missing(&self) -> Option<&'static str> {
        let missing = Self::required().nth(self.bits.trailing_ones() as usize);
        missing.map(|member| member.name)
    }

    fn required() -> impl Iterator<Item = &'static Member> {
        T::MEMBERS.iter().filter(|member| member.is_required)
    }
}

/// How many members are required.
const fn required(members: &[Member]) -> usize {
    let (mut count, mut index) = (0, 0);
    while index < members.len() {
        count += members[index].is_required as usize;
        index += 1;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::super::testing::{read, refusal, written};
    use crate::{Json, Secret};

    #[derive(Clone, Debug, PartialEq, Default)]
    struct Node {
        id: i64,
        open: Option<bool>,
        secret: Option<Secret<String>>,
        any: Option<Json>,
        next: Option<Box<Self>>,
    }

    crate::model! {
        Node as "Node" {
            id: required("id"),
            open: read_only("open"),
            secret: optional("secret"),
            any: optional("any"),
            next: optional("next"),
        }
    }

    fn node(id: i64) -> Node {
        Node {
            id,
            ..Node::default()
        }
    }

    #[test]
    fn unknown_members_are_skipped() {
        assert_eq!(
            read::<Node>(r#"{"x": {"id": [2]}, "id": 1, "y": null}"#),
            node(1)
        );
    }

    #[test]
    fn names_are_exact_but_may_be_escaped() {
        assert_eq!(read::<Node>(r#"{"\u0069d": 1, "Id": 2}"#), node(1));
    }

    #[test]
    fn an_explicit_null_is_an_absent_member() {
        assert_eq!(
            read::<Node>(r#"{"id": 1, "open": null, "any": null, "next": null}"#),
            node(1)
        );
        assert_eq!(
            refusal::<Node>(r#"{"id": null}"#),
            "Node: the member `id` is missing at line 1 column 12"
        );
    }

    #[test]
    fn a_missing_required_member_is_named_with_its_path() {
        assert_eq!(
            refusal::<Node>("{}"),
            "Node: the member `id` is missing at line 1 column 2"
        );
        let error = refusal::<Node>("{\"id\": 1,\n\"next\": {}}");
        assert_eq!(
            error,
            "Node.next: Node: the member `id` is missing at line 2 column 10"
        );
    }

    #[test]
    fn the_last_of_repeated_members_counts() {
        assert_eq!(read::<Node>(r#"{"id": 1, "id": 2}"#), node(2));
        assert_eq!(read::<Node>(r#"{"id": null, "id": 2}"#), node(2));
        assert!(refusal::<Node>(r#"{"id": 2, "id": null}"#).contains("the member `id` is missing"));
        assert_eq!(
            read::<Node>(r#"{"id": 1, "open": true, "open": null}"#),
            node(1)
        );
    }

    #[test]
    fn a_wrong_kind_is_told_with_its_path_outermost_first() {
        let error = refusal::<Node>("{\"id\":1,\n\"next\":{\"id\":1,\n\"secret\": 9 }}");
        assert_eq!(
            error,
            "Node.next: Node.secret: expected a string, found a number at line 3 column 11"
        );
    }

    #[test]
    fn errors_never_quote_a_value() {
        for value in [
            r#"["hunter2"]"#,
            r#"{"hunter2": "hunter2"}"#,
            r#""hunter2"#,
            r#""hunter2" "hunter2""#,
        ] {
            let error = refusal::<Node>(&format!(r#"{{"id": 1, "secret": {value}}}"#));
            assert!(!error.contains("hunter2"), "{error}");
        }
        for json in [
            r#""hunter2""#,
            r#"{"hunter2": hunter2}"#,
            r#"{"id": "hunter2"}"#,
            r#"{"open": "hunter2"}"#,
        ] {
            let error = refusal::<Node>(json);
            assert!(!error.contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn deep_nesting_is_an_error_not_an_overflow() {
        let nested =
            |depth: usize| r#"{"id":1,"next":"#.repeat(depth) + "null" + &"}".repeat(depth);
        assert_eq!(read::<Node>(&nested(100)).id, 1);
        assert!(refusal::<Node>(&nested(128)).contains("recursion limit exceeded"));
    }

    #[test]
    fn requests_leave_read_only_members_out_at_every_level() {
        let inner = Node {
            open: Some(true),
            ..node(2)
        };
        let outer = Node {
            open: Some(false),
            next: Some(Box::new(inner)),
            ..node(1)
        };
        assert_eq!(written(&outer), r#"{"id":1,"next":{"id":2}}"#);
        let full = r#"{"id":1,"open":false,"next":{"id":2,"open":true}}"#;
        assert_eq!(serde_json::to_string(&outer).unwrap(), full);
        assert_eq!(serde_json::from_str::<Node>(full).unwrap(), outer);
    }

    #[test]
    fn models_are_read_from_json_values_too() {
        let value = serde_json::json!({"id": "7", "secret": "s"});
        assert_eq!(
            serde_json::from_value::<Node>(value).unwrap(),
            Node {
                secret: Some("s".into()),
                ..node(7)
            }
        );
        let error =
            serde_json::from_value::<Node>(serde_json::json!({"secret": ["hunter2"]})).unwrap_err();
        assert_eq!(
            error.to_string(),
            "Node.secret: expected a string, found a list"
        );
    }
}
