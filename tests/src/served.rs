//! The side of the service, for whichever host a request goes to.

use keyvault_rest::management::server::Request as ManagementRequest;
use keyvault_rest::runtime::http::{Request, Response};
use keyvault_rest::server::{
    AnyOperation, AnyRequest, Request as VaultRequest, RequestError, Routes, ServedOperation,
};
use keyvault_rest::{Error, OperationMeta};

/// The kinds of hosts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Host {
    Vault,
    Management,
}

impl Host {
    pub(crate) fn of_service(name: &str) -> Self {
        match name {
            "management" => Self::Management,
            _ => Self::Vault,
        }
    }

    pub(crate) fn parse(self, request: &Request<Vec<u8>>) -> Result<Parsed, RequestError> {
        match self {
            Self::Vault => VaultRequest::parse(request).map(Parsed::Vault),
            Self::Management => ManagementRequest::parse(request).map(Parsed::Management),
        }
    }

    /// The operation of an id.
    pub(crate) fn served(self, id: &str) -> Option<Served> {
        let mut finder = Finder { id, found: None };
        match self {
            Self::Vault => VaultRequest::routes(&mut finder),
            Self::Management => ManagementRequest::routes(&mut finder),
        }
        finder.found
    }
}

/// A request to either kind of host.
pub(crate) enum Parsed {
    Vault(VaultRequest),
    Management(ManagementRequest),
}

impl Parsed {
    pub(crate) fn operation(&self) -> &dyn AnyOperation {
        match self {
            Self::Vault(request) => request.operation(),
            Self::Management(request) => request.operation(),
        }
    }
}

type ReadAndReply = fn(Response<Vec<u8>>) -> Result<Response<Vec<u8>>, Error>;

/// An operation that is served.
#[derive(Clone, Copy)]
pub(crate) struct Served {
    meta: &'static OperationMeta,
    /// Reads a response and writes it again.
    pub(crate) read_and_reply: ReadAndReply,
}

impl Served {
    /// Whether a request that was found to be one of another operation may be one of this one as well: nothing on the wire
    /// tells the two apart.
    pub(crate) fn shares_route_with(self, other: &OperationMeta) -> bool {
        let route = |meta: &OperationMeta| (meta.method().clone(), meta.path());
        route(self.meta) == route(other)
    }
}

struct Finder<'a> {
    id: &'a str,
    found: Option<Served>,
}

impl<R> Routes<R> for Finder<'_> {
    fn operation<O: ServedOperation>(&mut self, _: fn(O) -> R) {
        if O::META.id() == self.id {
            self.found = Some(Served {
                meta: O::META,
                read_and_reply: O::read_and_reply,
            });
        }
    }

    fn service<S: AnyRequest>(&mut self, _: fn(S) -> R) {
        S::routes(self);
    }
}
