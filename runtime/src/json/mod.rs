//! JSON as the service speaks it: forgiving where the service is, silent about what it read.

mod containers;
mod decoder;
mod fields;
mod marks;
mod model;
mod scalars;
mod slot;
mod table;
mod tree;
mod value;
mod wire;

#[cfg(feature = "serde")]
pub use decoder::{deserialize, serialize};
pub use fields::{Filling, Showing};
pub use model::{Model, copy, debug, equal};
pub(crate) use scalars::{disguised_number, text_only};
pub use slot::{Entries, Items, List, Members, Object, Slot, Stop, View};
pub use table::{Member, MemberKind, Table};
pub(crate) use tree::Tree;
pub use wire::{Mode, Scalar, Wire, blank};

use self::decoder::{Filler, Outgoing};
use crate::WipedBody;
use serde_core::de::{DeserializeSeed, Error as _};

/// Reads a value from JSON text, as it is read from the body of a response.
///
/// # Errors
/// If it is not JSON of this type. The error tells where, and nothing of what was read.
pub fn from_json<T: Wire>(json: impl AsRef<[u8]>) -> Result<T, serde_json::Error> {
    from_slice(json.as_ref())
}

/// Writes a value whole as JSON text, secrets too.
///
/// # Errors
/// If JSON has nothing for it: a number that is not finite, or a time before the year 0.
pub fn to_json(value: &impl Wire) -> Result<String, serde_json::Error> {
    serde_json::to_string(&Outgoing(value, Mode::Full))
}

/// Reads the JSON text of a whole body.
pub(crate) fn from_slice<T: Wire>(json: &[u8]) -> Result<T, serde_json::Error> {
    let mut value = T::blank();
    fill(&mut value, json)?;
    Ok(value)
}

/// Reads the JSON text of a whole body into a blank slot.
fn fill(slot: &mut dyn Slot, json: &[u8]) -> Result<(), serde_json::Error> {
    // Once for all of it, which is faster than text by text.
    let json = str::from_utf8(json).map_err(|error| no_text(json, error.valid_up_to()))?;
    let mut from = serde_json::Deserializer::from_str(json);
    Filler::new(slot).deserialize(&mut from)?;
    from.end()
}

/// The error for bytes that are not UTF-8 from some place on.
fn no_text(json: &[u8], at: usize) -> serde_json::Error {
    let before = &json[..at];
    let lines = before.iter().filter(|byte| **byte == b'\n').count();
    let column = before
        .iter()
        .rev()
        .take_while(|byte| **byte != b'\n')
        .count();
    serde_json::Error::custom(format_args!(
        "invalid UTF-8 at line {} column {}",
        lines + 1,
        column + 1
    ))
}

/// The text without a byte order mark, which JSON does not allow and some gateways write all the same.
pub(crate) fn without_mark(json: &[u8]) -> &[u8] {
    json.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(json)
}

/// Room for the body of most requests, so that it need not be moved while it grows.
const USUAL: usize = 256;

/// Writes the JSON text of a request body: the members only the service sets are left out.
pub(crate) fn to_request_body(value: &dyn Slot) -> Result<WipedBody, serde_json::Error> {
    written(value, Mode::Request)
}

/// Writes the JSON text of a response body: everything.
#[cfg(feature = "server")]
pub(crate) fn to_response_body(value: &dyn Slot) -> Result<WipedBody, serde_json::Error> {
    written(value, Mode::Full)
}

fn written(value: &dyn Slot, mode: Mode) -> Result<WipedBody, serde_json::Error> {
    let mut body = WipedBody::with_capacity(USUAL);
    serde_json::to_writer(&mut body, &Outgoing(value, mode))?;
    Ok(body)
}

/// Shorthands for the tests of this crate.
#[cfg(test)]
pub(crate) mod testing {
    use super::Wire;

    /// Reads JSON text.
    pub(crate) fn read<T: Wire>(json: &str) -> T {
        super::from_slice(json.as_bytes()).unwrap()
    }

    /// The error of reading JSON text.
    pub(crate) fn refusal<T: Wire + std::fmt::Debug>(json: &str) -> String {
        super::from_slice::<T>(json.as_bytes())
            .unwrap_err()
            .to_string()
    }

    /// The JSON text of a request body.
    pub(crate) fn written<T: Wire>(value: &T) -> String {
        String::from_utf8(super::to_request_body(value).unwrap().into_vec()).unwrap()
    }
}

#[cfg(test)]
mod tests {
    use super::testing::{read, refusal};
    use crate::Json;

    #[test]
    fn text_after_the_value_is_refused() {
        assert_eq!(
            refusal::<bool>("true 1"),
            "trailing characters at line 1 column 6"
        );
    }

    #[test]
    fn bytes_that_are_no_text_are_told_with_their_place() {
        let error = super::from_slice::<Json>(b"[1,\n\"hunter2\xFF\"]").unwrap_err();
        assert_eq!(error.to_string(), "invalid UTF-8 at line 2 column 9");
        assert_eq!((error.line(), error.column()), (2, 9));
    }

    #[test]
    fn nesting_is_bounded() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(read::<Json>(&nested(127)).is_array());
        assert!(
            refusal::<Json>(&nested(128))
                .ends_with("recursion limit exceeded at line 1 column 128")
        );
        assert!(refusal::<Json>(&"{\"a\":".repeat(100_000)).contains("recursion limit exceeded"));
    }
}
