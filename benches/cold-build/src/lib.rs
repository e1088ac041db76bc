//! Empty: what is built, and timed, are the dependencies.
