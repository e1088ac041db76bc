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
    /// The name of a vault or managed HSM is against the rule for such names.
    ResourceName,
    /// The host is not that of a vault in a known cloud.
    NotVault,
    /// The host is not that of a managed HSM in a known cloud.
    NotHsm,
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
            Self::ResourceName => {
                "the name of a vault or managed HSM has 3 to 24 letters, digits and hyphens, starts with a letter, and \
                 has no hyphen at the end or beside another"
            }
            Self::NotVault => {
                "the host is not that of a vault, such as `myvault.vault.azure.net`; for other hosts use `Endpoint::new`"
            }
            Self::NotHsm => {
                "the host is not that of a managed HSM, such as `myhsm.managedhsm.azure.net`; for other hosts use \
                 `Endpoint::new`"
            }
        })
    }
}

impl std::error::Error for EndpointError {}
