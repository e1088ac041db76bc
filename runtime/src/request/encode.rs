use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};

/// All but the unreserved characters of RFC 3986, section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The same for names in a query, where `$filter` is customary.
const RESERVED_IN_NAME: &AsciiSet = &RESERVED.remove(b'$');

/// Encodes a value for a path or a query.
pub(super) fn value(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, RESERVED)
}

/// Encodes the name of a parameter in a query.
pub(super) fn name(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, RESERVED_IN_NAME)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_unreserved_characters_stay() {
        assert_eq!(value("aZ09-._~").to_string(), "aZ09-._~");
        assert_eq!(
            value(" +/%?#&=$\\\0\r\né").to_string(),
            "%20%2B%2F%25%3F%23%26%3D%24%5C%00%0D%0A%C3%A9"
        );
        assert_eq!(name("$filter").to_string(), "$filter");
    }
}
