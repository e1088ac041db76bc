//! Points in time, in the two formats of the service.

use crate::json::{disguised_number, text_only};
use crate::{Members, ParseError, Scalar, Stop, View, Wire};
use std::fmt;
use std::ops::Deref;
use std::time::{Duration, SystemTime};
use time::format_description::well_known;
use time::{OffsetDateTime, PrimitiveDateTime, UtcOffset};

/// A point in time that goes over the wire as whole seconds since 1970-01-01 00:00 UTC.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnixTime(OffsetDateTime);

impl UnixTime {
    /// The point in time of so many seconds since 1970-01-01 00:00 UTC.
    ///
    /// # Errors
    /// If it is not within the years -9999 to 9999.
    pub fn from_seconds(seconds: i64) -> Result<Self, ParseError> {
        OffsetDateTime::from_unix_timestamp(seconds)
            .map(Self)
            .map_err(|_| ParseError::new(Self::EXPECTED, "another number"))
    }

    /// The seconds since 1970-01-01 00:00 UTC.
    #[must_use]
    pub fn seconds(self) -> i64 {
        self.0.unix_timestamp()
    }
}

/// Drops the fraction of a second.
impl From<OffsetDateTime> for UnixTime {
    fn from(time: OffsetDateTime) -> Self {
        let whole = time.replace_nanosecond(0).unwrap_or(time);
        Self(whole.checked_to_offset(UtcOffset::UTC).unwrap_or(whole))
    }
}

impl Wire for UnixTime {
    const EXPECTED: &'static str = "a time in unix seconds";

    fn blank() -> Self {
        Self(OffsetDateTime::UNIX_EPOCH)
    }

    fn scalar(scalar: Scalar<'_>) -> Result<Self, ParseError> {
        let seconds = match scalar {
            Scalar::I64(seconds) => Some(seconds),
            Scalar::U64(seconds) => i64::try_from(seconds).ok(),
            Scalar::F64(seconds) => whole_seconds(seconds),
            Scalar::Text(text) => text
                .parse()
                .ok()
                .or_else(|| whole_seconds(text.parse().ok()?)),
            Scalar::Null | Scalar::Bool(_) => return Err(scalar.unlike(Self::EXPECTED)),
        };
        seconds
            .and_then(|seconds| Self::from_seconds(seconds).ok())
            .ok_or(scalar.unfit::<Self>())
    }

    fn object(&mut self, members: &mut dyn Members) -> Result<(), Stop> {
        *self = disguised_number(members)?;
        Ok(())
    }

    fn view(&self) -> View<'_> {
        View::I64(self.seconds())
    }
}

/// Drops the fraction. What is too large for an integer becomes its limit, which no time reaches.
fn whole_seconds(seconds: f64) -> Option<i64> {
    seconds.is_finite().then_some(seconds.floor() as i64)
}

/// A point in time that goes over the wire as text: `2017-03-29T12:20:00Z` (RFC 3339).
///
/// What was read is written with as many digits of a second as it came with; they do not count when
/// times are compared.
#[derive(Clone, Copy)]
pub struct Rfc3339(OffsetDateTime, Digits);

/// How many digits of a second a text had.
type Digits = u8;

impl PartialEq for Rfc3339 {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl Eq for Rfc3339 {}

impl PartialOrd for Rfc3339 {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Rfc3339 {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}

impl std::hash::Hash for Rfc3339 {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl Rfc3339 {
    /// Reads a time with its offset from UTC. A blank may stand for the `T`, and blanks around the text are ignored.
    ///
    /// # Errors
    /// If the text is none, or the offset is missing.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let text = text.trim_ascii();
        let separated = matches!(text.as_bytes().get(10), Some(b'T' | b't' | b' '));
        let time = OffsetDateTime::parse(text, &well_known::Rfc3339).ok();
        time.filter(|_| separated)
            .map(|time| Self(time, fraction_digits(text)))
            .ok_or(ParseError::new(Self::EXPECTED, "other text"))
    }
}

/// The digits between the point and the offset; no more than a text can be read with sense.
fn fraction_digits(text: &str) -> Digits {
    let fraction = text.split_once('.').map_or("", |(_, fraction)| fraction);
    let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
    digits.min(9) as Digits
}

/// The text with zeros added until it has so many digits of a second.
fn with_digits(text: &str, digits: Digits) -> String {
    let missing = usize::from(digits.saturating_sub(fraction_digits(text)));
    if missing == 0 {
        return text.to_owned();
    }
    // The offset starts behind the time of day: `Z`, `+` or `-`.
    let day = text.len().min("2017-03-29T".len());
    let offset = text[day..]
        .find(['Z', '+', '-'])
        .map_or(text.len(), |at| day + at);
    let (time, offset) = text.split_at(offset);
    let point = if time.contains('.') { "" } else { "." };
    format!("{time}{point}{}{offset}", "0".repeat(missing))
}

impl From<OffsetDateTime> for Rfc3339 {
    fn from(time: OffsetDateTime) -> Self {
        Self(time, 0)
    }
}

/// Only the years 0 to 9999 and offsets of whole minutes can be written.
impl Wire for Rfc3339 {
    const EXPECTED: &'static str = "a time in RFC 3339";

