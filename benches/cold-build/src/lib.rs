//! Empty: what is built, and timed, are the dependencies.
#![forbid(unsafe_code)]
