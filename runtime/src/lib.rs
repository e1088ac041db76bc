//! What the generated crate `keyvault-rest` builds on: requests, responses, errors and wire formats of the
//! Azure Key Vault REST API. It has no HTTP client, unless the feature `client` is on.
//!
//! An [`Operation`] makes an [`http::Request`] for an [`Endpoint`] and reads the [`http::Response`]; what happens in
//! between is up to the caller: [`Handshake`], [`Retry`], [`Pager`], [`Polling`] and [`Until`] say what the protocols
//! want, and `client` drives them over reqwest. `server` reads requests and writes responses, for tests. Models go over the wire through [`Wire`], whose errors never quote what
//! was read.
#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic))]

mod auth;
mod bytes;
mod class;
#[cfg(feature = "client")]
pub mod client;
mod cloud;
mod endpoint;
mod enumeration;
mod error;
mod headers;
mod json;
mod link;
mod long_running;
mod macros;
mod meta;
mod object_id;
mod operation;
mod page;
mod pager;
mod parameter;
mod polling;
mod request;
mod response;
mod retry;
mod secret;
#[cfg(feature = "server")]
pub mod server;
mod settling;
mod time_formats;
mod wiped;

pub use auth::{AuthPolicy, AuthStep, Challenge, Challenges, Handshake, TokenRequest};
pub use bytes::{Base64, Base64Url};
pub use cloud::{Cloud, HsmUrl, VaultUrl};
pub use endpoint::Endpoint;
pub use enumeration::{ClosedEnum, OpenEnum, UnknownValue};
pub use error::{
    BuildError, BuildErrorKind, CredentialError, DecodeError, EndpointError, Error,
    LongRunningError, LongRunningErrorKind, ObjectIdError, ParseError, RefusedError, ServiceError,
    TransportError, TransportErrorKind,
};
pub use json::{Member, Mode, Model, Scalar, Sink, Source, Wire, blank};
pub use link::{LinkKind, ShownUrl};
pub use long_running::{LongRunning, Outcome, Pause, Poll};
pub use meta::{OperationMeta, Paging, Service};
pub use object_id::{Collection, ObjectId};
pub use operation::{LongRunningOperation, Operation, PagedOperation, SettlingOperation};
pub use page::Page;
pub use pager::{PageRequest, Pager};
pub use parameter::{Parameter, Place};
pub use polling::{Answer, PollStep, Polling, ResumeToken, State};
pub use request::{Argument, Arguments};
pub use response::Response;
pub use retry::{Retry, RetryPolicy, Try, retry_after};
pub use secret::Secret;
pub use settling::{Settled, Until};
pub use time_formats::{Rfc3339, UnixTime};
pub use wiped::WipedBody;

pub use http::{self, Method};
/// Any JSON value, for the members whose shape the service leaves open.
pub use serde_json::Value as Json;
pub use time;

/// What the exported macros call. Not for use by hand: it may change in any release.
#[doc(hidden)]
pub mod __private {
    pub use crate::enumeration::{
        Enumeration, FromUnknown, blank_enum, closed_from_text, enum_as_str, open_from_text,
        read_enum,
    };
    pub use crate::json::{deserialize, read_embedded, read_model, serialize, write_model};
    pub use serde;
}
