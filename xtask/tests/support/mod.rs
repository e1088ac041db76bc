//! Running the commands as a maintainer does.

#![allow(dead_code, unreachable_pub, reason = "each test takes what it needs")]

pub mod repository;

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

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}
