//! Headers of responses, as they may be shown.

use http::{HeaderMap, HeaderValue};
use std::fmt;

/// Shows headers without what follows a question mark: the query of a URL can hold a token.
pub(crate) struct Shown<'a>(pub(crate) &'a HeaderMap);

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers = self.0.iter();
        f.debug_map()
            .entries(headers.map(|(name, value)| (name.as_str(), without_query(value))))
            .finish()
    }
}

fn without_query(value: &HeaderValue) -> String {
    let text = String::from_utf8_lossy(value.as_bytes());
    match text.split_once('?') {
        Some((before, _)) => format!("{before}?***"),
        None => text.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_query_of_a_url_is_hidden() {
        let mut headers = HeaderMap::new();
        headers.insert("location", "https://h/pending?token=x".parse().unwrap());
        headers.insert("x-a", HeaderValue::from_static("b"));
        assert_eq!(
            format!("{:?}", Shown(&headers)),
            r#"{"location": "https://h/pending?***", "x-a": "b"}"#
        );
    }
}
