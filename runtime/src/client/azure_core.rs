use super::{AccessToken, BoxFuture, Credential};
use crate::{CredentialError, TokenRequest};
use ::azure_core::credentials::TokenCredential;
use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

/// A credential of `azure_core`, such as all those of `azure_identity`.
///
/// `azure_core` has no way to pass on a tenant or claims. The tenant is left to the credential; a service that wants
/// claims cannot be pleased.
#[derive(Clone)]
pub struct AzureCredential(Arc<dyn TokenCredential>);

impl AzureCredential {
    /// Takes the credential as the constructors of `azure_identity` return it.
    #[must_use]
    pub fn new(credential: Arc<dyn TokenCredential>) -> Self {
        Self(credential)
    }
}

impl fmt::Debug for AzureCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AzureCredential")
    }
}

impl<C: TokenCredential + 'static> From<Arc<C>> for AzureCredential {
    fn from(credential: Arc<C>) -> Self {
        Self(credential)
    }
}

impl Credential for AzureCredential {
    fn token<'a>(
        &'a self,
        request: &'a TokenRequest,
    ) -> BoxFuture<'a, Result<AccessToken, CredentialError>> {
        Box::pin(async move {
            if request.wanted_claims().is_some() {
                return Err(CredentialError::new(
                    "the service asks for claims, which azure_core cannot pass on",
                ));
            }
            let token = self.0.get_token(&[request.wanted_scope()], None).await;
            let token = token.map_err(|error| {
                CredentialError::new("the credential failed").with_source(error)
            })?;
            let expires = SystemTime::from(token.expires_on);
            Ok(AccessToken::new(token.token.secret(), expires))
        })
    }
}
