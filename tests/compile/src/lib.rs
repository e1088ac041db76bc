//! Consumers of `keyvault-rest` without its client: the programs in `tests/pass` must compile, those in `tests/fail`
//! must not.
#![forbid(unsafe_code)]

// For those programs alone.
use keyvault_rest as _;
use serde as _;
use serde_json as _;
