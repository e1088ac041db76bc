use super::incoming::Incoming;
use super::router::Router;
use super::{Given, RequestError, ServedOperation, reply};
use crate::{BuildError, Endpoint, Error, OperationMeta};
use http::{Request, Response};
use std::any::TypeId;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// A request of any of several operations. Emitted enums are such: one for each service, and one for all services of a
/// host.
pub trait AnyRequest: Sized + 'static {
    /// The operations.
    fn operations() -> Vec<&'static OperationMeta>;

    /// Reads the request of one of them.
    ///
    /// # Errors
    /// If it is not what the operation declares.
    fn read(from: &Given<'_>) -> Result<Self, RequestError>;

    /// The request, whichever operation it is one of.
    fn operation(&self) -> &dyn AnyOperation;

    /// Finds the operation of a request, and reads it.
    ///
    /// # Errors
    /// If it is a request of none of the operations, or is not what its operation declares.
    fn parse<B: AsRef<[u8]>>(request: &Request<B>) -> Result<Self, RequestError> {
        let incoming = Incoming::new(request)?;
        let found = router::<Self>().find(&incoming)?;
        Self::read(&Given::new(&incoming, found))
    }

    /// The facts of the operation.
    fn meta(&self) -> &'static OperationMeta {
        self.operation().meta()
    }

    /// Makes the request again.
    ///
    /// # Errors
    /// As [`Operation::request`](crate::Operation::request).
    fn request(&self, endpoint: &Endpoint) -> Result<Request<Vec<u8>>, BuildError> {
        self.operation().build(endpoint)
    }
}

/// The router of a type, made once in the life of the process. There are as many as there are types.
fn router<R: AnyRequest>() -> &'static Router {
    static MADE: Mutex<BTreeMap<TypeId, &'static Router>> = Mutex::new(BTreeMap::new());
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let make = || &*Box::leak(Box::new(Router::new(&R::operations())));
    made.entry(TypeId::of::<R>()).or_insert_with(make)
}

/// A request of an operation that is not known by type.
pub trait AnyOperation {
    /// The facts of the operation.
    fn meta(&self) -> &'static OperationMeta;

    /// Makes the request.
    ///
    /// # Errors
    /// As [`Operation::request`](crate::Operation::request).
    fn build(&self, endpoint: &Endpoint) -> Result<Request<Vec<u8>>, BuildError>;

    /// Reads a response of the service and writes it again, as something between service and caller does. Status and
    /// headers stay.
    ///
    /// # Errors
    /// As [`Operation::response`](crate::Operation::response).
    fn pass_on(&self, response: Response<Vec<u8>>) -> Result<Response<Vec<u8>>, Error>;
}

impl<O: ServedOperation> AnyOperation for O {
    fn meta(&self) -> &'static OperationMeta {
        O::META
    }

    fn build(&self, endpoint: &Endpoint) -> Result<Request<Vec<u8>>, BuildError> {
        self.request(endpoint)
    }

    fn pass_on(&self, response: Response<Vec<u8>>) -> Result<Response<Vec<u8>>, Error> {
        let (status, headers, output) = self.response(response)?.into_parts();
        let mut response = reply::encode(O::META, status, &output)?;
        *response.headers_mut() = headers;
        Ok(response)
    }
}

/// An operation, and what reads its request into a type for several.
pub struct Route<R> {
    pub(super) operation: &'static OperationMeta,
    pub(super) read: fn(&Given<'_>) -> Result<R, RequestError>,
}

impl<R> Route<R> {
    /// The route of an operation.
    pub const fn of<O: ServedOperation>(read: fn(&Given<'_>) -> Result<R, RequestError>) -> Self {
        Self {
            operation: O::META,
            read,
        }
    }

    /// The facts of the operation.
    #[must_use]
    pub const fn operation(&self) -> &'static OperationMeta {
        self.operation
    }
}
