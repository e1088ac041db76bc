//! The maintainers' commands: `cargo xtask --help`.
#![forbid(unsafe_code)]
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, reason = "a test reports by panicking")
)]

mod answer;
mod audit;
mod bump;
mod changes;
mod codegen;
mod commit;
mod conformance;
mod copied;
mod examples;
mod failure;
mod flows;
mod import;
mod manifest;
mod operations;
mod output;
mod program;
mod report;
mod surface;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The maintainers' commands of keyvault-rest
#[derive(Parser)]
#[command(bin_name = "cargo xtask", disable_help_subcommand = true, after_help = MANNERS)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const MANNERS: &str = "\
Each command tells more with --help: what it reads and writes, with an example.

Results go to standard output, all else to standard error: what is wrong, and what is going on.
--quiet keeps to what is wrong, and --json gives one JSON document in place of text. Colours are for
terminals, and NO_COLOR turns them off.

Exit status of each: 0 when all is well, 1 when something is wrong, 2 when the arguments are.

Examples:
  cargo xtask codegen              bring generated/ up to date with spec/
  cargo xtask changes              what that means for users
  cargo xtask bump --help          a new version of upstream";

#[derive(Subcommand)]
enum Command {
    Audit(audit::Arguments),
    Bump(bump::Arguments),
    Changes(changes::Arguments),
    Codegen(codegen::Arguments),
    Conformance(conformance::Arguments),
    Copied(copied::Arguments),
    Examples(examples::Arguments),
    #[command(hide = true)]
    Finish(commit::Arguments),
    Flows(flows::Arguments),
    Import(import::Arguments),
    Operations(operations::Arguments),
    Surface(surface::Arguments),
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Audit(arguments) => audit::run(&arguments),
        Command::Bump(arguments) => bump::run(&arguments),
        Command::Changes(arguments) => changes::run(&arguments),
        Command::Codegen(arguments) => codegen::run(&arguments),
        Command::Conformance(arguments) => conformance::run(&arguments),
        Command::Copied(arguments) => copied::run(&arguments),
        Command::Examples(arguments) => examples::run(&arguments),
        Command::Finish(arguments) => commit::run(&arguments),
        Command::Flows(arguments) => flows::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::Operations(arguments) => operations::run(&arguments),
        Command::Surface(arguments) => surface::run(&arguments),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Arguments;

    #[test]
    fn the_help_of_every_command_tells_its_exit_status() {
        let command = Arguments::command();
        for command in command.get_subcommands().filter(|one| !one.is_hide_set()) {
            let help = command.get_long_about().unwrap().to_string();
            assert!(
                help.contains("Exit status: 0 when"),
                "{}",
                command.get_name()
            );
        }
    }
}
