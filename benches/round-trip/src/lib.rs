//! What both benchmarks share: a server in a process of its own, and the clients.
#![forbid(unsafe_code)]

mod clients;
mod host;
mod server;

pub use clients::{Peer, PeerKind};
pub use server::{Server, serve_if_asked_to};

/// Whatever ends a benchmark early.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The threads of the async runtime, whatever the machine has.
const WORKERS: usize = 2;

/// The async runtime that all clients run on.
///
/// # Errors
/// If there are no threads to be had.
pub fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    Ok(builder.worker_threads(WORKERS).enable_all().build()?)
}
