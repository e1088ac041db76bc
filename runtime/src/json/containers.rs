use super::decoder::{Decoder, Outgoing, at};
use super::wire::{Mode, Scalar, Wire};
use crate::ParseError;
use serde::de::{MapAccess, SeqAccess};
use serde::ser::{SerializeMap, SerializeSeq, Serializer};
use std::collections::BTreeMap;

/// `null` and an absent member are `None`.
impl<T: Wire> Wire for Option<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn blank() -> Self {
        None
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn scalar(scalar: Scalar<'_>) -> Result<Self, ParseError> {
        match scalar {
            Scalar::Null => Ok(None),
            other => T::scalar(other).map(Some),
        }
    }

    fn list<'de, A: SeqAccess<'de>>(items: A) -> Result<Self, A::Error> {
        T::list(items).map(Some)
    }

    fn object<'de, A: MapAccess<'de>>(members: A) -> Result<Self, A::Error> {
        T::object(members).map(Some)
    }

    fn write<S: Serializer>(&self, to: S, mode: Mode) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => value.write(to, mode),
            None => to.serialize_unit(),
        }
    }
}

impl<T: Wire> Wire for Box<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn blank() -> Self {
        Self::new(T::blank())
    }

    fn absent() -> Option<Self> {
        T::absent().map(Self::new)
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }

    fn scalar(scalar: Scalar<'_>) -> Result<Self, ParseError> {
        T::scalar(scalar).map(Self::new)
    }

    fn list<'de, A: SeqAccess<'de>>(items: A) -> Result<Self, A::Error> {
        T::list(items).map(Self::new)
    }

    fn object<'de, A: MapAccess<'de>>(members: A) -> Result<Self, A::Error> {
        T::object(members).map(Self::new)
    }

    fn write<S: Serializer>(&self, to: S, mode: Mode) -> Result<S::Ok, S::Error> {
        (**self).write(to, mode)
    }
}

impl<T: Wire> Wire for Vec<T> {
    const EXPECTED: &'static str = "a list";

    fn blank() -> Self {
        Self::new()
    }

    fn list<'de, A: SeqAccess<'de>>(mut items: A) -> Result<Self, A::Error> {
        let mut list = Self::new();
        let item = |index: usize, error| at(format_args!("[{index}]"), error);
        while let Some(value) = items
            .next_element_seed(Decoder::new())
            .map_err(|error| item(list.len(), error))?
        {
            list.push(value);
        }
        Ok(list)
    }

    fn write<S: Serializer>(&self, to: S, mode: Mode) -> Result<S::Ok, S::Error> {
        let mut list = to.serialize_seq(Some(self.len()))?;
        for value in self {
            list.serialize_element(&Outgoing(value, mode))?;
        }
        list.end()
    }
}

/// An object with any members. A member that is `null` is absent, unless `T` can hold it.
impl<T: Wire> Wire for BTreeMap<String, T> {
    const EXPECTED: &'static str = "an object";

    fn blank() -> Self {
        Self::new()
    }

    fn object<'de, A: MapAccess<'de>>(mut members: A) -> Result<Self, A::Error> {
        let mut map = Self::new();
        while let Some(name) = members.next_key_seed(Decoder::<String>::new())? {
            // The name is input too, so that the error does not tell it.
            let value = members.next_value_seed(Decoder::<Option<T>>::new());
            match value
                .map_err(|error| at(format_args!("*"), error))?
                .or_else(null)
            {
                Some(value) => map.insert(name, value),
                None => map.remove(&name),
            };
        }
        Ok(map)
    }

    fn write<S: Serializer>(&self, to: S, mode: Mode) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(self.len()))?;
        for (name, value) in self {
            map.serialize_entry(name, &Outgoing(value, mode))?;
        }
        map.end()
    }
}

/// What `null` is for a type, if anything.
fn null<T: Wire>() -> Option<T> {
    T::scalar(Scalar::Null).ok()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{read, refusal, written};
    use super::*;
    use crate::Json;

    type Map<T> = BTreeMap<String, T>;

    #[test]
    fn null_is_none() {
        assert_eq!(read::<Option<i64>>("null"), None);
        assert_eq!(read::<Option<i64>>("1"), Some(1));
        assert_eq!(
            read::<Option<Box<Vec<i64>>>>("[1]"),
            Some(Box::new(vec![1]))
        );
    }

    #[test]
    fn an_error_names_the_item_of_a_list() {
        assert_eq!(
            refusal::<Vec<bool>>("[true,\n 1]"),
            "[1]: expected a boolean, found a number at line 2 column 2"
        );
        assert!(
            refusal::<Vec<Vec<bool>>>("[[], [null]]")
                .starts_with("[1]: [0]: expected a boolean, found null")
        );
        assert!(refusal::<Vec<bool>>("null").starts_with("expected a list, found null"));
    }

    #[test]
    fn an_error_does_not_tell_the_name_of_an_entry() {
        let error = refusal::<Map<String>>(r#"{"hunter2": 1}"#);
        assert_eq!(
            error,
            "*: expected a string, found a number at line 1 column 13"
        );
    }

    #[test]
    fn a_null_entry_is_absent_unless_it_means_something() {
        assert_eq!(
            read::<Map<String>>(r#"{"a": null, "b": "x"}"#),
            Map::from([("b".into(), "x".into())])
        );
        assert_eq!(
            read::<Map<Json>>(r#"{"a": null}"#),
            Map::from([("a".into(), Json::Null)])
        );
        assert_eq!(
            read::<Map<Option<bool>>>(r#"{"a": null}"#),
            Map::from([("a".into(), None)])
        );
    }

    #[test]
    fn the_last_of_repeated_entries_counts() {
        assert_eq!(
            read::<Map<i64>>(r#"{"a": 1, "a": 2}"#),
            Map::from([("a".into(), 2)])
        );
        assert_eq!(read::<Map<i64>>(r#"{"a": 1, "a": null}"#), Map::new());
    }

    #[test]
    fn containers_are_written_as_json() {
        assert_eq!(written(&vec![Some(1_i64), None]), "[1,null]");
        assert_eq!(
            written(&Map::from([("a".to_owned(), Box::new(true))])),
            r#"{"a":true}"#
        );
    }

    #[test]
    fn only_none_and_nothing_can_be_absent() {
        assert_eq!(Option::<i64>::absent(), Some(None));
        assert_eq!(Box::<Option<i64>>::absent(), Some(Box::new(None)));
        assert_eq!(Vec::<i64>::absent(), None);
        assert!(Option::<i64>::None.is_absent() && !Vec::<i64>::new().is_absent());
    }
}
