//! The other side of every operation: reads requests and writes responses, as the service does. Behind the feature
//! `server`.
//!
//! Made for tests of code that calls the service: a fake of it is a `match` over typed requests, and what it answers are
//! the same models that the client reads.
//!
//! ```
//! use keyvault_runtime::http::header::AUTHORIZATION;
//! use keyvault_runtime::http::{Request, Response};
//! use keyvault_runtime::server::{AnyRequest, challenge};
//!
//! /// What every fake does. `R` is `keyvault_rest::secrets::server::Request`, and `reply` a `match` over it.
//! fn answer<R: AnyRequest>(
//!     request: &Request<Vec<u8>>,
//!     reply: impl Fn(R) -> Response<Vec<u8>>,
//! ) -> Response<Vec<u8>> {
//!     if !request.headers().contains_key(AUTHORIZATION) {
//!         let tenant = "https://login.microsoftonline.com/my-tenant";
//!         return challenge(tenant, "https://vault.azure.net").unwrap_or_default();
//!     }
//!     match R::parse(request) {
//!         Ok(request) => reply(request),
//!         Err(error) => error.reply().response(),
//!     }
//! }
//! ```
//!
//! | for | there is |
//! |---|---|
//! | a request of any operation | [`AnyRequest::parse`], which emitted enums have: one for each service, one for all of a host |
//! | a request of one operation | [`ServedOperation::parse`] |
//! | the answer to it | [`ServedOperation::reply`], and [`ServedOperation::reply_with`] for another status |
//! | an error | [`ErrorReply`], and [`RequestError::reply`] for a request that cannot be read |
//! | the answer to a request without token | [`challenge`] |
//! | the version that the caller speaks | [`api_version`] |
//!
//! # How a request finds its operation
//!
//! - By method and path, segment by segment. Literals are compared without regard to ASCII case, and go before parameters,
//!   the leftmost one first: `/certificates/contacts` is never a certificate of that name.
//! - A segment that may be left out may also be there and empty, as some clients write it: `/keys/name/`.
//! - A parameter whose slashes stay, such as a scope, takes all segments between those in front of it and those behind it.
//! - Of operations with the same method and path, that one is taken whose constants and required parameters the query has;
//!   where the wire does not tell them apart, the one that is described first.
//! - The work grows with the length of the path alone: there is no way back in it.
//!
//! Each value is then decoded exactly, checked as it is before it is sent, and read into the type of its argument. What
//! is not declared is passed over, as the service does.
//!
//! The example `fake_vault` of `keyvault-rest` is a vault that keeps secrets and soft-deletes them.

mod any_request;
mod error;
mod error_reply;
mod from_argument;
mod given;
mod incoming;
mod reply;
mod router;
mod served;
#[cfg(test)]
mod tests;

pub use any_request::{AnyOperation, AnyRequest, Routes};
pub use error::{RequestError, RequestErrorKind};
pub use error_reply::{ErrorReply, challenge};
pub use from_argument::FromArgument;
pub use given::Given;
pub use incoming::api_version;
pub use served::ServedOperation;
