//! Downstream crates against the bindings: some must compile, some must not.
//!
//! The expectations of the failing ones hold the words of the compiler that rust-toolchain.toml
//! pins. `TRYBUILD=overwrite cargo test -p keyvault-compile-tests` renews them.
#![forbid(unsafe_code)]

#[test]
fn consumers() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/pass/*.rs");
    cases.compile_fail("tests/fail/*.rs");
}
