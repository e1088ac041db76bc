/// What a token has to be for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TokenRequest {
    scope: String,
    tenant: Option<String>,
    claims: Option<String>,
}

impl TokenRequest {
    /// A token for this scope: `https://vault.azure.net/.default`.
    #[must_use]
    pub fn new(scope: impl Into<String>) -> Self {
        Self {
            scope: scope.into(),
            tenant: None,
            claims: None,
        }
    }

    /// From this tenant, by id or domain.
    #[must_use]
    pub fn tenant(mut self, tenant: impl Into<String>) -> Self {
        self.tenant = Some(tenant.into());
        self
    }

    /// With these claims, as JSON: the service wants a token that fulfils them.
    #[must_use]
    pub fn claims(mut self, claims: impl Into<String>) -> Self {
        self.claims = Some(claims.into());
        self
    }

    /// The scope.
    #[must_use]
    pub fn wanted_scope(&self) -> &str {
        &self.scope
    }

    /// The tenant, if a certain one is wanted.
    #[must_use]
    pub fn wanted_tenant(&self) -> Option<&str> {
        self.tenant.as_deref()
    }

    /// The claims as JSON, if any are wanted.
    #[must_use]
    pub fn wanted_claims(&self) -> Option<&str> {
        self.claims.as_deref()
    }

    /// The same token, but for the claims.
    #[cfg(feature = "client")]
    pub(crate) fn without_claims(mut self) -> Self {
        self.claims = None;
        self
    }
}
