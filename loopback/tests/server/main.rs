//! The server as its clients see it, over real connections.
#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, clippy::panic)]

mod answers;
mod client;
mod faults;
mod lifetime;
mod requests;
mod tls;
