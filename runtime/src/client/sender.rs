use super::exchange::Exchange;
use super::request_ids::RequestIds;
use super::tokens::Tokens;
use super::{CallOptions, ClientBuilder, Credential, Items, Pages, Poller, Transport};
use crate::{
    AuthPolicy, Challenges, Endpoint, Error, LongRunningOperation, Operation, OperationMeta,
    PagedOperation, Pager, Response, ResumeToken, WipedBody,
};
use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::{HeaderValue, Method, Request, Uri};
use std::sync::Arc;

/// The body of a response. It is wiped when it is dropped, for it can hold a secret.
pub(super) type Body = WipedBody;

/// Sends operations to one endpoint, such as a vault or the management plane. A clone shares connections, tokens and what is known
/// of challenges.
#[derive(Clone)]
pub struct Client {
    pub(super) shared: Arc<Shared>,
    /// With the API version of the options, if they name one.
    pub(super) endpoint: Arc<Endpoint>,
    /// As it was given.
    own: Arc<Endpoint>,
    pub(super) options: Arc<CallOptions>,
}

/// What all clones have in common.
pub(super) struct Shared {
    pub(super) transport: Arc<dyn Transport>,
    pub(super) tokens: Tokens,
    pub(super) challenges: Challenges,
    pub(super) auth: AuthPolicy,
    pub(super) user_agent: HeaderValue,
    pub(super) request_ids: RequestIds,
    pub(super) max_bytes: u64,
}

impl Client {
    /// Begins a client for an endpoint; [`ClientBuilder::build`] makes it.
    pub fn builder(endpoint: impl Into<Endpoint>, credential: impl Credential) -> ClientBuilder {
        ClientBuilder::new(endpoint.into(), Arc::new(credential))
    }

    /// The same client with other options.
    #[must_use]
    pub fn with(&self, options: CallOptions) -> Self {
        let (shared, own) = (Arc::clone(&self.shared), Arc::clone(&self.own));
        Self::of(shared, own, Arc::new(options))
    }

    /// The same client for another endpoint that wants the same way of authorization.
    #[must_use]
    pub fn at(&self, endpoint: impl Into<Endpoint>) -> Self {
        let (shared, options) = (Arc::clone(&self.shared), Arc::clone(&self.options));
        Self::of(shared, Arc::new(endpoint.into()), options)
    }

    pub(super) fn of(shared: Arc<Shared>, own: Arc<Endpoint>, options: Arc<CallOptions>) -> Self {
        let endpoint = match &options.api_version {
            Some(version) => Arc::new(Endpoint::clone(&own).with_api_version(version)),
            None => Arc::clone(&own),
        };
        Self {
            shared,
            endpoint,
            own,
            options,
        }
    }

    /// Where it sends to.
    #[must_use]
    pub fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Sends an operation and reads its response.
    ///
    /// # Errors
    /// [`Error::Build`] if an argument is wrong, [`Error::Credential`] without a token, [`Error::Transport`] without a
    /// response, [`Error::Service`] if the service refuses, [`Error::Refused`] if it asks for what it must not get,
    /// [`Error::Decode`] if its response is not what the operation declares.
    pub async fn send<O: Operation>(&self, operation: O) -> Result<Response<O::Output>, Error> {
        let mut exchange = self.exchange_of(&operation)?;
        operation.response(exchange.run().await?)
    }

    pub(super) async fn send_ref<O: Operation>(
        &self,
        operation: &O,
    ) -> Result<Response<O::Output>, Error> {
        let mut exchange = self.exchange_of(operation)?;
        operation.response(exchange.run().await?)
    }

    /// Lists page by page; nothing is sent before the first page is asked for.
    pub fn pages<O: PagedOperation + Send + Sync + 'static>(&self, operation: O) -> Pages<O> {
        Pages::new(self.clone(), operation, Pager::new())
    }

    /// Lists from the page at a saved link on; see [`Page::next_link`](crate::Page::next_link).
    ///
    /// # Errors
    /// [`Error::Refused`] if the link leads to another origin.
    pub fn pages_from<O>(&self, operation: O, link: &str) -> Result<Pages<O>, Error>
    where
        O: PagedOperation + Send + Sync + 'static,
    {
        let pager = Pager::resume(&self.endpoint, link)?;
        Ok(Pages::new(self.clone(), operation, pager))
    }

    /// Lists item by item, across all pages.
    pub fn items<O: PagedOperation + Send + Sync + 'static>(&self, operation: O) -> Items<O> {
        self.pages(operation).items()
    }

    /// Sends a long-running operation; the poller goes with it to its end.
    ///
    /// # Errors
    /// As for [`send`](Self::send).
    pub async fn poller<O: LongRunningOperation>(&self, operation: O) -> Result<Poller<O>, Error> {
        Poller::begin(self.clone(), &operation).await
    }

    /// Goes on with a long-running operation that was begun elsewhere; see [`Poller::resume_token`].
    ///
    /// # Errors
    /// [`Error::Refused`] if the token is of another operation or of another origin.
    pub fn resume<O: LongRunningOperation>(&self, token: &ResumeToken) -> Result<Poller<O>, Error> {
        Ok(Poller::resume(self.clone(), token)?)
    }

    /// Sends any request to the endpoint, with token and tries as those of operations: for what no operation offers.
    /// Whatever the status, it is a response. An authorization that the request has already is not sent. The body of the
    /// request is wiped after sending; that of the response is the caller's.
    ///
    /// # Errors
    /// [`Error::Refused`] if the URL leads to another origin; otherwise as for [`send`](Self::send).
    pub async fn send_request(
        &self,
        request: Request<Vec<u8>>,
    ) -> Result<http::Response<Vec<u8>>, Error> {
        let url = crate::link::follow(
            &self.endpoint,
            &request.uri().to_string(),
            crate::LinkKind::Given,
        )?;
        let (mut head, body) = request.into_parts();
        head.uri = url;
        // It would go to the service before that was verified.
        head.headers.remove(AUTHORIZATION);
        let is_safe = head.method.is_idempotent();
        let request = Request::from_parts(head, WipedBody::from(body).into());
        let mut exchange = Exchange::new(self, "(request)", is_safe, request);
        let response = exchange.run().await?;
        Ok(response.map(WipedBody::into_vec))
    }

    /// What sends the request of an operation.
    pub(super) fn exchange_of<O: Operation>(&self, operation: &O) -> Result<Exchange<'_>, Error> {
        let request = operation.wiped_request(&self.endpoint)?;
        Ok(self.exchange(O::META, request))
    }

    pub(super) fn exchange(
        &self,
        meta: &'static OperationMeta,
        request: Request<WipedBody>,
    ) -> Exchange<'_> {
        let request = request.map(Bytes::from);
        Exchange::new(self, meta.id(), meta.is_idempotent(), request)
    }

    /// Asks for a URL of the service, which was checked before.
    pub(super) async fn get(
        &self,
        meta: &'static OperationMeta,
        url: Uri,
    ) -> Result<http::Response<Body>, Error> {
        let mut request = Request::new(Bytes::new());
        *request.method_mut() = Method::GET;
        *request.uri_mut() = url;
        let accept = (
            http::header::ACCEPT,
            HeaderValue::from_static("application/json"),
        );
        request.headers_mut().extend([accept]);
        Exchange::new(self, meta.id(), true, request).run().await
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Client({:?})", self.endpoint)
    }
}
