use std::fmt;

/// Why a URL is no [`Endpoint`](crate::Endpoint). Never holds the URL, which may contain a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EndpointError {
    /// It does not start with `https://`.
    NotHttps,
    /// A loopback endpoint does not start with `http://`.
    NotHttp,
    /// A loopback endpoint is on another machine.
    NotLoopback,
    /// There is no host.
    NoHost,
    /// The host is neither a DNS name in ASCII nor an IP address.
    InvalidHost,
    /// The port is not a number from 1 to 65535.
    InvalidPort,
    /// There is a user name or a password.
    UserInfo,
    /// There is a path.
    Path,
    /// There is a query.
    Query,
    /// There is a fragment.
    Fragment,
    /// The name of a resource, from which its host follows, is against this rule.
    Name(&'static str),
    /// The host is not that of such a resource.
    NotOf(&'static str),
}

impl fmt::Display for EndpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotHttps => "the endpoint does not start with `https://`",
            Self::NotHttp => "the loopback endpoint does not start with `http://`",
            Self::NotLoopback => "plain http is for 127.0.0.0/8, [::1] and localhost alone",
            Self::NoHost => "the endpoint has no host",
            Self::InvalidHost => {
                "the host of the endpoint is neither a DNS name in ASCII nor an IP address"
            }
            Self::InvalidPort => "the port of the endpoint is not a number from 1 to 65535",
            Self::UserInfo => "the endpoint has a user name or a password",
            Self::Path => "the endpoint has a path",
            Self::Query => "the endpoint has a query",
            Self::Fragment => "the endpoint has a fragment",
            Self::Name(rule) => rule,
            Self::NotOf(resource) => {
                return write!(
                    f,
                    "the host is not that of {resource}; for other hosts use `Endpoint::new`"
                );
            }
        })
    }
}

impl std::error::Error for EndpointError {}
