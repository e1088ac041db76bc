//! `cargo xtask surface`: the public API of what is published, as checked-in lists.

mod list;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use clap::Args;

use crate::{output, workspace};

/// The crates and the features that are listed: all of them.
const CRATES: [(&str, &[&str]); 3] = [
    ("keyvault-codegen", &[]),
    ("keyvault-rest", &["--all-features"]),
    ("keyvault-runtime", &["--all-features"]),
];

/// How many differing lines are shown of a crate.
const SHOWN: usize = 20;

/// List the public API of the published crates in docs/api/, or check that it is what is listed.
///
/// rustdoc says what is public. The form in which it does so is that of the toolchain in
/// rust-toolchain.toml: when that changes, the version of `public-api` in Cargo.toml changes too.
///
/// Exit status: 0 when all is well, 1 when --check finds a difference, or a crate cannot be described or a
/// list written, 2 when the arguments are wrong.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Write nothing; show what differs, and fail if something does
    #[arg(long)]
    check: bool,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    match surfaces(arguments.check) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!(
                "the public API is not what docs/api/ says\nhelp: if that is meant, run: cargo xtask surface"
            );
            ExitCode::FAILURE
        }
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

/// Writes the lists, or says whether they are what they should be.
fn surfaces(check: bool) -> Result<bool, String> {
    let folder = workspace::root().join("docs/api");
    let mut is_listed = true;
    for (name, features) in CRATES {
        let path = folder.join(format!("{name}.txt"));
        let now = public_items(name, features)?;
        if check {
            let listed = fs::read_to_string(&path).unwrap_or_default();
            let difference = difference(&listed, &now);
            output::print(&shown(&path, &difference))?;
            is_listed &= difference.is_empty() && listed == now;
        } else {
            let written = fs::create_dir_all(&folder).and_then(|()| fs::write(&path, &now));
            written.map_err(|error| format!("{}: {error}", path.display()))?;
        }
        output::print(&format!("{name}: {} lines\n", now.lines().count()))?;
    }
    Ok(is_listed)
}

/// What is public, without what the compiler implements for almost everything.
fn public_items(name: &str, features: &[&str]) -> Result<String, String> {
    let json = rustdoc(name, features)?;
    let api = public_api::Builder::from_rustdoc_json(json)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .build()
        .map_err(|error| format!("cannot read what rustdoc says of {name}: {error}"))?;
    // The list is that of one crate: its name need not stand on every line.
    let own = format!("{}::", name.replace('-', "_"));
    let items = api.items().map(|item| item.to_string().replace(&own, ""));
    Ok(list::list(items))
}

/// Lets rustdoc describe a crate, and gives the file with the description.
fn rustdoc(name: &str, features: &[&str]) -> Result<PathBuf, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let root = workspace::root();
    let target = root.join("target/surface");
    let status = Command::new(cargo)
        .args(["rustdoc", "--quiet", "--locked", "--lib", "--package", name])
        .args(features)
        .arg("--target-dir")
        .arg(&target)
        .args([
            "--",
            "-Zunstable-options",
            "--output-format=json",
            "--cap-lints=allow",
        ])
        // JSON is not for stable toolchains yet. The toolchain is pinned, so that its form cannot change unseen.
        .env("RUSTC_BOOTSTRAP", "1")
        .current_dir(&root)
        .status()
        .map_err(|error| format!("cannot run cargo: {error}"))?;
    match status.success() {
        true => Ok(target
            .join("doc")
            .join(format!("{}.json", name.replace('-', "_")))),
        false => Err(format!("rustdoc fails on {name}")),
    }
}

/// Lines that are in one of two lists alone.
fn difference(listed: &str, now: &str) -> Vec<String> {
    let mut lines: BTreeMap<&str, char> = listed.lines().map(|line| (line, '-')).collect();
    for line in now.lines() {
        if lines.remove(line).is_none() {
            lines.insert(line, '+');
        }
    }
    lines
        .into_iter()
        .map(|(line, sign)| format!("{sign}{line}"))
        .collect()
}

fn shown(path: &Path, difference: &[String]) -> String {
    if difference.is_empty() {
        return String::new();
    }
    let first = difference.iter().take(SHOWN);
    let lines: String = first.map(|line| format!("{line}\n")).collect();
    let more = match difference.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!("and {more} more\n"),
    };
    format!("{}\n{lines}{more}", workspace::shown(path).display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_gone_and_what_is_new_differs() {
        let difference = difference(
            "pub fn a::gone()\npub fn a::kept()\n",
            "pub fn a::kept()\npub fn a::new()\n",
        );
        assert_eq!(difference, ["-pub fn a::gone()", "+pub fn a::new()"]);
    }
}
