use super::incoming::Incoming;
use super::router::Router;
use super::{Given, RequestError, reply};
use crate::{BuildError, Error, Operation, response};
use http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use http::{Request, Response, StatusCode};

/// An operation from the side of the service: reads the request and makes the response.
pub trait ServedOperation: Operation + Sized + 'static {
    /// The arguments: one as it is, several as a tuple, first those that are required, then those that are not. The body is
    /// the last one.
    ///
    /// It grows when the description gets another argument, and one argument becomes a tuple then. Where that may be left
    /// out, the next release is a minor one all the same: this type is not held to semantic versioning.
    type Inputs<'a>;

    /// What the caller gave. Take it apart with care, for a minor release may add to it, as [`Inputs`](Self::Inputs) says.
    /// Whole requests can be compared in any release.
    fn given(&self) -> Self::Inputs<'_>;

    /// Takes the arguments back.
    ///
    /// # Errors
    /// If one is missing, or is not what the operation declares.
    fn from_arguments(from: &Given<'_>) -> Result<Self, RequestError>;

    /// Reads a request of this very operation.
    ///
    /// # Errors
    /// If it is one of another operation, or not what this one declares.
    fn parse<B: AsRef<[u8]>>(request: &Request<B>) -> Result<Self, RequestError> {
        let incoming = Incoming::new(request)?;
        let found = Router::new(&[Self::META]).find(&incoming)?;
        Given::new(&incoming, found).read()
    }

    /// The response that holds this output, with the declared status that goes with it: the first one; and for an output
    /// without a body 204 or 202, if the operation declares it.
    ///
    /// # Errors
    /// If the output cannot be written as JSON.
    fn reply(&self, output: &Self::Output) -> Result<Response<Vec<u8>>, BuildError> {
        let status = reply::status(Self::META, reply::has_body(output));
        self.reply_with(status, output)
    }

    /// The response that holds this output, with this status.
    ///
    /// # Errors
    /// If the output cannot be written as JSON.
    fn reply_with(
        &self,
        status: StatusCode,
        output: &Self::Output,
    ) -> Result<Response<Vec<u8>>, BuildError> {
        reply::encode(Self::META, status, output)
    }

    /// Reads a response of the service and makes a reply of what was read: all that a caller could see of it. Status and
    /// headers stay, but for those that tell the length of the body: it may be another one.
    ///
    /// # Errors
    /// As [`Operation::response`].
    fn read_and_reply<B: AsRef<[u8]>>(response: Response<B>) -> Result<Response<Vec<u8>>, Error> {
        let (head, body) = response.into_parts();
        let read = response::read::<Self::Output>(Self::META, head, body.as_ref())?;
        let (status, headers, output) = read.into_parts();
        let mut reply = reply::encode(Self::META, status, &output)?;
        *reply.headers_mut() = headers;
        reply.headers_mut().remove(CONTENT_LENGTH);
        reply.headers_mut().remove(TRANSFER_ENCODING);
        Ok(reply)
    }
}
