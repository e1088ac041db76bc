//! How a request comes to its token: the bearer challenge of the service, without a socket.

mod challenge;
mod handshake;
mod header;
mod known;
mod token_request;

pub use challenge::Challenge;
pub use handshake::{AuthStep, Handshake};
pub use known::Challenges;
pub use token_request::TokenRequest;

/// How a client comes to know what token an origin wants.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthPolicy {
    stated: Option<TokenRequest>,
    unverified: bool,
}

impl AuthPolicy {
    /// The service is asked with a first request that has neither token nor body. What it wants is believed only if
    /// the resource that it names is its own.
    #[must_use]
    pub fn challenge() -> Self {
        Self::default()
    }

    /// The token is known beforehand, which saves the first request. A challenge that comes all the same is followed.
    #[must_use]
    pub fn stated(request: TokenRequest) -> Self {
        Self {
            stated: Some(request),
            unverified: false,
        }
    }

    /// Believes a challenge whose resource is not that of the host.
    ///
    /// For hosts with a name of their own, such as those of a private DNS zone. Whoever answers under that name can
    /// then ask for a token of any resource that the credential has access to.
    #[must_use]
    pub fn without_resource_check(mut self) -> Self {
        self.unverified = true;
        self
    }
}
