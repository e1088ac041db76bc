//! Sends operations: a client on top of the state machines of this crate. Behind the feature `client`.
//!
//! [`Client`] adds the token, repeats what may be repeated, follows pages and long-running operations. It holds no
//! protocol of its own: [`Handshake`](crate::Handshake), [`Retry`](crate::Retry), [`Pager`](crate::Pager) and
//! [`Polling`](crate::Polling) decide, and are there for other clients as well.

#[cfg(feature = "azure-core")]
mod azure_core;
mod builder;
mod credential;
mod exchange;
mod options;
mod pages;
mod poller;
mod race;
mod reqwest;
mod sender;
mod settle;
mod steps;
mod tokens;
mod transport;

#[cfg(feature = "azure-core")]
pub use self::azure_core::AzureCredential;
pub use self::builder::ClientBuilder;
pub use self::credential::{AccessToken, Credential};
pub use self::options::CallOptions;
pub use self::pages::{Items, Pages};
pub use self::poller::{Poller, Progress};
pub use self::reqwest::ReqwestTransport;
pub use self::sender::Client;
pub use self::transport::{BoxFuture, Limits, Transport};
pub use crate::{AuthPolicy, ResumeToken, RetryPolicy, TokenRequest};
pub use bytes::Bytes;
