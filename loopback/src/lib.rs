//! A real HTTP/1.1 server with TLS on 127.0.0.1, for tests, examples and benchmarks.
//!
//! It makes its own certificates, answers with whatever a handler says, and can misbehave on purpose: cut
//! an answer short, reset the connection, drip, hang, stream without end, or write any bytes at all.
//! Threads and blocking sockets only, so that it works beside any async runtime, and ends with the test.
//!
//! ```
//! use keyvault_loopback::{Answer, Delivery, Server};
//!
//! let server = Server::start(&["myvault.vault.azure.net"], |request| match request.path() {
//!     "/secrets" => Answer::new(200).json(&serde_json::json!({ "value": [] })),
//!     _ => Answer::new(200).body("half of it").deliver(Delivery::Truncate { after: 5 }),
//! })?;
//! println!("at {}, trust {}", server.address(), server.certificate());
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! A client connects to [`Server::address`] for every host name it is to believe in, and trusts
//! [`Server::certificate`].
#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic))]

mod answer;
mod certificates;
mod connection;
mod connections;
mod delivery;
mod head;
mod received;
mod request;
mod server;
mod wire;

pub use answer::Answer;
pub use delivery::Delivery;
pub use received::Received;
pub use server::{Builder, Server};
