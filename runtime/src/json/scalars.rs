use super::slot::{Items, Members, Stop, View};
use super::wire::{Scalar, Wire};
use crate::ParseError;

/// The text of a scalar, for the types that are read from strings alone.
pub(crate) fn text_only<T: Wire>(scalar: Scalar<'_>) -> Result<&str, ParseError> {
    match scalar {
        Scalar::Text(text) => Ok(text),
        other => Err(other.unlike(T::EXPECTED)),
    }
}

impl Wire for String {
    const EXPECTED: &'static str = "a string";

    fn blank() -> Self {
        Self::new()
    }

    fn scalar(scalar: Scalar<'_>) -> Result<Self, ParseError> {
        text_only::<Self>(scalar).map(str::to_owned)
    }

    fn view(&self) -> View<'_> {
        View::Text(self)
    }
}

/// Read from a boolean, or from a string that holds one in any case.
impl Wire for bool {
    const EXPECTED: &'static str = "a boolean";

    fn blank() -> Self {
        false
    }

    fn scalar(scalar: Scalar<'_>) -> Result<Self, ParseError> {
        match scalar {
            Scalar::Bool(value) => Ok(value),
            Scalar::Text(text) if text.eq_ignore_ascii_case("true") => Ok(true),
            Scalar::Text(text) if text.eq_ignore_ascii_case("false") => Ok(false),
            Scalar::Text(_) => Err(scalar.unfit::<Self>()),
            _ => Err(scalar.unlike(Self::EXPECTED)),
        }
    }

    fn view(&self) -> View<'_> {
        View::Bool(*self)
    }
}

/// Read from a whole number, or from a string that holds one.
impl Wire for i64 {
    const EXPECTED: &'static str = "a whole number";

    fn blank() -> Self {
        0
    }

    fn scalar(scalar: Scalar<'_>) -> Result<Self, ParseError> {
        let whole = match scalar {
            Scalar::I64(value) => Some(value),
            Scalar::U64(value) => Self::try_from(value).ok(),
            Scalar::F64(value) => whole(value),
            Scalar::Text(text) => text.parse().ok().or_else(|| whole(text.parse().ok()?)),
            Scalar::Null | Scalar::Bool(_) => return Err(scalar.unlike(Self::EXPECTED)),
        };
        whole.ok_or(scalar.unfit::<Self>())
    }

    fn object(&mut self, members: &mut dyn Members) -> Result<(), Stop> {
        *self = disguised_number(members)?;
        Ok(())
    }

    fn view(&self) -> View<'_> {
        View::I64(*self)
    }
}

/// Read from a whole number of 32 bits, or from a string that holds one.
impl Wire for i32 {
    const EXPECTED: &'static str = "a whole number of 32 bits";

    fn blank() -> Self {
        0
    }

    fn scalar(scalar: Scalar<'_>) -> Result<Self, ParseError> {
        let wide = i64::scalar(scalar).map_err(|error| error.expecting(Self::EXPECTED))?;
        Self::try_from(wide).map_err(|_| scalar.unfit::<Self>())
    }

    fn object(&mut self, members: &mut dyn Members) -> Result<(), Stop> {
        *self = disguised_number(members)?;
        Ok(())
    }

    fn view(&self) -> View<'_> {
        View::I64((*self).into())
    }
}

/// Read from a number, or from a string that holds one. What JSON has no number for is not written.
impl Wire for f64 {
    const EXPECTED: &'static str = "a number";

    fn blank() -> Self {
        0.0
    }

    fn scalar(scalar: Scalar<'_>) -> Result<Self, ParseError> {
        let number = match scalar {
            Scalar::I64(value) => value as Self,
            Scalar::U64(value) => value as Self,
            Scalar::F64(value) => value,
            Scalar::Text(text) => text.parse().map_err(|_| scalar.unfit::<Self>())?,
            Scalar::Null | Scalar::Bool(_) => return Err(scalar.unlike(Self::EXPECTED)),
        };
        if number.is_finite() {
            Ok(number)
        } else {
            Err(scalar.unfit::<Self>())
        }
    }

    fn object(&mut self, members: &mut dyn Members) -> Result<(), Stop> {
        *self = disguised_number(members)?;
        Ok(())
    }

    fn view(&self) -> View<'_> {
        match self.is_finite() {
            true => View::F64(*self),
            false => View::Unwritable("a number is not finite"),
        }
    }
}

/// Nothing at all: whatever is read is dropped.
impl Wire for () {
    const EXPECTED: &'static str = "nothing";
    const IGNORED: bool = true;

    fn blank() -> Self {}

    fn absent() -> Option<Self> {
        Some(())
    }

    fn is_absent(&self) -> bool {
        true
    }

    fn scalar(_: Scalar<'_>) -> Result<Self, ParseError> {
        Ok(())
    }

    fn list(&mut self, items: &mut dyn Items) -> Result<(), Stop> {
        items.skip()
    }

    fn object(&mut self, members: &mut dyn Members) -> Result<(), Stop> {
        while members.name()?.is_some() {
            members.skip()?;
        }
        Ok(())
    }

