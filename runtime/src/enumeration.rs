//! Sets of known texts. Open ones keep a text they do not know, closed ones refuse it.

use crate::{ParseError, Scalar};
use std::fmt;

/// A set of known texts: [`open_enum!`](crate::open_enum) and [`closed_enum!`](crate::closed_enum) make it, and what else
/// belongs to an enum.
///
/// Reading ignores ASCII case, writing a known value is exact.
pub trait Enumeration: Clone + fmt::Debug + PartialEq + 'static {
    /// The name of the enum, for errors.
    const NAME: &'static str;

    /// The known texts and their variants, at least one.
    const VALUES: &'static [(&'static str, Self)];

    /// What reading expects, worded for an error.
    const EXPECTED: &'static str = "a string";

    /// The value that keeps a text which is none of the known ones; `None` if there are no others.
    #[doc(hidden)]
    fn from_unknown(value: UnknownValue) -> Option<Self>;

    /// The text that is none of the known ones.
    #[doc(hidden)]
    fn as_unknown(&self) -> Option<&UnknownValue>;
}

/// A set of known texts that the service may add to: an unknown text is kept as it came.
pub trait OpenEnum: Enumeration {}

/// A set of known texts that is complete.
pub trait ClosedEnum: Enumeration {}

/// A text that an [`OpenEnum`] does not know.
///
/// Only reading and converting make it, and only of a text that is none of the known values of that enum.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct UnknownValue(Box<str>);

impl UnknownValue {
    /// The text as it came.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// The variant for a text.
#[doc(hidden)]
pub fn enum_from_text<T: Enumeration>(text: &str) -> Result<T, ParseError> {
    let unknown = || T::from_unknown(UnknownValue(text.into()));
    let value = known(text).or_else(unknown);
    value.ok_or(ParseError::new(T::EXPECTED, "other text"))
}

/// The variant of an open enum for a text.
#[doc(hidden)]
#[must_use]
pub fn open_from_text<T: OpenEnum>(text: &str) -> T {
    // An open enum keeps any text, so that there is no other case.
    enum_from_text(text).unwrap_or_else(|_| blank_enum())
}

fn known<T: Enumeration>(text: &str) -> Option<T> {
    let find = |same: fn(&str, &str) -> bool| T::VALUES.iter().find(|(known, _)| same(known, text));
    let exact = || find(|known, text| known == text);
    let any_case = || find(str::eq_ignore_ascii_case);
    exact().or_else(any_case).map(|(_, value)| value.clone())
}

/// The text of a variant.
#[doc(hidden)]
pub fn enum_as_str<T: Enumeration>(value: &T) -> &str {
    match value.as_unknown() {
        Some(unknown) => unknown.as_str(),
        // The table names every variant, so that the search finds one.
        None => T::VALUES
            .iter()
            .find(|(_, known)| known == value)
            .map_or("", |(text, _)| text),
    }
}

/// Reads a variant from a JSON string.
#[doc(hidden)]
pub fn read_enum<T: Enumeration>(scalar: Scalar<'_>) -> Result<T, ParseError> {
    match scalar {
        Scalar::Text(text) => enum_from_text(text),
        other => Err(other.unlike(T::EXPECTED)),
    }
}

/// Some variant.
#[doc(hidden)]
#[must_use]
pub fn blank_enum<T: Enumeration>() -> T {
    const { assert!(!T::VALUES.is_empty(), "an enum without values") };
    T::VALUES[0].1.clone()
}

/// A hash that is the same for equal values, as `derive(Hash)` would make one.
#[doc(hidden)]
#[inline]
pub fn hash_enum<T: Enumeration>(value: &T, to: &mut impl std::hash::Hasher) {
    std::hash::Hash::hash(enum_as_str(value), to);
}

/// What `derive(Debug)` would show. The names are those of the variants in the table, parted by white space.
#[doc(hidden)]
pub fn debug_enum<T: Enumeration>(
    value: &T,
    names: &str,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    if let Some(unknown) = value.as_unknown() {
        return f.debug_tuple("UnknownValue").field(unknown).finish();
    }
    let mut named = names.split_whitespace().zip(T::VALUES);
    let name = named.find(|(_, (_, known))| known == value);
    f.write_str(name.map_or("", |(name, _)| name))
}

#[cfg(test)]
mod tests {
    use crate::Argument;
    use crate::json::testing::{read, refusal, written};

    crate::open_enum! {
        /// An open one.
        pub enum Kind {
            /// Its text is another one than its name.
            Ec = "EC",
            /// As is this.
            EcHsm = "EC-HSM",
        }
    }

