//! What the tests on folders share.
#![allow(dead_code, reason = "each test uses a part of it")]

use std::path::{Path, PathBuf};
use std::{fs, io};

use similar::TextDiff;

/// The variable that makes the tests write their expectations anew.
pub const RENEW: &str = "KEYVAULT_RENEW";

/// The folders in a folder, by name.
pub fn folders(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let paths = fs::read_dir(dir)?.map(|entry| entry.map(|entry| entry.path()));
    let mut paths = paths.collect::<io::Result<Vec<_>>>()?;
    paths.retain(|path| path.is_dir());
    paths.sort();
    Ok(paths)
}

/// A report without the path of this machine to the folder that it is about.
pub fn without_machine(report: &str, folder: &Path) -> String {
    let folder = format!("{}/", folder.display()).replace('\\', "/");
    let lines = report.split_inclusive('\n').map(|line| {
        let is_place = ["-->", ":::"]
            .iter()
            .any(|mark| line.trim_start().starts_with(mark));
        match is_place {
            true => line.replace('\\', "/"),
            false => line.to_owned(),
        }
    });
    let report = lines.collect::<String>().replace(&folder, "");
    assert!(!report.contains(env!("CARGO_MANIFEST_DIR")), "{report}");
    report
}

/// Why two texts are not the same.
pub fn difference(expected: &str, actual: &str) -> String {
    let diff = TextDiff::from_lines(expected, actual);
    diff.unified_diff().header("expected", "now").to_string()
}
