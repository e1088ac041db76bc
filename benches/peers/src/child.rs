//! What a program spends.

use crate::Failure;
use std::fs::{self, File};
use std::path::Path;
use std::process::Command;
use wait4::Wait4;

/// How much of what a program said is shown when it fails.
const SHOWN: usize = 3;

/// Nothing that the caller set may change what is built. Incremental compilation would slow down crates with sources
/// at hand, ours, and not those of a registry.
const UNSET: [&str; 5] = [
    "CARGO_BUILD_RUSTC_WRAPPER",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_TARGET_DIR",
    "RUSTC_WRAPPER",
    "RUSTFLAGS",
];

/// What a program and those that it started spent.
#[derive(Clone, Copy, Debug)]
pub struct Spent {
    /// Seconds of CPU, of all threads together.
    pub cpu: f64,
    /// The most memory that one of them had at once, in MB.
    pub peak: f64,
}

/// Runs a program to its end; what it says goes to a file.
///
/// # Errors
/// If it cannot be run or fails: the last lines of what it said.
pub fn run(command: &mut Command, log: &Path) -> Result<Spent, Failure> {
    let out = File::create(log)?;
    command.stdout(out.try_clone()?).stderr(out);
    for name in UNSET {
        command.env_remove(name);
    }
    command
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_TERM_COLOR", "never");
    let program = command.get_program().to_string_lossy().into_owned();
    let child = command
        .spawn()
        .map_err(|error| format!("{program}: {error}"))?;
    let used = child.wait4()?;
    if !used.status.success() {
        return Err(format!("{program}: {}: {}", used.status, tail(log)).into());
    }
    Ok(Spent {
        cpu: (used.rusage.utime + used.rusage.stime).as_secs_f64(),
        peak: used.rusage.maxrss as f64 / 1e6,
    })
}

fn tail(log: &Path) -> String {
    let said = fs::read(log).unwrap_or_default();
    let said = String::from_utf8_lossy(&said);
    let lines: Vec<_> = said
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    lines[lines.len().saturating_sub(SHOWN)..].join(" / ")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn log(name: &str) -> std::path::PathBuf {
        std::env::temp_dir().join(format!("peers-child-{name}-{}", std::process::id()))
    }

    #[test]
    fn what_children_of_a_program_spend_counts() {
        let log = log("spend");
        let script = "sh -c 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done'; true";
        let spent = run(Command::new("sh").args(["-c", script]), &log).unwrap();
        fs::remove_file(log).unwrap();
        assert!(spent.cpu > 0.02, "{spent:?}");
        assert!(spent.peak > 0.1, "{spent:?}");
    }

    #[test]
    fn a_failure_shows_what_was_said_last() {
        let log = log("fail");
        let error = run(Command::new("sh").args(["-c", "echo why; exit 3"]), &log).unwrap_err();
        fs::remove_file(log).unwrap();
        assert!(
            error.to_string().ends_with("exit status: 3: why"),
            "{error}"
        );
    }
}