    fn view(&self) -> View<'_> {
        View::Null
    }
}

/// The integer a float stands for, if it is one without loss.
fn whole(value: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0; // 2^53
    (value.fract() == 0.0 && value.abs() <= EXACT).then_some(value as i64)
}

/// The name under which `serde_json` hands out numbers when any crate of the build turns on `arbitrary_precision`.
pub(super) const NUMBER: &str = "$serde_json::private::Number";

/// Reads the object that `serde_json` makes of a number with the feature `arbitrary_precision`.
pub(crate) fn disguised_number<T: Wire>(members: &mut dyn Members) -> Result<T, Stop> {
    if members.name()?.as_deref() != Some(NUMBER) {
        return Err(members.refuse(&ParseError::new(T::EXPECTED, "an object")));
    }
    let mut digits = String::new();
    members.value(&mut digits, false)?;
    T::scalar(Scalar::Text(&digits))
        .map_err(|_| members.refuse(&ParseError::new(T::EXPECTED, "another number")))
}

#[cfg(test)]
mod tests {
    use super::super::decoder::Filler;
    use super::super::testing::{read, refusal, written};
    use super::*;
    use serde_core::de::DeserializeSeed;
    use serde_core::de::value::{Error as ValueError, MapDeserializer};

    #[test]
    fn numbers_are_read_from_numbers_and_strings() {
        for json in ["12", "12.0", r#""12""#, r#""12.0""#, "1.2e1"] {
            assert_eq!(read::<i32>(json), 12);
            assert_eq!(read::<i64>(json), 12);
            assert_eq!(read::<f64>(json), 12.0);
        }
        assert_eq!(read::<i64>("-9223372036854775808"), i64::MIN);
        assert_eq!(read::<i64>(r#""9223372036854775807""#), i64::MAX);
    }

    #[test]
    fn numbers_that_do_not_fit_are_refused_without_quoting_them() {
        for json in ["9223372036854775808", "1.5", "1e300", "9007199254740994.0"] {
            assert!(
                refusal::<i64>(json)
                    .starts_with("expected a whole number, found another number at "),
                "{json}"
            );
        }
        assert!(
            refusal::<i32>("2147483648")
                .starts_with("expected a whole number of 32 bits, found another number")
        );
        assert!(
            refusal::<i32>("true")
                .starts_with("expected a whole number of 32 bits, found a boolean")
        );
        for json in [
            r#""hunter2""#,
            r#""NaN""#,
            r#""inf""#,
            r#""1e999""#,
            r#""""#,
            r#"" 1""#,
        ] {
            assert!(
                refusal::<i64>(json).starts_with("expected a whole number, found other text at "),
                "{json}"
            );
            assert!(
                refusal::<f64>(json).starts_with("expected a number, found other text at "),
                "{json}"
            );
        }
    }

    #[test]
    fn a_number_in_disguise_is_read() {
        fn disguised<T: Wire>(name: &'static str) -> Result<T, ValueError> {
            let mut value = T::blank();
            let from = MapDeserializer::new([(name, "12")].into_iter());
            Filler::new(&mut value).deserialize(from).map(|_| value)
        }
        assert_eq!(disguised::<i32>(NUMBER).unwrap(), 12);
        assert_eq!(disguised::<Option<f64>>(NUMBER).unwrap(), Some(12.0));
        assert_eq!(
            disguised::<i64>("other").unwrap_err().to_string(),
            "expected a whole number, found an object"
        );
    }

    #[test]
    fn booleans_are_read_from_booleans_and_strings() {
        assert!(read::<bool>("true") && read::<bool>(r#""True""#) && !read::<bool>(r#""FALSE""#));
        assert!(refusal::<bool>(r#""yes""#).starts_with("expected a boolean, found other text"));
        assert!(refusal::<bool>("1").starts_with("expected a boolean, found a number"));
    }

    #[test]
    fn text_is_read_from_strings_alone() {
        assert_eq!(read::<String>(r#""a\nb""#), "a\nb");
        assert_eq!(
            refusal::<String>("12"),
            "expected a string, found a number at line 1 column 2"
        );
        assert!(refusal::<String>("null").starts_with("expected a string, found null"));
        assert!(refusal::<String>("[1]").starts_with("expected a string, found a list"));
        assert!(refusal::<String>("{}").starts_with("expected a string, found an object"));
    }

    #[test]
    fn nothing_is_read_from_anything() {
        for json in ["null", "1", r#""x""#, "[1, [2]]", r#"{"a": {"b": 1}}"#] {
            read::<()>(json);
        }
    }

    #[test]
    fn scalars_are_written_as_json() {
        assert_eq!(written(&-7_i32), "-7");
        assert_eq!(written(&i64::MAX), "9223372036854775807");
        assert_eq!(written(&0.5), "0.5");
        assert_eq!(written(&true), "true");
        assert_eq!(written(&String::from("\"")), r#""\"""#);
        assert!(super::super::to_request_body(&f64::NAN).is_err());
    }
}
