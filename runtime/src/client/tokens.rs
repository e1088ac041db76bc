use super::credential::{AccessToken, Credential};
use super::race::race;
use crate::{CredentialError, TokenRequest, WipedBody};
use bytes::Bytes;
use http::HeaderValue;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;
use tokio::sync::Mutex;

/// The tokens at hand. Callers that want the same token at the same time share one request for it.
pub(super) struct Tokens {
    credential: Arc<dyn Credential>,
    /// Few, since a client talks to few services and tenants: the right one is found without a hash of its texts.
    slots: RwLock<Vec<(TokenRequest, Arc<Slot>)>>,
}

/// The token for one scope and tenant.
#[derive(Default)]
struct Slot {
    current: RwLock<Option<Ready>>,
    fetching: Mutex<()>,
}

/// A token as it is sent.
#[derive(Clone)]
struct Ready {
    header: HeaderValue,
    refresh: SystemTime,
    expires: SystemTime,
}

impl Tokens {
    pub(super) fn new(credential: Arc<dyn Credential>) -> Self {
        Self {
            credential,
            slots: RwLock::default(),
        }
    }

    /// The header with a token that need not be replaced, if there is one.
    pub(super) fn fresh(
        &self,
        request: &TokenRequest,
        rejected: Option<&HeaderValue>,
    ) -> Option<HeaderValue> {
        let now = SystemTime::now();
        let ready = self.slot(request).current()?;
        (ready.refresh > now && ready.is_usable(now, rejected)).then_some(ready.header)
    }

    /// The header with a token. One that was `rejected` is not handed out again. While there is one that works, a new one
    /// is not waited for beyond `patience`.
    pub(super) async fn header<F: Future<Output = ()>>(
        &self,
        request: &TokenRequest,
        rejected: Option<&HeaderValue>,
        patience: impl FnOnce() -> F,
    ) -> Result<HeaderValue, CredentialError> {
        let slot = self.slot(request);
        let now = SystemTime::now();
        let current = slot.current();
        match current.filter(|ready| ready.is_usable(now, rejected)) {
            Some(ready) if ready.refresh > now => Ok(ready.header),
            Some(ready) => Ok(self.refreshed(&slot, request, ready, patience).await),
            None => self.fetched(&slot, request, rejected).await,
        }
    }

    /// The header with the token that there is, whatever it is worth.
    pub(super) fn at_hand(&self, request: &TokenRequest) -> Option<HeaderValue> {
        self.slot(request).current().map(|ready| ready.header)
    }

    /// One caller replaces the token, the others go on with that of before, as does that one if there is no new one.
    async fn refreshed<F: Future<Output = ()>>(
        &self,
        slot: &Slot,
        request: &TokenRequest,
        ready: Ready,
        patience: impl FnOnce() -> F,
    ) -> HeaderValue {
        let Ok(_guard) = slot.fetching.try_lock() else {
            return ready.header;
        };
        let error = match race(self.fetch(slot, request), patience).await {
            Some(Ok(header)) => return header,
            Some(Err(error)) => error,
            None => CredentialError::new("the credential takes too long"),
        };
        tracing::debug!(target: "keyvault_rest", %error, "the token could not be replaced early");
        ready.header
    }

    /// The first caller fetches the token, the others wait for it.
    async fn fetched(
        &self,
        slot: &Slot,
        request: &TokenRequest,
        rejected: Option<&HeaderValue>,
    ) -> Result<HeaderValue, CredentialError> {
        let _guard = slot.fetching.lock().await;
        let now = SystemTime::now();
        match slot.current() {
            Some(ready) if ready.is_usable(now, rejected) => Ok(ready.header),
            _ => self.fetch(slot, request).await,
        }
    }

    async fn fetch(
        &self,
        slot: &Slot,
        request: &TokenRequest,
    ) -> Result<HeaderValue, CredentialError> {
        let token = self.credential.token(request).await?;
        let header = header(&token)?;
        let ready = Ready {
            header: header.clone(),
            refresh: token.refresh(),
            expires: token.expires(),
        };
        *slot.current.write().unwrap_or_else(PoisonError::into_inner) = Some(ready);
        Ok(header)
    }

    /// Claims are a matter of one request: the token that fulfils them replaces the one that did not.
    fn slot(&self, request: &TokenRequest) -> Arc<Slot> {
        match request.wanted_claims() {
            None => self.slot_of(request),
            Some(_) => self.slot_of(&request.clone().without_claims()),
        }
    }

    fn slot_of(&self, request: &TokenRequest) -> Arc<Slot> {
        let slots = self.slots.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(slot) = find(&slots, request) {
            return slot;
        }
        drop(slots);
        let mut slots = self.slots.write().unwrap_or_else(PoisonError::into_inner);
        find(&slots, request).unwrap_or_else(|| {
            let slot = Arc::default();
            slots.push((request.clone(), Arc::clone(&slot)));
            slot
        })
    }
}

fn find(slots: &[(TokenRequest, Arc<Slot>)], request: &TokenRequest) -> Option<Arc<Slot>> {
    let mut slots = slots.iter();
    let (_, slot) = slots.find(|(of, _)| of == request)?;
    Some(Arc::clone(slot))
}

impl Ready {
    fn is_usable(&self, now: SystemTime, rejected: Option<&HeaderValue>) -> bool {
        self.expires > now && Some(&self.header) != rejected
    }
}

impl Slot {
    fn current(&self) -> Option<Ready> {
        self.current
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

fn header(token: &AccessToken) -> Result<HeaderValue, CredentialError> {
    let mut text = WipedBody::default();
    text.push(b"Bearer ");
    text.push(token.token().expose().as_bytes());
    // Not copied, so that it is wiped with the last clone of the header.
    let header = HeaderValue::from_maybe_shared(Bytes::from(text));
    let mut header =
        header.map_err(|_| CredentialError::new("the token cannot stand in a header"))?;
    header.set_sensitive(true);
    Ok(header)
}
