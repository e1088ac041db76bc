use crate::__private::Enumeration;
use crate::{Argument, ParseError, Secret, Wire};

/// What a parameter is read into: the way back from [`Argument`].
pub trait FromArgument: Argument + Sized {
    /// What a parameter that is left out stands for, if it may be.
    #[must_use]
    fn left_out() -> Option<Self> {
        None
    }

    /// Reads the text of a value, decoded.
    ///
    /// # Errors
    /// If it is the text of no value of this type.
    fn from_text(text: &str) -> Result<Self, ParseError>;
}

impl FromArgument for String {
    fn from_text(text: &str) -> Result<Self, ParseError> {
        Ok(text.to_owned())
    }
}

impl FromArgument for Secret<String> {
    fn from_text(text: &str) -> Result<Self, ParseError> {
        Ok(text.into())
    }
}

impl FromArgument for bool {
    fn from_text(text: &str) -> Result<Self, ParseError> {
        let is = |value: &str| text.eq_ignore_ascii_case(value);
        match (is("true"), is("false")) {
            (true, _) => Ok(true),
            (_, true) => Ok(false),
            _ => Err(unfit::<Self>()),
        }
    }
}

macro_rules! parsed {
    ($($type:ty)*) => {
        $(impl FromArgument for $type {
            fn from_text(text: &str) -> Result<Self, ParseError> {
                text.parse().map_err(|_| unfit::<Self>())
            }
        })*
    };
}

parsed!(i32 i64);

impl<T: FromArgument> FromArgument for Option<T> {
    fn left_out() -> Option<Self> {
        Some(None)
    }

    fn from_text(text: &str) -> Result<Self, ParseError> {
        T::from_text(text).map(Some)
    }
}

impl<T: Enumeration + Argument> FromArgument for T {
    fn from_text(text: &str) -> Result<Self, ParseError> {
        T::parse(text)
    }
}

fn unfit<T: Wire>() -> ParseError {
    ParseError::new(T::EXPECTED, "other text")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ClosedEnum, OpenEnum, UnknownValue};

    #[derive(Clone, Debug, PartialEq)]
    enum Kind {
        Pfx,
        UnknownValue(UnknownValue),
    }

    impl OpenEnum for Kind {
        const NAME: &'static str = "Kind";
        const VALUES: &'static [(&'static str, Self)] = &[("application/x-pkcs12", Self::Pfx)];
    }

    crate::open_enum!(Kind);

    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Change {
        Add,
    }

    impl ClosedEnum for Change {
        const NAME: &'static str = "Change";
        const VALUES: &'static [(&'static str, Self)] = &[("add", Self::Add)];
    }

    crate::closed_enum!(Change);

    fn comes_back<T: FromArgument + PartialEq + std::fmt::Debug>(value: T) {
        let text = value.text().unwrap().into_owned();
        assert_eq!(T::from_text(&text), Ok(value));
    }

    #[test]
    fn every_kind_of_value_comes_back() {
        comes_back("a b".to_owned());
        comes_back(Secret::from("s"));
        comes_back(true);
        comes_back(false);
        comes_back(i32::MIN);
        comes_back(i64::MAX);
        comes_back(Some(7_i32));
        comes_back(Kind::Pfx);
        comes_back(Kind::from("text/new"));
        comes_back(Change::Add);
    }

    #[test]
    fn only_an_option_can_be_left_out() {
        assert_eq!(Option::<String>::left_out(), Some(None));
        assert_eq!(String::left_out(), None);
    }

    #[test]
    fn other_texts_are_refused_without_quoting_them() {
        let texts = [
            i32::from_text("hunter2").unwrap_err(),
            i64::from_text("").unwrap_err(),
            bool::from_text("1").unwrap_err(),
            Change::from_text("hunter2").unwrap_err(),
        ]
        .map(|error| error.to_string());
        assert_eq!(
            texts,
            [
                "expected a whole number of 32 bits, found other text",
                "expected a whole number, found other text",
                "expected a boolean, found other text",
                "expected Change, found other text",
            ]
        );
    }
}
