//! Sends operations: a client on top of the state machines of this crate. Behind the feature `client`.
//!
//! [`Client`] adds the token, repeats what may be repeated, follows pages and long-running operations. It holds no
//! protocol of its own: [`Handshake`](crate::Handshake), [`Retry`](crate::Retry), [`Pager`](crate::Pager) and
//! [`Polling`](crate::Polling) decide, and are there for other clients as well.
//!
//! ```no_run
//! # async fn show<O: keyvault_runtime::Operation<Output = String>>(operation: O) -> Result<(), keyvault_runtime::Error> {
//! use keyvault_runtime::client::{AccessToken, CallOptions, Client};
//! use keyvault_runtime::Cloud;
//! use keyvault_runtime::key_vault::VaultUrl;
//! use std::time::{Duration, SystemTime};
//!
//! let an_hour = Duration::from_secs(3600);
//! let credential = AccessToken::new("a token of the Azure CLI", SystemTime::now() + an_hour);
//! let vault = VaultUrl::of("myvault", Cloud::Public)?;
//! let client = Client::builder(vault, credential).application_id("payments").build()?;
//!
//! // With options of its own, which are those of this call alone.
//! let options = CallOptions::new().timeout(Duration::from_secs(10));
//! match client.with(options).send(operation).await {
//!     Ok(response) => println!("{}", response.body()),
//!     Err(error) if error.is_not_found() => println!("there is nothing of that name"),
//!     Err(error) => return Err(error),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! | for | there is |
//! |---|---|
//! | one call | [`Client::send`], and [`Client::send_request`] for what no operation offers |
//! | a list | [`Client::items`] and [`Client::pages`] |
//! | a long-running operation | [`Client::poller`], and [`Client::resume`] to go on elsewhere |
//! | an effect that shows later | [`Client::send_and_settle`], [`Client::send_once_free`] and the waits beside them |
//! | other times, tries, headers | [`Client::with`] and [`CallOptions`] |
//! | tokens | [`Credential`]: a given [`AccessToken`], one of your own, or, with the feature `azure-core`, any of `azure_core` |
//! | another HTTP client or runtime | [`Transport`] |
//!
//! # What the client does by itself
//!
//! - It asks an unknown host what token it wants, with a request that has neither token nor body, and believes the answer
//!   only if the host asks for a token of its own resource. See [`AuthPolicy`].
//! - It sends again after 408, 429 and errors of the server, and, where nothing was answered, what is harmless to send
//!   twice. See [`RetryPolicy`].
//! - It follows links to the origin of its endpoint alone, and no redirect.
//! - It makes a span `call` of target `keyvault_rest` of each call, without tokens, bodies and queries, and an event of
//!   each try that is repeated.
//!
//! The futures of the usual transport need tokio, with its drivers for IO and time.
//!
//! # How it is tested against
//!
//! A [`Transport`] can be a fake in memory: the feature `server` reads the requests that it gets, and writes the replies.

#[cfg(feature = "azure-core")]
mod azure_core;
mod builder;
mod credential;
mod exchange;
mod options;
mod pages;
mod poller;
mod race;
mod request_ids;
mod reqwest;
mod sender;
mod settle;
mod steps;
mod tokens;
mod transport;
#[cfg(test)]
mod wiping;

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