    fn blank() -> Self {
        Self(OffsetDateTime::UNIX_EPOCH, 0)
    }

    fn scalar(scalar: Scalar<'_>) -> Result<Self, ParseError> {
        Self::parse(text_only::<Self>(scalar)?)
    }

    fn view(&self) -> View<'_> {
        match self.0.format(&well_known::Rfc3339) {
            Ok(text) => View::Made(with_digits(&text, self.1).into()),
            Err(_) => View::Unwritable("a time has no form in RFC 3339"),
        }
    }
}

/// The time of a clock; what lies outside of the years -9999 to 9999 becomes the nearest time within.
fn from_system(time: SystemTime) -> OffsetDateTime {
    let since = time.duration_since(SystemTime::UNIX_EPOCH);
    match since {
        Ok(after) => signed(after)
            .and_then(|after| OffsetDateTime::UNIX_EPOCH.checked_add(after))
            .unwrap_or(PrimitiveDateTime::MAX.assume_utc()),
        Err(before) => signed(before.duration())
            .and_then(|before| OffsetDateTime::UNIX_EPOCH.checked_sub(before))
            .unwrap_or(PrimitiveDateTime::MIN.assume_utc()),
    }
}

fn signed(duration: Duration) -> Option<time::Duration> {
    duration.try_into().ok()
}

/// RFC 3339, or the unix seconds for what that has no form for. Never fails, since `to_string` would panic.
fn display(time: OffsetDateTime, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match time.format(&well_known::Rfc3339) {
        Ok(text) => f.pad(&text),
        Err(_) => write!(f, "{} s", time.unix_timestamp()),
    }
}

macro_rules! time_type {
    ($name:ident) => {
        /// What the clock cannot say in the years -9999 to 9999 becomes the nearest time within.
        impl From<SystemTime> for $name {
            fn from(time: SystemTime) -> Self {
                Self::from(from_system(time))
            }
        }

        impl From<$name> for OffsetDateTime {
            fn from(time: $name) -> Self {
                time.0
            }
        }

        impl Deref for $name {
            type Target = OffsetDateTime;

            fn deref(&self) -> &OffsetDateTime {
                &self.0
            }
        }

        impl PartialEq<OffsetDateTime> for $name {
            fn eq(&self, other: &OffsetDateTime) -> bool {
                self.0 == *other
            }
        }

        impl PartialOrd<OffsetDateTime> for $name {
            fn partial_cmp(&self, other: &OffsetDateTime) -> Option<std::cmp::Ordering> {
                self.0.partial_cmp(other)
            }
        }

        impl PartialEq<$name> for OffsetDateTime {
            fn eq(&self, other: &$name) -> bool {
                *self == other.0
            }
        }

        impl PartialOrd<$name> for OffsetDateTime {
            fn partial_cmp(&self, other: &$name) -> Option<std::cmp::Ordering> {
                self.partial_cmp(&other.0)
            }
        }

        /// RFC 3339.
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                display(self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }
    };
}

time_type!(UnixTime);
time_type!(Rfc3339);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_a_second_stay_and_do_not_count() {
        for text in [
            "2020-01-01T12:00:00.0000000Z",
            "2020-01-01T12:00:00Z",
            "2020-01-01T12:00:00.250+02:00",
            "2020-01-01T12:00:00.1230000-08:00",
        ] {
            let time = Rfc3339::parse(text).unwrap();
            assert_eq!(written(&time), format!("\"{text}\""));
        }
        let parse = |text| Rfc3339::parse(text).unwrap();
        assert_eq!(
            parse("2020-01-01T12:00:00.00Z"),
            parse("2020-01-01T12:00:00Z")
        );
    }

    use crate::json::testing::{read, refusal, written};

    fn unix(seconds: i64) -> UnixTime {
        UnixTime::from_seconds(seconds).unwrap()
    }

    #[test]
    fn unix_time_is_read_from_numbers_and_strings() {
        for json in [
            "1490790000",
            "1490790000.9",
            "1.49079e9",
            r#""1490790000""#,
            r#""1490790000.0""#,
        ] {
            assert_eq!(read::<UnixTime>(json), unix(1_490_790_000), "{json}");
        }
        assert_eq!(written(&unix(-1)), "-1");
        assert_eq!(unix(1_490_790_000).to_string(), "2017-03-29T12:20:00Z");
        assert_eq!(format!("{:?}", unix(0)), "UnixTime(1970-01-01T00:00:00Z)");
    }