    crate::closed_enum! {
        /// A closed one.
        pub enum Action {
            /// Its text is its name.
            Rotate,
            /// As is this.
            Notify,
        }
    }

    crate::open_enum! {
        /// One whose variants fill more than a line.
        pub enum Long {
            /// A name.
            TheFirstOfSomeNamesThatAreLongerThanAnybodyWouldWriteThem,
            /// A name.
            TheSecondOfSomeNamesThatAreLongerThanAnybodyWouldWriteThem,
            /// A name.
            TheLastOfSomeNamesThatAreLongerThanAnybodyWouldWriteThem = "last",
        }
    }

    #[test]
    fn debug_shows_the_variant() {
        assert_eq!(format!("{:?}", Kind::EcHsm), "EcHsm");
        assert_eq!(format!("{:?}", Action::Notify), "Notify");
        let last = Long::TheLastOfSomeNamesThatAreLongerThanAnybodyWouldWriteThem;
        assert_eq!(
            format!("{last:?}"),
            "TheLastOfSomeNamesThatAreLongerThanAnybodyWouldWriteThem"
        );
        let unknown = format!("{:?}", Kind::from("x"));
        assert_eq!(unknown, "UnknownValue(\"x\")");
    }

    #[test]
    fn equal_values_are_one_in_a_set() {
        let values = ["EC", "ec", "EC-HSM", "x", "X", "x"].map(Kind::from);
        let set = std::collections::HashSet::from(values);
        assert_eq!(set.len(), 4);
    }

    #[test]
    fn reading_ignores_ascii_case_and_writing_is_exact() {
        assert_eq!(read::<Kind>(r#""ec-hsm""#), Kind::EcHsm);
        assert_eq!(written(&Kind::EcHsm), r#""EC-HSM""#);
        assert_eq!(read::<Action>(r#""rotate""#), Action::Rotate);
        assert_eq!(written(&Action::Rotate), r#""Rotate""#);
    }

    #[test]
    fn an_exact_value_goes_before_one_of_another_case() {
        crate::closed_enum! {
            /// Two that differ in case alone.
            pub enum Case {
                /// One.
                Upper = "A",
                /// The other.
                Lower = "a",
            }
        }
        assert_eq!("a".parse(), Ok(Case::Lower));
    }

    #[test]
    fn an_open_enum_keeps_what_it_does_not_know() {
        let value = read::<Kind>(r#""oKp-\u00e9""#);
        assert!(matches!(&value, Kind::UnknownValue(text) if text.as_str() == "oKp-é"));
        assert_eq!(written(&value), r#""oKp-é""#);
        assert_eq!(
            format!("{value} {value:?}"),
            r#"oKp-é UnknownValue("oKp-é")"#
        );
    }

    #[test]
    fn conversion_of_a_known_text_never_gives_an_unknown_value() {
        assert_eq!(Kind::from("ec"), Kind::Ec);
        assert_eq!(Kind::from(String::from("EC")), Kind::Ec);
        assert_eq!("Ec".parse(), Ok(Kind::Ec));
    }

    #[test]
    fn a_closed_enum_refuses_what_it_does_not_know_without_quoting_it() {
        assert_eq!(
            refusal::<Action>(r#""hunter2""#),
            "expected Action, found other text at line 1 column 9"
        );
        assert_eq!(
            "hunter2".parse::<Action>().unwrap_err().to_string(),
            "expected Action, found other text"
        );
        assert!(Action::try_from("notify").is_ok());
    }

    #[test]
    fn other_kinds_than_strings_are_refused() {
        assert_eq!(
            refusal::<Kind>("1"),
            "expected a string, found a number at line 1 column 1"
        );
        assert_eq!(
            refusal::<Action>("null"),
            "expected Action, found null at line 1 column 4"
        );
    }

    #[test]
    fn the_text_serves_as_display_reference_and_parameter() {
        assert_eq!(format!("{:>7}", Kind::EcHsm), " EC-HSM");
        assert_eq!(AsRef::<str>::as_ref(&Action::Notify), "Notify");
        assert_eq!(Action::Notify.text().unwrap(), "Notify");
    }

    #[cfg(feature = "serde")]
    #[test]
    fn serde_reads_and_writes_enums() {
        assert_eq!(
            serde_json::from_str::<Vec<Kind>>(r#"["EC"]"#).unwrap(),
            [Kind::Ec]
        );
        assert_eq!(
            serde_json::to_string(&Action::Notify).unwrap(),
            r#""Notify""#
        );
    }
}
