use crate::TransportError;
use bytes::Bytes;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

/// A future on the heap.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What a request may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The time for the request and its whole response.
    pub timeout: Duration,
    /// The length of the body of the response.
    pub max_bytes: u64,
}

impl Limits {
    /// So much time and so many bytes.
    #[must_use]
    pub fn new(timeout: Duration, max_bytes: u64) -> Self {
        Self { timeout, max_bytes }
    }
}

/// Sends requests, and waits. Made for another HTTP client or another async runtime than those that come along.
pub trait Transport: Send + Sync + 'static {
    /// Sends the request as it is, once, and reads the whole response, whatever its status. Must not follow redirects,
    /// must keep to the limits, and must not put the URL into errors. The client wipes both bodies; what a transport
    /// copies of them is the transport's to wipe.
    fn send<'a>(
        &'a self,
        request: &'a http::Request<Bytes>,
        limits: Limits,
    ) -> BoxFuture<'a, Result<http::Response<Vec<u8>>, TransportError>>;

    /// Waits.
    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send<'a>(
        &'a self,
        request: &'a http::Request<Bytes>,
        limits: Limits,
    ) -> BoxFuture<'a, Result<http::Response<Vec<u8>>, TransportError>> {
        (**self).send(request, limits)
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
        (**self).sleep(time)
    }
}
