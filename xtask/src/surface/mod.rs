//! `cargo xtask surface`: the public API of what is published, as checked-in lists.

mod list;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};

use crate::answer::{self, Answer, Manners};
use crate::{output, workspace};

/// The crates and the features that are listed: all of them.
const CRATES: [(&str, &[&str]); 3] = [
    ("keyvault-codegen", &[]),
    ("keyvault-rest", &["--all-features"]),
    ("keyvault-runtime", &["--all-features"]),
];

/// How many differing lines are shown of a crate.
const SHOWN: usize = 20;

/// List the public API of the published crates in docs/api/, or check that it is what is listed
///
/// Reads their code by rustdoc, which compiles them first; that takes a minute or two. The form in
/// which rustdoc says what is public is that of the toolchain in rust-toolchain.toml: when that
/// changes, the version of `public-api` in Cargo.toml changes too. Writes docs/api/, unless it is
/// to check, and target/surface.
///
/// Exit status: 0 when all is well, 1 when --check finds a difference, or a crate cannot be
/// described or a list written, 2 when the arguments are wrong.
#[derive(Args)]
#[command(verbatim_doc_comment, after_long_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Leave docs/api/ as it is; show what differs, and fail if something does
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    manners: Manners,
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask surface                  renew the lists, after a change that is meant
  cargo xtask surface --check          show what is public and not listed, or listed and gone";

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    answer::give(arguments.manners, |answer| {
        let is_listed = surfaces(arguments.check, answer)?;
        if !is_listed {
            output::tell(
                "the public API is not what docs/api/ says\nhelp: if that is meant, run: cargo xtask surface\n",
            );
        }
        Ok(is_listed)
    })
}

/// Writes the lists, or says whether they are what they should be.
fn surfaces(check: bool, answer: &mut Answer) -> Result<bool, String> {
    let folder = workspace::root().join("docs/api");
    let mut is_listed = true;
    let mut crates = Vec::new();
    for (name, features) in CRATES {
        answer.say(&format!("compiling and describing {name}"));
        let path = folder.join(format!("{name}.txt"));
        let now = public_items(name, features)?;
        let listed = fs::read_to_string(&path).unwrap_or_default();
        let difference = difference(&listed, &now);
        if check {
            answer.print(&shown(&path, &difference))?;
            is_listed &= difference.is_empty() && listed == now;
        } else {
            let written = fs::create_dir_all(&folder).and_then(|()| fs::write(&path, &now));
            written.map_err(|error| format!("{}: {error}", path.display()))?;
        }
        let lines = now.lines().count();
        answer.sum_up(&format!("{name}: {lines} lines\n"))?;
        crates.push(json!({
            "name": name,
            "list": workspace::shown(&path).display().to_string(),
            "lines": lines,
            "new": with_sign('+', &difference),
            "gone": with_sign('-', &difference),
        }));
    }
    answer.note("crates", crates);
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
    let root = workspace::root();
    let target = root.join("target/surface");
    let status = workspace::cargo()
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

/// The lines of a difference with a sign, without it.
fn with_sign(sign: char, difference: &[String]) -> Value {
    let lines = difference.iter();
    lines.filter_map(|line| line.strip_prefix(sign)).collect()
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
        assert_eq!(with_sign('+', &difference), json!(["pub fn a::new()"]));
        assert_eq!(with_sign('-', &difference), json!(["pub fn a::gone()"]));
    }
}
