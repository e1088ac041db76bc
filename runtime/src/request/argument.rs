use crate::__private::enum_as_str;
use crate::{Enumeration, Secret};
use std::borrow::Cow;

/// A value that a parameter can take.
pub trait Argument {
    /// The text of the value, not encoded; `None` leaves the parameter out.
    fn text(&self) -> Option<Cow<'_, str>>;
}

impl Argument for String {
    fn text(&self) -> Option<Cow<'_, str>> {
        Some(self.into())
    }
}

impl Argument for Secret<String> {
    fn text(&self) -> Option<Cow<'_, str>> {
        Some(self.expose().into())
    }
}

impl<T: Enumeration> Argument for T {
    fn text(&self) -> Option<Cow<'_, str>> {
        Some(enum_as_str(self).into())
    }
}

impl<T: Argument> Argument for Option<T> {
    fn text(&self) -> Option<Cow<'_, str>> {
        self.as_ref()?.text()
    }
}

macro_rules! displayed {
    ($($type:ty)*) => {
        $(impl Argument for $type {
            fn text(&self) -> Option<Cow<'_, str>> {
                Some(self.to_string().into())
            }
        })*
    };
}

displayed!(bool i32 i64);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_value_has_a_text() {
        assert_eq!("a b".to_owned().text().unwrap(), "a b");
        assert_eq!(Secret::from("s").text().unwrap(), "s");
        assert_eq!(
            (true.text().unwrap(), 7_i32.text().unwrap()),
            ("true".into(), "7".into())
        );
        assert_eq!(Some(i64::MIN).text().unwrap(), "-9223372036854775808");
        assert_eq!(Option::<String>::None.text(), None);
    }
}
