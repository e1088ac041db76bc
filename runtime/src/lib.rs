//! What generated crates such as `keyvault-rest` build on: requests, responses, errors, wire formats and protocols of REST
//! APIs in the Azure dialect. It has no HTTP client, unless the feature `client` is on. What only Key Vault has is in
//! [`key_vault`].
//!
//! Depend on the generated crate, which has all of this as its module `runtime`, and the operations besides.
//!
//! An [`Operation`] makes an [`http::Request`] for an [`Endpoint`], and reads the [`http::Response`]. It is data: arguments,
//! and tables that say where they go.
//!
//! ```
//! use keyvault_runtime::http::Response;
//! use keyvault_runtime::{Arguments, Endpoint, Json, Operation, OperationMeta, Parameter, Service};
//!
//! /// In `keyvault-rest`, all of this is generated, and the output is a model.
//! struct GetSecret {
//!     name: String,
//! }
//!
//! const SECRETS: Service = Service {
//!     name: "secrets",
//!     api_version: "2025-07-01",
//!     scopes: &["https://vault.azure.net/.default"],
//! };
//!
//! impl Operation for GetSecret {
//!     type Output = Json;
//!     const META: &'static OperationMeta = &SECRETS
//!         .get("GetSecret", "/secrets/{secret-name}")
//!         .parameters(&[Parameter::path("secret-name")])
//!         .idempotent();
//!
//!     fn arguments(&self, to: &mut Arguments<'_>) {
//!         to.put("secret-name", &self.name);
//!     }
//! }
//!
//! let vault = Endpoint::new("https://myvault.vault.azure.net")?;
//! let get = GetSecret { name: "db-password".to_owned() };
//! let request = get.request(&vault)?;
//! assert_eq!(
//!     request.uri().to_string(),
//!     "https://myvault.vault.azure.net/secrets/db-password?api-version=2025-07-01"
//! );
//!
//! // Any HTTP client sends it. This is what came.
//! let secret = get.response(Response::new(r#"{"contentType": "password"}"#))?.into_body();
//! assert_eq!(secret["contentType"], "password");
//! # Ok::<(), keyvault_runtime::Error>(())
//! ```
//!
//! | for | there is |
//! |---|---|
//! | where requests go | [`Endpoint`], [`Cloud`] |
//! | the hosts and names of Key Vault | [`key_vault`] |
//! | what must not be shown | [`Secret`], [`WipedBody`], [`ShownUrl`] |
//! | what went wrong | [`Error`], and what the service said: [`ServiceError`] |
//! | the protocols, without a socket | [`Handshake`] for tokens, [`Retry`], [`Pager`], [`Polling`] for long-running operations, [`Until`] for effects that show later |
//! | carrying them out | `client`, behind the feature `client` |
//! | the other side, for tests | `server`, behind the feature `server` |
//! | what emitted code implements | [`Operation`], [`Model`], [`Enumeration`]; their values go over the wire through [`Wire`], whose errors never quote what was read |
//!
//! The [guide](https://github.com/keyvault-rest/keyvault-rest/blob/main/docs/guide.md) has a section and an example for each
//! thing to do.
// On docs.rs, each item tells the feature that it needs.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic))]

mod auth;
mod base64_engines;
mod bytes;
mod class;
#[cfg(feature = "client")]
pub mod client;
mod cloud;
mod endpoint;
mod enumeration;
mod error;
mod headers;
mod into_value;
mod json;
pub mod key_vault;
mod link;
mod long_running;
mod macros;
mod meta;
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
pub use cloud::Cloud;
pub use endpoint::Endpoint;
pub use enumeration::{ClosedEnum, Enumeration, OpenEnum, UnknownValue};
pub use error::{
    BuildError, BuildErrorKind, CredentialError, DecodeError, EndpointError, Error,
    LongRunningError, LongRunningErrorKind, ParseError, RefusedError, ServiceError, TransportError,
    TransportErrorKind,
};
pub use into_value::{IntoValue, Plain};
pub use json::{
    Entries, Filling, Items, List, Member, MemberKind, Members, Mode, Model, Object, Scalar,
    Showing, Slot, Stop, Table, View, Wire, blank, from_json, to_json,
};
pub use link::{LinkKind, ShownUrl};
pub use long_running::{LongRunning, Outcome, Pause, Poll};
pub use meta::{OperationMeta, Paging, Service};
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
        blank_enum, debug_enum, enum_as_str, enum_from_text, hash_enum, open_from_text, read_enum,
    };
    pub use crate::into_value::set;
    pub use crate::json::{copy, debug, equal};
    #[cfg(feature = "serde")]
    pub use crate::json::{deserialize, serialize};
    #[cfg(feature = "serde")]
    pub use serde_core;
}
