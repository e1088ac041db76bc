//! Sets of known texts. Open ones keep a text they do not know, closed ones refuse it.

use crate::json::text_only;
use crate::{ParseError, Scalar, Wire};
use std::fmt;

/// A set of known texts that the service may add to: the rest comes from [`open_enum!`](crate::open_enum).
///
/// Reading ignores ASCII case, writing a known value is exact, an unknown text is kept as it came.
pub trait OpenEnum: Sized + 'static {
    /// The name of the enum, for errors.
    const NAME: &'static str;
    /// The known texts and their variants.
    const VALUES: &'static [(&'static str, Self)];
}

/// A set of known texts that is complete: the rest comes from [`closed_enum!`](crate::closed_enum).
///
/// Reading ignores ASCII case, writing is exact.
pub trait ClosedEnum: Sized + 'static {
    /// The name of the enum, for errors.
    const NAME: &'static str;
    /// The texts and their variants, at least one.
    const VALUES: &'static [(&'static str, Self)];
}

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

/// What the macros tell of an enum, so that one set of functions serves both kinds.
#[doc(hidden)]
pub trait Enumeration: Clone + PartialEq + Sized + 'static {
    const EXPECTED: &'static str;
    const VALUES: &'static [(&'static str, Self)];

    fn parse(text: &str) -> Result<Self, ParseError>;

    fn as_unknown(&self) -> Option<&UnknownValue>;
}

/// The catch-all of an open enum.
#[doc(hidden)]
pub trait FromUnknown: Enumeration {
    fn from_unknown(value: UnknownValue) -> Self;
}

/// The variant of an open enum for a text.
#[doc(hidden)]
#[must_use]
pub fn open_from_text<T: FromUnknown>(text: &str) -> T {
    known(text).unwrap_or_else(|| T::from_unknown(UnknownValue(text.into())))
}

/// The variant of a closed enum for a text.
#[doc(hidden)]
pub fn closed_from_text<T: Enumeration>(text: &str) -> Result<T, ParseError> {
    known(text).ok_or(ParseError::new(T::EXPECTED, "other text"))
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
pub fn read_enum<T: Enumeration + Wire>(scalar: Scalar<'_>) -> Result<T, ParseError> {
    T::parse(text_only::<T>(scalar)?)
}

/// Some variant.
#[doc(hidden)]
#[must_use]
pub fn blank_enum<T: Enumeration>() -> T {
    const { assert!(!T::VALUES.is_empty(), "an enum without values") };
    T::VALUES[0].1.clone()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Argument;
    use crate::json::testing::{read, refusal, written};

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    enum Kind {
        Ec,
        EcHsm,
        UnknownValue(UnknownValue),
    }

    impl OpenEnum for Kind {
        const NAME: &'static str = "Kind";
        const VALUES: &'static [(&'static str, Self)] =
            &[("EC", Self::Ec), ("EC-HSM", Self::EcHsm)];
    }

    crate::open_enum!(Kind);

    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    enum Action {
        Rotate,
        Notify,
    }

    impl ClosedEnum for Action {
        const NAME: &'static str = "Action";
        const VALUES: &'static [(&'static str, Self)] =
            &[("Rotate", Self::Rotate), ("Notify", Self::Notify)];
    }

    crate::closed_enum!(Action);

    #[test]
    fn reading_ignores_ascii_case_and_writing_is_exact() {
        assert_eq!(read::<Kind>(r#""ec-hsm""#), Kind::EcHsm);
        assert_eq!(written(&Kind::EcHsm), r#""EC-HSM""#);
        assert_eq!(read::<Action>(r#""rotate""#), Action::Rotate);
        assert_eq!(written(&Action::Rotate), r#""Rotate""#);
    }

    #[test]
    fn an_exact_value_goes_before_one_of_another_case() {
        #[derive(Clone, Debug, PartialEq)]
        enum Case {
            Upper,
            Lower,
        }
        impl ClosedEnum for Case {
            const NAME: &'static str = "Case";
            const VALUES: &'static [(&'static str, Self)] =
                &[("A", Self::Upper), ("a", Self::Lower)];
        }
        crate::closed_enum!(Case);
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
