use http::HeaderMap;
use std::fmt;

/// A request as it came over the wire.
#[derive(Clone)]
#[non_exhaustive]
pub struct Received {
    /// The method, such as `GET`.
    pub method: String,
    /// Path and query as sent, still encoded.
    pub target: String,
    /// The `Host` header.
    pub host: String,
    /// All headers, `Host` among them.
    pub headers: HeaderMap,
    /// The body, with a chunked one put together.
    pub body: Vec<u8>,
    /// The connection it came on: 0 is the first one that the server accepted.
    pub connection: usize,
}

impl Received {
    /// The target up to the query.
    #[must_use]
    pub fn path(&self) -> &str {
        self.split_target().0
    }

    /// The query as sent, without its question mark; nothing if there is none.
    #[must_use]
    pub fn query(&self) -> Option<&str> {
        self.split_target().1
    }

    fn split_target(&self) -> (&str, Option<&str>) {
        match self.target.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (&self.target, None),
        }
    }
}

/// Shows no query, no header values and no body: they may hold tokens and secrets.
impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received")
            .field("method", &self.method)
            .field("host", &self.host)
            .field("path", &self.path())
            .field("body_length", &self.body.len())
            .field("connection", &self.connection)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn received(target: &str) -> Received {
        Received {
            method: "GET".to_owned(),
            target: target.to_owned(),
            host: "a.example".to_owned(),
            headers: HeaderMap::new(),
            body: b"hidden".to_vec(),
            connection: 0,
        }
    }

    #[test]
    fn the_target_is_path_and_query() {
        let request = received("/keys/a%2Fb?x=1?2");
        assert_eq!(request.path(), "/keys/a%2Fb");
        assert_eq!(request.query(), Some("x=1?2"));
        assert_eq!(received("/keys?").query(), Some(""));
        assert_eq!(received("/keys").query(), None);
    }

    #[test]
    fn debug_shows_neither_query_nor_body() {
        let shown = format!("{:?}", received("/keys?token=hidden"));
        assert!(shown.contains("/keys"), "{shown}");
        assert!(
            !shown.contains("hidden") && !shown.contains("104"),
            "{shown}"
        );
    }
}
