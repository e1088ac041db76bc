use super::incoming::Incoming;
use super::router::Router;
use super::{Given, RequestError, RequestErrorKind, ServedOperation};
use crate::{BuildError, Endpoint, Error, OperationMeta};
use http::{Request, Response};
use std::any::TypeId;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// A request of any of several operations. Emitted enums are such: one for each service, and one for all services of a
/// host.
pub trait AnyRequest: Sized + 'static {
    /// Names the operations.
    fn routes(to: &mut impl Routes<Self>);

    /// The request, whichever operation it is one of.
    fn operation(&self) -> &dyn AnyOperation;

    /// Finds the operation of a request, and reads it.
    ///
    /// # Errors
    /// If it is a request of none of the operations, or is not what its operation declares.
    fn parse<B: AsRef<[u8]>>(request: &Request<B>) -> Result<Self, RequestError> {
        let incoming = Incoming::new(request)?;
        let found = router::<Self>().find(&incoming)?;
        read(&Given::new(&incoming, found))
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

/// Where an [`AnyRequest`] names its operations.
pub trait Routes<R> {
    /// An operation, and what makes its request one of all.
    fn operation<O: ServedOperation>(&mut self, wrap: fn(O) -> R);

    /// The operations of a service, and what makes a request to it one of all.
    fn service<S: AnyRequest>(&mut self, wrap: fn(S) -> R);
}

/// Collects the operations.
struct Operations(Vec<&'static OperationMeta>);

impl<R> Routes<R> for Operations {
    fn operation<O: ServedOperation>(&mut self, _: fn(O) -> R) {
        self.0.push(O::META);
    }

    fn service<S: AnyRequest>(&mut self, _: fn(S) -> R) {
        S::routes(self);
    }
}

/// Reads the request of the one operation that it is given for.
struct Reader<'a, R> {
    from: &'a Given<'a>,
    read: Option<Result<R, RequestError>>,
}

impl<R> Routes<R> for Reader<'_, R> {
    fn operation<O: ServedOperation>(&mut self, wrap: fn(O) -> R) {
        // Not by their addresses: a constant may have several.
        let name = |operation: &OperationMeta| (operation.service().name, operation.id());
        if self.read.is_none() && name(O::META) == name(self.from.operation()) {
            self.read = Some(self.from.read().map(wrap));
        }
    }

    fn service<S: AnyRequest>(&mut self, wrap: fn(S) -> R) {
        if self.read.is_none() {
            self.read = try_read(self.from).map(|read| read.map(wrap));
        }
    }
}

fn try_read<R: AnyRequest>(from: &Given<'_>) -> Option<Result<R, RequestError>> {
    let mut reader = Reader { from, read: None };
    R::routes(&mut reader);
    reader.read
}

fn read<R: AnyRequest>(from: &Given<'_>) -> Result<R, RequestError> {
    try_read(from).unwrap_or_else(|| Err(RequestErrorKind::NoRoute.into()))
}

/// The router of a type, made once in the life of the process. There are as many as there are types.
fn router<R: AnyRequest>() -> &'static Router {
    static MADE: Mutex<BTreeMap<TypeId, &'static Router>> = Mutex::new(BTreeMap::new());
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let make = || {
        let mut operations = Operations(Vec::new());
        R::routes(&mut operations);
        &*Box::leak(Box::new(Router::new(&operations.0)))
    };
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

    /// Reads a response of the service and makes a reply of it, as something between service and caller does. See
    /// [`ServedOperation::read_and_reply`].
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
        O::read_and_reply(response)
    }
}
