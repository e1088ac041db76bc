use std::error::Error as StdError;
use std::fmt;

/// A request that got no whole response.
///
/// Shown without the URL, whose query can hold a token.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// At what point a request failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection came about: the host is unknown, does not answer, or its certificate is not trusted. The request
    /// was surely not sent.
    Connect,
    /// The time was up. Whether the service carried the request out is not known.
    Timeout,
    /// The connection broke, or what came is no HTTP. Whether the service carried the request out is not known.
    Broken,
    /// The response is larger than allowed.
    TooLarge {
        /// The greatest number of bytes.
        limit: u64,
    },
    /// The request could not be sent for a reason of our own side.
    Unsendable,
}

impl TransportError {
    /// A failure at this point.
    #[must_use]
    pub fn new(kind: TransportErrorKind) -> Self {
        Self { kind, source: None }
    }

    /// The error underneath. It must not show a URL with its query.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// At what point the request failed.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Whether the service surely did not get the request.
    #[must_use]
    pub fn is_surely_unsent(&self) -> bool {
        matches!(
            self.kind,
            TransportErrorKind::Connect | TransportErrorKind::Unsendable
        )
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            TransportErrorKind::Connect => f.write_str("cannot connect")?,
            TransportErrorKind::Timeout => f.write_str("the time for the call was up")?,
            TransportErrorKind::Broken => f.write_str("the connection broke")?,
            TransportErrorKind::TooLarge { limit } => {
                write!(f, "the response is larger than {limit} bytes")?;
            }
            TransportErrorKind::Unsendable => f.write_str("the request cannot be sent")?,
        }
        match innermost(self.source.as_deref().map(|source| source as _)) {
            Some(cause) => write!(f, ": {cause}"),
            None => Ok(()),
        }
    }
}

/// The error at the bottom says most: those above it repeat that sending failed.
fn innermost<'a>(
    source: Option<&'a (dyn StdError + 'static)>,
) -> Option<&'a (dyn StdError + 'static)> {
    let mut error = source?;
    while let Some(below) = error.source() {
        error = below;
    }
    Some(error)
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_cause_is_shown() {
        let error = TransportError::new(TransportErrorKind::Connect)
            .with_source(std::io::Error::other("no route"));
        assert_eq!(error.to_string(), "cannot connect: no route");
        assert!(error.is_surely_unsent() && error.source().is_some());
        let error = TransportError::new(TransportErrorKind::TooLarge { limit: 10 });
        assert_eq!(error.to_string(), "the response is larger than 10 bytes");
        assert!(!error.is_surely_unsent());
    }
}
