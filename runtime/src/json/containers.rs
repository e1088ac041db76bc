use super::slot::{Entries, Items, Members, Slot, Stop, View};
use super::wire::{Scalar, Wire};
use crate::ParseError;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

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

    fn list(&mut self, items: &mut dyn Items) -> Result<(), Stop> {
        Wire::list(self.insert(T::blank()), items)
    }

    fn object(&mut self, members: &mut dyn Members) -> Result<(), Stop> {
        Wire::object(self.insert(T::blank()), members)
    }

    fn view(&self) -> View<'_> {
        match self {
            Some(value) => Wire::view(value),
            None => View::Null,
        }
    }
}

impl<T: Wire> Wire for Vec<T> {
    const EXPECTED: &'static str = "a list";

    fn blank() -> Self {
        Self::new()
    }

    fn list(&mut self, items: &mut dyn Items) -> Result<(), Stop> {
        loop {
            let mut value = T::blank();
            match items.next(&mut value) {
                Ok(true) => self.push(value),
                Ok(false) => return Ok(()),
                Err(_) => return Err(items.at(&format_args!("[{}]", self.len()))),
            }
        }
    }

    fn view(&self) -> View<'_> {
        View::List(self)
    }
}

/// An object with any members. A member that is `null` is absent, unless `T` can hold it.
impl<T: Wire> Wire for BTreeMap<String, T> {
    const EXPECTED: &'static str = "an object";

    fn blank() -> Self {
        Self::new()
    }

    fn object(&mut self, members: &mut dyn Members) -> Result<(), Stop> {
        while let Some(name) = members.name()? {
            let mut value: Option<T> = None;
            // The name is input too, so that the error does not tell it.
            if members.value(&mut value, false).is_err() {
                return Err(members.at(&"*"));
            }
            match value.or_else(null) {
                Some(value) => self.insert(name, value),
                None => self.remove(&name),
            };
        }
        Ok(())
    }

    fn view(&self) -> View<'_> {
        View::Map(self)
    }
}

impl<T: Wire> Entries for BTreeMap<String, T> {
    fn each(&self, show: &mut dyn FnMut(&str, &dyn Slot) -> ControlFlow<()>) {
        // Where it ended is known to who ended it.
        let _ = self.iter().try_for_each(|(name, value)| show(name, value));
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
        assert_eq!(read::<Option<Vec<i64>>>("[1]"), Some(vec![1]));
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
            written(&Map::from([("a".to_owned(), true)])),
            r#"{"a":true}"#
        );
    }

    #[test]
    fn only_none_and_nothing_can_be_absent() {
        assert_eq!(Option::<i64>::absent(), Some(None));
        assert_eq!(Vec::<i64>::absent(), None);
        assert!(Wire::is_absent(&Option::<i64>::None));
        assert!(!Wire::is_absent(&Vec::<i64>::new()));
    }
}
