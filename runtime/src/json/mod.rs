//! JSON as the service speaks it: forgiving where the service is, silent about what it read.

mod containers;
mod decoder;
mod model;
mod scalars;
mod tree;
mod value;
mod wire;

pub(crate) use decoder::Outgoing;
pub use decoder::{deserialize, serialize};
pub use model::{Member, Model, Sink, Source, read_embedded, read_model, write_model};
pub(crate) use scalars::{disguised_number, text_only};
pub(crate) use tree::Tree;
pub use wire::{Mode, Scalar, Wire, blank};

use crate::WipedBody;

/// Reads the JSON text of a whole body.
pub(crate) fn from_slice<T: Wire>(json: &[u8]) -> Result<T, serde_json::Error> {
    let mut from = serde_json::Deserializer::from_slice(json);
    let value = deserialize(&mut from)?;
    from.end()?;
    Ok(value)
}

/// The text without a byte order mark, which JSON does not allow and some gateways write all the same.
pub(crate) fn without_mark(json: &[u8]) -> &[u8] {
    json.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(json)
}

/// Room for the body of most requests, so that it need not be moved while it grows.
const USUAL: usize = 256;

/// Writes the JSON text of a request body: the members only the service sets are left out.
pub(crate) fn to_request_body<T: Wire>(value: &T) -> Result<WipedBody, serde_json::Error> {
    written(value, Mode::Request)
}

/// Writes the JSON text of a response body: everything.
#[cfg(feature = "server")]
pub(crate) fn to_response_body<T: Wire>(value: &T) -> Result<WipedBody, serde_json::Error> {
    written(value, Mode::Full)
}

fn written<T: Wire>(value: &T, mode: Mode) -> Result<WipedBody, serde_json::Error> {
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
