use crate::__private::enum_from_text;
use crate::{Argument, Enumeration, ParseError, Secret, Wire};

/// What a parameter is read into: the way back from [`Argument`].
pub trait FromArgument: Argument + Sized + 'static {
    /// What shows a value to who asks for the arguments of a request.
    type Lent<'a>;

    /// Shows the value.
    fn lend(&self) -> Self::Lent<'_>;

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
    type Lent<'a> = &'a str;

    fn lend(&self) -> &str {
        self
    }

    fn from_text(text: &str) -> Result<Self, ParseError> {
        Ok(text.to_owned())
    }
}

impl FromArgument for Secret<String> {
    type Lent<'a> = &'a Self;

    fn lend(&self) -> &Self {
        self
    }

    fn from_text(text: &str) -> Result<Self, ParseError> {
        Ok(text.into())
    }
}

impl FromArgument for bool {
    type Lent<'a> = Self;

    fn lend(&self) -> Self {
        *self
    }

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
            type Lent<'a> = Self;

            fn lend(&self) -> Self {
                *self
            }

            fn from_text(text: &str) -> Result<Self, ParseError> {
                text.parse().map_err(|_| unfit::<Self>())
            }
        })*
    };
}

parsed!(i32 i64);

impl<T: FromArgument> FromArgument for Option<T> {
    type Lent<'a> = Option<T::Lent<'a>>;

    fn lend(&self) -> Option<T::Lent<'_>> {
        self.as_ref().map(T::lend)
    }

    fn left_out() -> Option<Self> {
        Some(None)
    }

    fn from_text(text: &str) -> Result<Self, ParseError> {
        T::from_text(text).map(Some)
    }
}

impl<T: Enumeration> FromArgument for T {
    type Lent<'a> = &'a Self;

    fn lend(&self) -> &Self {
        self
    }

    fn from_text(text: &str) -> Result<Self, ParseError> {
        enum_from_text(text)
    }
}

fn unfit<T: Wire>() -> ParseError {
    ParseError::new(T::EXPECTED, "other text")
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::open_enum! {
        /// An open one.
        pub enum Kind {
            /// Its value.
            Pfx = "application/x-pkcs12",
        }
    }

    crate::closed_enum! {
        /// A closed one.
        pub enum Change {
            /// Its value.
            Add = "add",
        }
    }

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
