//! Holds what [`compare`](keyvault_codegen::changes::compare) says of two versions against the compiler.
//!
//! - [`judge()`] compiles a use of every item of the old version against the new one: what breaks must be among the
//!   breaking changes, and each breaking change must break something.
//! - `tests/pairs/` holds a pair of descriptions for each kind of change, with a consumer written by hand.
//! - `src/bin/verdict.rs` is the command for whole versions.
#![forbid(unsafe_code)]

mod at;
mod explain;
pub mod judge;
mod rustc;
mod swapped;
mod uses;

pub use judge::{Judgement, judge};
pub use rustc::{Bindings, CompileError, Rustc};
