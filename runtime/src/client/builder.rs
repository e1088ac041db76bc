use super::request_ids::RequestIds;
use super::sender::Shared;
use super::tokens::Tokens;
use super::{CallOptions, Client, Credential, ReqwestTransport, Transport};
use crate::{AuthPolicy, Challenges, Cloud, Endpoint, Error, TokenRequest};
use http::HeaderValue;
use std::net::SocketAddr;
use std::sync::Arc;

/// Makes a [`Client`].
#[must_use = "build makes the client"]
pub struct ClientBuilder {
    endpoint: Endpoint,
    credential: Arc<dyn Credential>,
    auth: Option<AuthPolicy>,
    options: CallOptions,
    transport: Option<Arc<dyn Transport>>,
    roots: Vec<Vec<u8>>,
    addresses: Vec<(String, SocketAddr)>,
    application_id: Option<String>,
    max_bytes: u64,
}

/// The largest answers of the service are lists of the management plane, far below this.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

impl ClientBuilder {
    pub(super) fn new(endpoint: Endpoint, credential: Arc<dyn Credential>) -> Self {
        Self {
            endpoint,
            credential,
            auth: None,
            options: CallOptions::default(),
            transport: None,
            roots: Vec::new(),
            addresses: Vec::new(),
            application_id: None,
            max_bytes: MAX_BYTES,
        }
    }

    /// How the client comes to know what token is wanted. By default Azure Resource Manager, which does not say it, gets
    /// a token of its own scope, and anything else is asked.
    pub fn auth(mut self, policy: AuthPolicy) -> Self {
        self.auth = Some(policy);
        self
    }

    /// The options of all calls, unless [`Client::with`] sets others.
    pub fn options(mut self, options: CallOptions) -> Self {
        self.options = options;
        self
    }

    /// Sends over this instead of reqwest with rustls.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Trusts a certificate authority besides those of the platform: one or more certificates in PEM. Of no effect with a
    /// transport of your own.
    pub fn root_certificate(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.roots.push(pem.into());
        self
    }

    /// Connects to this address for that host, whatever DNS says: for private endpoints without a DNS zone, and for tests.
    /// The port is that of the address, unless the endpoint names one. The certificate must still be that of the host.
    /// The client then uses no proxy, which would ask DNS. Of no effect with a transport of your own.
    pub fn resolve(mut self, host: impl Into<String>, address: SocketAddr) -> Self {
        self.addresses.push((host.into(), address));
        self
    }

    /// A name for the application, up to 24 characters, which goes before ours in the user agent.
    pub fn application_id(mut self, id: impl Into<String>) -> Self {
        self.application_id = Some(id.into());
        self
    }

    /// The longest response to take, in bytes; 16 MiB if it is not set.
    pub fn max_response_bytes(mut self, bytes: u64) -> Self {
        self.max_bytes = bytes;
        self
    }

    /// Makes the client. Nothing is sent yet.
    ///
    /// # Errors
    /// [`Error::Options`] if the application id cannot be sent, [`Error::Transport`] if a certificate cannot be read or the
    /// platform has none to trust.
    pub fn build(self) -> Result<Client, Error> {
        let transport = match self.transport {
            Some(transport) => transport,
            None => Arc::new(ReqwestTransport::new(&self.roots, &self.addresses)?),
        };
        let shared = Shared {
            transport,
            tokens: Tokens::new(self.credential),
            challenges: Challenges::default(),
            auth: self.auth.unwrap_or_else(|| usual(&self.endpoint)),
            user_agent: user_agent(self.application_id.as_deref())?,
            request_ids: RequestIds::default(),
            max_bytes: self.max_bytes,
        };
        let (endpoint, options) = (Arc::new(self.endpoint), Arc::new(self.options));
        Ok(Client::of(Arc::new(shared), endpoint, options))
    }
}

fn usual(endpoint: &Endpoint) -> AuthPolicy {
    let mut clouds = Cloud::ALL.into_iter();
    match clouds.find(|cloud| cloud.management_host() == endpoint.host()) {
        Some(cloud) => AuthPolicy::stated(TokenRequest::new(cloud.management_scope())),
        None => AuthPolicy::challenge(),
    }
}

fn user_agent(application_id: Option<&str>) -> Result<HeaderValue, Error> {
    let own = concat!("keyvault-rest/", env!("CARGO_PKG_VERSION"));
    let Some(id) = application_id else {
        return Ok(HeaderValue::from_static(own));
    };
    let is_fit = (1..=24).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic());
    let value = is_fit
        .then(|| HeaderValue::try_from(format!("{id} {own}")).ok())
        .flatten();
    value.ok_or(Error::Options(
        "the application id has other than 1 to 24 visible ASCII characters",
    ))
}
