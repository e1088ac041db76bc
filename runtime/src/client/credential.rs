use super::BoxFuture;
use crate::{CredentialError, Secret, TokenRequest};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// Gives tokens. The client keeps them until shortly before they expire.
pub trait Credential: Send + Sync + 'static {
    /// A token for the scope, from the tenant and with the claims that are asked for.
    ///
    /// With claims it must be a new token, which fulfils them. A credential that knows of one tenant alone may pass over
    /// the tenant.
    ///
    /// # Errors
    /// If there is no such token. The error must hold no secret.
    fn token<'a>(
        &'a self,
        request: &'a TokenRequest,
    ) -> BoxFuture<'a, Result<AccessToken, CredentialError>>;
}

impl<C: Credential + ?Sized> Credential for Arc<C> {
    fn token<'a>(
        &'a self,
        request: &'a TokenRequest,
    ) -> BoxFuture<'a, Result<AccessToken, CredentialError>> {
        (**self).token(request)
    }
}

/// A bearer token.
#[derive(Clone, Debug)]
pub struct AccessToken {
    token: Secret<String>,
    expires: SystemTime,
    refresh: SystemTime,
}

/// How long before it expires a token is replaced, if the credential does not say when.
const EARLY: Duration = Duration::from_secs(300);

impl AccessToken {
    /// A token that expires at this time. It is replaced five minutes before.
    #[must_use]
    pub fn new(token: impl Into<Secret<String>>, expires: SystemTime) -> Self {
        let refresh = expires.checked_sub(EARLY).unwrap_or(expires);
        Self {
            token: token.into(),
            expires,
            refresh,
        }
    }

    /// Says from when on it is to be replaced.
    #[must_use]
    pub fn refresh_from(mut self, time: SystemTime) -> Self {
        self.refresh = time.min(self.expires);
        self
    }

    /// The token.
    #[must_use]
    pub fn token(&self) -> &Secret<String> {
        &self.token
    }

    /// When it expires.
    #[must_use]
    pub fn expires(&self) -> SystemTime {
        self.expires
    }

    pub(super) fn refresh(&self) -> SystemTime {
        self.refresh
    }
}

/// The same token whatever is asked for, for tools that were given one. It cannot be renewed.
impl Credential for AccessToken {
    fn token<'a>(
        &'a self,
        request: &'a TokenRequest,
    ) -> BoxFuture<'a, Result<AccessToken, CredentialError>> {
        Box::pin(async move {
            match request.wanted_claims() {
                None => Ok(self.clone()),
                Some(_) => Err(CredentialError::new(
                    "a given token cannot fulfil new claims",
                )),
            }
        })
    }
}