    #[test]
    fn the_fraction_is_dropped_towards_the_past_everywhere() {
        let half = OffsetDateTime::UNIX_EPOCH - Duration::from_millis(500);
        assert_eq!(UnixTime::from(half).seconds(), -1);
        assert_eq!(read::<UnixTime>("-0.5").seconds(), -1);
        assert_eq!(
            UnixTime::from(SystemTime::UNIX_EPOCH - Duration::from_millis(500)).seconds(),
            -1
        );
    }

    #[test]
    fn extreme_times_are_refused_not_wrapped() {
        let (first, last) = (unix(-377_705_116_800), unix(253_402_300_799));
        for json in [
            "9223372036854775807",
            "-9223372036854775808",
            "18446744073709551615",
            "253402300800",
            "1e308",
        ] {
            assert!(
                refusal::<UnixTime>(json)
                    .starts_with("expected a time in unix seconds, found another number")
            );
        }
        for json in [
            r#""NaN""#,
            r#""inf""#,
            r#""-1e999""#,
            r#""hunter2""#,
            r#""""#,
        ] {
            assert!(
                refusal::<UnixTime>(json)
                    .starts_with("expected a time in unix seconds, found other text")
            );
        }
        assert_eq!(first.to_string(), "-377705116800 s");
        assert_eq!(last.to_string(), "9999-12-31T23:59:59Z");
    }

    #[test]
    fn conversion_of_extreme_times_does_not_panic() {
        let west = UtcOffset::from_hms(-23, 0, 0).unwrap();
        let beyond = PrimitiveDateTime::MAX.assume_offset(west);
        assert_eq!(UnixTime::from(beyond).seconds(), beyond.unix_timestamp());
        assert_eq!(
            format!("{}", UnixTime::from(beyond)),
            "9999-12-31T23:59:59-23:00"
        );
        assert!(
            SystemTime::UNIX_EPOCH
                .checked_add(Duration::from_secs(i64::MAX as u64))
                .is_some_and(|far| { UnixTime::from(far) == unix(253_402_300_799) })
        );
        assert!(
            SystemTime::UNIX_EPOCH
                .checked_sub(Duration::from_secs(i64::MAX as u64))
                .is_some_and(|far| { Rfc3339::from(far) == unix(-377_705_116_800).0 })
        );
    }

    #[test]
    fn rfc3339_is_read_with_offset_and_blanks() {
        let time = *unix(1_490_790_000);
        for text in [
            "2017-03-29T12:20:00Z",
            "2017-03-29t12:20:00.0000000z",
            " 2017-03-29 14:20:00+02:00 ",
            "2017-03-29T12:20:00+00:00\t",
        ] {
            assert_eq!(Rfc3339::parse(text).unwrap(), time, "{text}");
        }
        assert_eq!(
            read::<Rfc3339>(r#""2017-03-29T12:20:00.1234567Z""#).nanosecond(),
            123_456_700
        );
    }

    #[test]
    fn rfc3339_refuses_other_text_without_quoting_it() {
        for text in [
            "",
            "hunter2",
            "2017-03-29T12:20:00",
            "2017-03-29",
            "2017-02-30T00:00:00Z",
            "2017-03-29x12:20:00Z",
        ] {
            let error = Rfc3339::parse(text).unwrap_err().to_string();
            assert_eq!(error, "expected a time in RFC 3339, found other text");
        }
        assert!(refusal::<Rfc3339>("1").starts_with("expected a time in RFC 3339, found a number"));
        assert!(Rfc3339::parse("2017-03-29é12:20:00Z").is_err());
    }

    #[test]
    fn rfc3339_is_written_as_given_or_not_at_all() {
        let text = "2017-03-29T14:20:00.5+02:00";
        let time = Rfc3339::parse(text).unwrap();
        assert_eq!(written(&time), format!("\"{text}\""));
        assert_eq!(format!("{time:?}"), format!("Rfc3339({text})"));
        let ancient = Rfc3339::from(*unix(-377_705_116_800));
        assert!(crate::json::to_request_body(&ancient).is_err());
        assert_eq!(ancient.to_string(), "-377705116800 s");
    }

    #[test]
    fn times_compare_with_those_of_the_time_crate() {
        assert!(unix(1) > OffsetDateTime::UNIX_EPOCH && unix(0) == OffsetDateTime::UNIX_EPOCH);
        assert!(
            OffsetDateTime::UNIX_EPOCH < unix(1)
                && OffsetDateTime::UNIX_EPOCH == Rfc3339::from(*unix(0))
        );
        assert_eq!(OffsetDateTime::from(unix(0)).year(), 1970);
    }
}
