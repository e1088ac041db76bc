use super::TokenRequest;
use crate::Endpoint;
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

/// What tokens the origins want, so far as it was verified.
#[derive(Debug, Default)]
pub struct Challenges(RwLock<BTreeMap<String, Arc<TokenRequest>>>);

impl Challenges {
    /// What the origin wants, if it is known.
    #[must_use]
    pub fn get(&self, endpoint: &Endpoint) -> Option<Arc<TokenRequest>> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        known.get(endpoint.origin()).cloned()
    }

    /// Only after the challenge was verified.
    pub(super) fn put(&self, endpoint: &Endpoint, request: Arc<TokenRequest>) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(endpoint.origin().to_owned(), request);
    }
}
