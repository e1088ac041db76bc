//! Where a request arrives: the operation that the service's side finds, and what it is given.

use keyvault_rest::management::server::Request as ManagementRequest;
use keyvault_rest::runtime::Arguments;
use keyvault_rest::runtime::http::Request;
use keyvault_rest::server::{
    AnyOperation, AnyRequest, Given, Request as VaultRequest, RequestError, Routes, ServedOperation,
};
use keyvault_rest::{Operation, OperationMeta};
use std::collections::BTreeMap;
use std::marker::PhantomData;

/// Texts of parameters by their names on the wire. One that is left out has none.
pub type Texts = BTreeMap<&'static str, String>;

/// An operation, read as a service would, and the texts of its parameters.
struct Seen<O> {
    operation: O,
    texts: Texts,
}

impl<O: Operation> Operation for Seen<O> {
    type Output = O::Output;
    const META: &'static OperationMeta = O::META;

    fn arguments(&self, to: &mut Arguments<'_>) {
        self.operation.arguments(to);
    }
}

impl<O: ServedOperation> ServedOperation for Seen<O> {
    type Inputs<'a> = O::Inputs<'a>;

    fn given(&self) -> Self::Inputs<'_> {
        self.operation.given()
    }

    fn from_arguments(from: &Given<'_>) -> Result<Self, RequestError> {
        let mut texts = Texts::new();
        for parameter in O::META.declared_parameters() {
            let text: Option<String> = from.take(parameter.name())?;
            texts.extend(text.map(|text| (parameter.name(), text)));
        }
        let operation = O::from_arguments(from)?;
        Ok(Self { operation, texts })
    }
}

/// A request that has arrived at one of the operations of `R`.
pub struct Reached<R> {
    pub operation: Box<dyn AnyOperation>,
    pub texts: Texts,
    host: PhantomData<fn() -> R>,
}

impl<R> Reached<R> {
    fn new<O: ServedOperation>(seen: Seen<O>) -> Self {
        Self {
            texts: seen.texts.clone(),
            operation: Box::new(seen),
            host: PhantomData,
        }
    }

    /// The same, whatever the host.
    fn anywhere(self) -> Reached<()> {
        Reached {
            operation: self.operation,
            texts: self.texts,
            host: PhantomData,
        }
    }
}

impl<R: AnyRequest> AnyRequest for Reached<R> {
    fn routes(to: &mut impl Routes<Self>) {
        R::routes(&mut Instead {
            to,
            host: PhantomData,
        });
    }

    fn operation(&self) -> &dyn AnyOperation {
        &*self.operation
    }
}

/// Names the operations of a host to somebody who wants them as [`Reached`].
struct Instead<'a, T, R> {
    to: &'a mut T,
    host: PhantomData<fn() -> R>,
}

impl<T: Routes<Reached<R>>, R: AnyRequest, S> Routes<S> for Instead<'_, T, R> {
    fn operation<O: ServedOperation>(&mut self, _: fn(O) -> S) {
        self.to.operation::<Seen<O>>(Reached::new);
    }

    fn service<Q: AnyRequest>(&mut self, _: fn(Q) -> S) {
        Q::routes(self);
    }
}

/// Where a request arrives, among all operations of the kind of host that has this service.
pub fn reach(service: &str, request: &Request<Vec<u8>>) -> Result<Reached<()>, RequestError> {
    match service {
        "management" => Reached::<ManagementRequest>::parse(request).map(Reached::anywhere),
        _ => Reached::<VaultRequest>::parse(request).map(Reached::anywhere),
    }
}

/// Collects what all services serve.
struct All(Vec<&'static OperationMeta>);

impl<R> Routes<R> for All {
    fn operation<O: ServedOperation>(&mut self, _: fn(O) -> R) {
        self.0.push(O::META);
    }

    fn service<S: AnyRequest>(&mut self, _: fn(S) -> R) {
        S::routes(self);
    }
}

/// All operations of the crate.
pub fn operations() -> Vec<&'static OperationMeta> {
    let mut all = All(Vec::new());
    VaultRequest::routes(&mut all);
    ManagementRequest::routes(&mut all);
    all.0
}
