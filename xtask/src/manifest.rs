//! `Cargo.toml` of the generated crate: written where there is none, checked where there is.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use keyvault_codegen::{Api, manifest};

use crate::workspace;

/// What is to be done about a manifest.
pub(crate) enum Manifest {
    /// It is there and fits.
    Keep,
    /// It is to be written.
    Write {
        /// Where.
        path: PathBuf,
        /// What.
        text: String,
    },
}

/// Looks at the manifest of the crate in `out`, which must have a feature for every service.
pub(crate) fn check(api: &Api, out: &Path) -> Result<Manifest, String> {
    let path = out.join("Cargo.toml");
    match fs::read_to_string(&path) {
        Ok(text) => check_features(api, &path, &text).map(|()| Manifest::Keep),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let text = new_manifest(api, out)?;
            Ok(Manifest::Write { path, text })
        }
        Err(error) => Err(format!("cannot read {}: {error}", path.display())),
    }
}

impl Manifest {
    /// Writes it, if need be; says whether it did.
    pub(crate) fn apply(self) -> Result<bool, String> {
        let Self::Write { path, text } = self else {
            return Ok(false);
        };
        let dir = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(dir)
            .and_then(|()| fs::write(&path, text))
            .map_err(|error| format!("cannot write {}: {error}", path.display()))?;
        Ok(true)
    }
}

fn check_features(api: &Api, path: &Path, text: &str) -> Result<(), String> {
    let services = api.services.iter().filter(|s| !s.groups.is_empty());
    let missing: Vec<_> = services
        .map(|service| service.name.as_str())
        .filter(|name| !declares_feature(text, name))
        .map(|name| format!("{name} = []"))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(format!(
        "{} has no feature for some services; add under [features]:\n{}",
        path.display(),
        missing.join("\n")
    ))
}

fn declares_feature(manifest: &str, name: &str) -> bool {
    manifest
        .lines()
        .skip_while(|line| line.trim() != "[features]")
        .skip(1)
        .take_while(|line| !line.trim_start().starts_with('['))
        .filter_map(|line| line.split_once('='))
        .any(|(key, _)| key.trim().trim_matches('"') == name)
}

fn new_manifest(api: &Api, out: &Path) -> Result<String, String> {
    let name = out
        .file_name()
        .map(|name| name.to_string_lossy().to_ascii_lowercase())
        .map(|name| name.replace(|c: char| !c.is_ascii_alphanumeric(), "-"))
        .filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
        .unwrap_or_else(|| "bindings".to_owned());
    let runtime = workspace::root().join("runtime");
    manifest(api, &name, &runtime.to_string_lossy())
        .map_err(|error| format!("no feature can be named after `{}`", error.0))
}
