//! `Cargo.toml` of the generated crate: written where there is none, checked where there is.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use keyvault_codegen::{Api, Feature, NoIdentifier, common_features, features, manifest};

use crate::failure::Failure;
use crate::workspace;

/// Checks the manifest of the crate in `out`, which must have a feature for every service, and those
/// that all crates have.
///
/// Says whether there is one.
pub(crate) fn check(api: &Api, out: &Path) -> Result<bool, Failure> {
    let path = out.join("Cargo.toml");
    match fs::read_to_string(&path) {
        Ok(text) => check_features(api, &path, &text).map(|()| true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(format!("cannot read {}: {error}", path.display()).into()),
    }
}

/// Writes the manifest of a new crate into a folder that exists.
pub(crate) fn write(api: &Api, out: &Path) -> Result<PathBuf, String> {
    let path = out.join("Cargo.toml");
    let failed = |error| format!("cannot write {}: {error}", path.display());
    let out = out.canonicalize().map_err(failed)?;
    let runtime = workspace::root().join("runtime");
    let runtime = runtime.canonicalize().map_err(failed)?;
    let runtime = relative(&out, &runtime);
    let text = manifest(api, &crate_name(&out), &runtime.to_string_lossy())
        .map_err(|error| unnamed(&error))?;
    fs::write(&path, text).map_err(failed)?;
    Ok(path)
}

/// `to` as seen from `from`; both are absolute and free of links.
fn relative(from: &Path, to: &Path) -> PathBuf {
    let common = from
        .components()
        .zip(to.components())
        .take_while(|(a, b)| a == b)
        .count();
    let up = from.components().skip(common).map(|_| Component::ParentDir);
    up.chain(to.components().skip(common)).collect()
}

fn check_features(api: &Api, path: &Path, text: &str) -> Result<(), Failure> {
    let features = features(api).map_err(|error| unnamed(&error))?;
    let missing: Vec<_> = features
        .iter()
        .chain(&common_features())
        .filter(|feature| !declares(text, feature))
        .map(ToString::to_string)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let message = format!(
        "{} does not declare all features of the crate",
        path.display()
    );
    let help = format!("write under [features]:\n{}", missing.join("\n"));
    Err(Failure::from(message).maybe(Some(help)))
}

fn unnamed(error: &NoIdentifier) -> String {
    format!("no feature can be named after `{}`", error.0)
}

/// Whether a manifest declares a feature, with all that it needs, on one line.
fn declares(manifest: &str, feature: &Feature) -> bool {
    manifest
        .lines()
        .skip_while(|line| line.trim() != "[features]")
        .skip(1)
        .take_while(|line| !line.trim_start().starts_with('['))
        .filter_map(|line| line.split_once('='))
        .filter(|(key, _)| key.trim().trim_matches('"') == feature.name)
        .any(|(_, needs)| {
            let needed = |need: &String| needs.contains(&format!("{need:?}"));
            feature.needs.iter().all(needed)
        })
}

/// A name for the crate in a folder: the folder's own, as far as it can be one.
fn crate_name(out: &Path) -> String {
    let name = out.file_name().unwrap_or_default().to_string_lossy();
    let name = name
        .to_ascii_lowercase()
        .replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    let name = name.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    match name {
        "" => "bindings".to_owned(),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use keyvault_codegen::Feature;

    use super::{crate_name, declares, relative};

    #[test]
    fn the_runtime_is_found_from_the_new_crate() {
        let relative = |from, to| relative(Path::new(from), Path::new(to));
        assert_eq!(
            relative("/a/b/new", "/a/runtime"),
            Path::new("../../runtime")
        );
        assert_eq!(relative("/x", "/a/runtime"), Path::new("../a/runtime"));
    }

    #[test]
    fn any_folder_gives_a_name() {
        assert_eq!(crate_name(Path::new("/a/My Crate_2")), "my-crate-2");
        assert_eq!(crate_name(Path::new("/a/.tmp7")), "tmp7");
        assert_eq!(crate_name(Path::new("/")), "bindings");
    }

    #[test]
    fn features_are_looked_for_under_features_alone() {
        let manifest =
            "[package]\nkeys = 1\n[features]\nbackup = [\"common\"]\n[dependencies]\nrbac = 1\n";
        let feature = |name: &str, needs: &[&str]| Feature {
            name: name.to_owned(),
            needs: needs.iter().map(|need| (*need).to_owned()).collect(),
        };
        assert!(declares(manifest, &feature("backup", &[])));
        assert!(declares(manifest, &feature("backup", &["common"])));
        assert!(!declares(manifest, &feature("backup", &["keys"])));
        assert!(!declares(manifest, &feature("keys", &[])));
        assert!(!declares(manifest, &feature("rbac", &[])));
    }
}
