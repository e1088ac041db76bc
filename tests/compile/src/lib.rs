//! Consumers of `keyvault-rest` without its client: the programs in `tests/pass` must compile, those in `tests/fail`
//! must not.
