//! Running the commands as a maintainer does.

#![allow(dead_code, unreachable_pub, reason = "each test takes what it needs")]

pub mod repository;

use std::path::Path;
use std::process::{Command, Output};

pub fn xtask(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(arguments).output().unwrap()
}

/// Runs a command whose output nobody reads, as behind `| head` once that has seen enough.
pub fn unheard(arguments: &[&str]) -> Output {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(arguments).stdout(writer).output().unwrap()
}

/// The same for what goes to standard error.
pub fn untold(arguments: &[&str]) -> Output {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(arguments).stderr(writer).output().unwrap()
}

/// Has cargo build a generated crate where all tests do: what they depend on once, and nothing that is not read.
pub fn built_beside_others(cargo: &mut Command) {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("crates");
    cargo
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("RUSTFLAGS", "-D warnings");
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}
