use crate::link::LinkKind;
use std::fmt;

/// What the client would not do, because the service asked for something that it must not get or that never ends.
///
/// Never holds a URL with its query, a token or a body.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RefusedError {
    /// A URL of the service leads to another origin than that of the endpoint, to which the token would go along.
    ForeignLink {
        /// Where the URL stood.
        kind: LinkKind,
        /// The origin that it leads to, if it has one.
        origin: Option<String>,
    },
    /// What stood in the place of a URL is none.
    MalformedLink {
        /// Where it stood.
        kind: LinkKind,
    },
    /// A list came back to a page that it had before.
    EndlessPages,
    /// Too many pages in a row were empty.
    EmptyPages {
        /// How many there were.
        count: u32,
    },
    /// The challenge asks for a token of a resource that is not that of the host.
    UnverifiedResource {
        /// The host of the resource that the challenge names.
        resource: String,
        /// The host that sent the challenge.
        host: String,
    },
    /// The challenge cannot be read.
    MalformedChallenge {
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The first request, sent without token and body to learn what token to get, was not challenged but carried out.
    Unchallenged,
    /// The service redirected the request. The token must not follow.
    Redirect {
        /// The status.
        status: u16,
    },
    /// The service does not say where the state of the operation can be asked for.
    NoStatusUrl,
    /// The last answer of an operation lacks the URL of its result.
    NoResultUrl {
        /// The member that should hold it.
        member: &'static str,
    },
    /// The resume token does not fit.
    ResumeToken {
        /// What is wrong with it.
        reason: &'static str,
    },
}

impl fmt::Display for RefusedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ForeignLink {
                kind,
                origin: Some(origin),
            } => {
                write!(f, "{kind} leads to another origin, {origin}")
            }
            Self::ForeignLink { kind, origin: None } => write!(f, "{kind} leads to another origin"),
            Self::MalformedLink { kind } => write!(f, "{kind} is no URL that can be followed"),
            Self::EndlessPages => f.write_str("the list came back to a page that it had before"),
            Self::EmptyPages { count } => write!(f, "the list had {count} empty pages in a row"),
            Self::UnverifiedResource { resource, host } => write!(
                f,
                "{host} asks for a token of another resource, {resource}; \
                 if this host is meant, switch the check off or state the scope"
            ),
            Self::MalformedChallenge { reason } => {
                write!(f, "the challenge cannot be read: {reason}")
            }
            Self::Unchallenged => f.write_str(
                "the request without token and body was carried out instead of challenged",
            ),
            Self::Redirect { status } => write!(f, "the service redirects (status {status})"),
            Self::NoStatusUrl => {
                f.write_str("the service does not say where to ask for the state of the operation")
            }
            Self::NoResultUrl { member } => {
                write!(f, "the last answer has no URL of the result in `{member}`")
            }
            Self::ResumeToken { reason } => write!(f, "the resume token does not fit: {reason}"),
        }
    }
}

impl std::error::Error for RefusedError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_says_what_was_refused() {
        let foreign = RefusedError::ForeignLink {
            kind: LinkKind::NextPage,
            origin: Some("https://evil.example".to_owned()),
        };
        assert_eq!(
            foreign.to_string(),
            "the link to the next page leads to another origin, https://evil.example"
        );
        assert_eq!(
            RefusedError::Redirect { status: 307 }.to_string(),
            "the service redirects (status 307)"
        );
    }
}
