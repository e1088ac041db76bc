use crate::request::{self, Arguments};
use crate::{
    BuildError, Endpoint, Error, OperationMeta, Page, Response, WipedBody, Wire, response,
};

/// One operation of the API, with its arguments: makes the request and reads the response.
pub trait Operation {
    /// What the response holds: `Option` if the body may be empty, `()` if there is none.
    type Output: Wire;

    /// The facts of the operation.
    const META: &'static OperationMeta;

    /// Hands over the arguments.
    fn arguments(&self, to: &mut Arguments<'_>);

    /// Makes the request: without authorization, which is up to the caller.
    ///
    /// The body is the caller's: where it holds a secret ([`OperationMeta::sends_secrets`]),
    /// [`wiped_request`](Self::wiped_request) makes one that is neither left in memory nor shown.
    ///
    /// # Errors
    /// If an argument is missing, is not what the operation declares, or would lead to another path.
    fn request(&self, endpoint: &Endpoint) -> Result<http::Request<Vec<u8>>, BuildError> {
        let request = self.wiped_request(endpoint)?;
        Ok(request.map(WipedBody::into_vec))
    }

    /// Makes the request with a body that is wiped when it is dropped, and not shown by `Debug`.
    ///
    /// # Errors
    /// As for [`request`](Self::request).
    fn wiped_request(&self, endpoint: &Endpoint) -> Result<http::Request<WipedBody>, BuildError> {
        let mut arguments = Arguments::new(Self::META);
        self.arguments(&mut arguments);
        request::assemble(endpoint, arguments)
    }

    /// Reads the response to the request. The body is dropped: hand over a [`WipedBody`] where it can hold a secret
    /// ([`OperationMeta::receives_secrets`]), and it is wiped then.
    ///
    /// # Errors
    /// [`Error::Service`] if the status is none of success (2xx), [`Error::Decode`] if the body is not what the
    /// operation declares.
    fn response<B: AsRef<[u8]>>(
        &self,
        response: http::Response<B>,
    ) -> Result<Response<Self::Output>, Error> {
        let (head, body) = response.into_parts();
        response::read(Self::META, head, body.as_ref())
    }
}

/// An operation whose result comes in pages.
pub trait PagedOperation: Operation {
    /// What the pages hold.
    type Item;

    /// Takes a page apart: its items, and where the next page is.
    fn page(output: Self::Output) -> Page<Self::Item>;
}

/// An operation that goes on after its first response.
pub trait LongRunningOperation: Operation {
    /// What it has brought about in the end.
    type Final: Wire;
}

/// An operation whose effect shows some time after its response: a deletion, or its recovery.
pub trait SettlingOperation: Operation {
    /// The operation that finds what was brought about, once the effect has shown.
    type Probe: Operation;

    /// Asks for what this operation brings about.
    fn probe(&self) -> Self::Probe;
}
