//! The side of the service, for whichever host a request goes to.

use keyvault_rest::Error;
use keyvault_rest::management::server::Request as ManagementRequest;
use keyvault_rest::runtime::http::{Request, Response};
use keyvault_rest::server::{
    AnyOperation, AnyRequest, Request as VaultRequest, RequestError, Routes, ServedOperation,
};

/// A request to either kind of host.
pub(super) enum Parsed {
    Vault(VaultRequest),
    Management(ManagementRequest),
}

impl Parsed {
    pub(super) fn of(
        request: &Request<Vec<u8>>,
        is_management: bool,
    ) -> Result<Self, RequestError> {
        match is_management {
            true => ManagementRequest::parse(request).map(Self::Management),
            false => VaultRequest::parse(request).map(Self::Vault),
        }
    }

    pub(super) fn operation(&self) -> &dyn AnyOperation {
        match self {
            Self::Vault(request) => request.operation(),
            Self::Management(request) => request.operation(),
        }
    }
}

/// Reads the response of an operation and writes it again.
pub(super) type ReadAndReply = fn(Response<Vec<u8>>) -> Result<Response<Vec<u8>>, Error>;

/// What does so for the operation of an id.
pub(super) fn read_and_reply(id: &str, is_management: bool) -> Option<ReadAndReply> {
    let mut finder = Finder { id, found: None };
    match is_management {
        true => ManagementRequest::routes(&mut finder),
        false => VaultRequest::routes(&mut finder),
    }
    finder.found
}

struct Finder<'a> {
    id: &'a str,
    found: Option<ReadAndReply>,
}

impl<R> Routes<R> for Finder<'_> {
    fn operation<O: ServedOperation>(&mut self, _: fn(O) -> R) {
        if O::META.id() == self.id {
            self.found = Some(O::read_and_reply);
        }
    }

    fn service<S: AnyRequest>(&mut self, _: fn(S) -> R) {
        S::routes(self);
    }
}
