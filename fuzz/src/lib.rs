//! The bodies of the targets are those that `cargo test` replays the corpus through.
#![forbid(unsafe_code)]

#[path = "../../codegen/tests/targets/mod.rs"]
mod targets;

pub use targets::*;
