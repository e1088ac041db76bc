//! The client against real sockets: a TLS server on the loopback address that behaves, or does not.
//!
//! Every error that a test meets goes through [`support::failed`], which also sees to it that no secret is shown.
#![forbid(unsafe_code)]
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test reports by panicking"
)]

mod answers;
mod auth;
mod azure;
mod connections;
mod hostile;
mod logs;
mod long_running;
mod options;
mod pages;
mod retries;
mod settling;
mod support;
mod tokens;
mod transport;
