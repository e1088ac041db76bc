//! Consumers of `keyvault-rest`: what downstream crates write, and what it sends and reads.
//!
//! - `compile/`: programs that must compile, and programs that must not; a crate of their own.
//! - `tests/wire/`: exact requests out, exact models in.
//! - `tests/client/`: the client against real sockets, and services that fail or lie.
//! - `tests/server/`: both directions of every operation, and a fake of the service.
//! - `tests/routes/`: hostile values for every parameter, which arrive as they are or are refused.
//! - `tests/drift.rs`: `generated/` is what `spec/` says.
//! - [`examples`]: upstream's examples against the bindings, with `src/bin/check-examples.rs` as command.
//! - [`conformance`]: recorded exchanges against both sides, with `src/bin/check-conformance.rs` as command.
//! - [`flows`]: recorded runs against the client, with `src/bin/replay-flows.rs` as command.
//! - `tests/links.rs`: what the Markdown files link to is there, and all of `docs/` can be reached.
//! - The code of the READMEs and of the guide, below, compiles.
#![forbid(unsafe_code)]

#[rustfmt::skip]
pub mod calls;
mod compare;
pub mod conformance;
pub mod described;
pub mod examples;
pub mod flows;
pub mod given;
mod percent;
pub mod program;
mod served;

// Emitted code does not know what the crate is called.
use keyvault_rest as rest;

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

#[cfg(doctest)]
#[doc = include_str!("../../generated/README.md")]
pub struct PackagedReadme;

#[cfg(doctest)]
#[doc = include_str!("../../codegen/README.md")]
pub struct ReadmeOfTheGenerator;

#[cfg(doctest)]
#[doc = include_str!("../../docs/guide.md")]
pub struct Guide;
