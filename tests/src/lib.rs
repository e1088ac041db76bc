//! Consumers of `keyvault-rest`: what downstream crates write, and what it sends and reads.
//!
//! - `tests/compile.rs`: programs that must compile, and programs that must not.
//! - `tests/wire/`: exact requests out, exact models in.
//! - `tests/drift.rs`: `generated/` is what `spec/` says.
//! - The code of the README, below, compiles.

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
