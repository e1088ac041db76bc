use crate::{Base64, Base64Url, Json, Model, Rfc3339, Secret, UnixTime};
use std::collections::BTreeMap;
use zeroize::Zeroize;

/// What can be given where a model or a request holds a `T`. Setters and constructors take it.
///
/// | where there is | can be given |
/// |---|---|
/// | any value | whatever becomes one by [`Into`]: `"RSA"` for a `String` or an enum, bytes for [`Base64Url`] |
/// | an `Option` | what can be given for a value |
/// | a `Vec` | anything that iterates over what can be given for an item: `["sign", "verify"]` |
/// | a map | anything that iterates over pairs of a name and what can be given for a value: `[("team", "payments")]` |
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be given for `{T}`",
    label = "this is no `{T}`, and nothing that becomes one",
    note = "a value can be given as whatever becomes one by `Into`, a list or a map as anything that iterates over such"
)]
pub trait IntoValue<T> {
    /// The value that is held.
    fn into_value(self) -> T;
}

/// Puts a value where one is held. The code of each setter is a call of this, and so as short as can be.
#[doc(hidden)]
pub fn set<T>(place: &mut T, value: impl IntoValue<T>) {
    *place = value.into_value();
}

/// A type whose values are given as they are, or as what becomes one. Models and enums are such.
pub trait Plain {}

impl<T: Plain, U: Into<T>> IntoValue<T> for U {
    fn into_value(self) -> T {
        self.into()
    }
}

impl<T, U: IntoValue<T>> IntoValue<Option<T>> for U {
    fn into_value(self) -> Option<T> {
        Some(self.into_value())
    }
}

impl<T, I> IntoValue<Vec<T>> for I
where
    I: IntoIterator,
    I::Item: IntoValue<T>,
{
    fn into_value(self) -> Vec<T> {
        self.into_iter().map(IntoValue::into_value).collect()
    }
}

impl<T, I, N, V> IntoValue<BTreeMap<String, T>> for I
where
    I: IntoIterator<Item = (N, V)>,
    N: Into<String>,
    V: IntoValue<T>,
{
    fn into_value(self) -> BTreeMap<String, T> {
        let entries = self.into_iter();
        entries
            .map(|(name, value)| (name.into(), value.into_value()))
            .collect()
    }
}

impl<T: Model> Plain for T {}
impl<T: Zeroize> Plain for Secret<T> {}
impl Plain for Base64 {}
impl Plain for Base64Url {}
impl Plain for Json {}
impl Plain for Rfc3339 {}
impl Plain for String {}
impl Plain for UnixTime {}
impl Plain for bool {}
impl Plain for f64 {}
impl Plain for i32 {}
impl Plain for i64 {}

#[cfg(test)]
mod tests {
    use super::*;

    fn given<T>(value: impl IntoValue<T>) -> T {
        value.into_value()
    }

    #[test]
    fn values_are_given_as_what_becomes_one() {
        assert_eq!(given::<String>("a"), "a");
        assert_eq!(given::<Option<String>>("a"), Some("a".to_owned()));
        assert_eq!(given::<Option<i32>>(2048), Some(2048));
        assert_eq!(given::<i64>(2048), 2048);
        assert_eq!(given::<Option<f64>>(0.5), Some(0.5));
        assert_eq!(given::<Option<Base64Url>>(b"ab"), Some(b"ab".into()));
        assert_eq!(given::<Secret<String>>("a").expose(), "a");
    }

    #[test]
    fn lists_and_maps_are_given_as_what_iterates() {
        let list = || Some(vec!["a".to_owned(), "b".to_owned()]);
        assert_eq!(given::<Option<Vec<String>>>(["a", "b"]), list());
        assert_eq!(given::<Option<Vec<String>>>(list().unwrap()), list());
        assert_eq!(given::<Vec<Vec<i32>>>([[1, 2]]), [[1, 2]]);
        let map = BTreeMap::from([("a".to_owned(), "b".to_owned())]);
        let given_map: Option<BTreeMap<String, String>> = given([("a", "b")]);
        assert_eq!(given_map, Some(map.clone()));
        assert_eq!(given::<BTreeMap<String, String>>(map.clone()), map);
    }
}
