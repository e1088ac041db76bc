//! Percent-encoding (RFC 3986, section 2.1).

use percent_encoding::percent_decode_str;

/// The text that was encoded; bytes that are no UTF-8 become marks.
pub(crate) fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
