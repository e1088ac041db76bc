//! The manifest of the generated crate, with a feature for each service.

use std::path::Path;

use keyvault_codegen::{Api, Feature, File, features};
use toml_edit::{Array, DocumentMut, Key, Table, value};

/// Where it is.
const PATH: &str = "generated/Cargo.toml";

/// The feature of all services.
const FULL: &str = "full";

/// The manifest with the features of new services.
pub(super) fn file(root: &Path, api: &Api) -> Result<File, String> {
    let old = std::fs::read_to_string(root.join(PATH));
    let old = old.map_err(|error| format!("cannot read {PATH}: {error}"))?;
    let features =
        features(api).map_err(|error| format!("no feature can be named after `{}`", error.0))?;
    Ok(File {
        path: PATH.to_owned(),
        text: with_features(&old, &features)?,
    })
}

fn with_features(manifest: &str, features: &[Feature]) -> Result<String, String> {
    let failed = |message: &str| format!("{PATH}: {message}");
    let mut document: DocumentMut = manifest
        .parse()
        .map_err(|error: toml_edit::TomlError| failed(error.message()))?;
    let table = document
        .get_mut("features")
        .and_then(|item| item.as_table_mut())
        .ok_or_else(|| failed("there is no table [features]"))?;
    let new: Vec<_> = features
        .iter()
        .filter(|feature| !table.contains_key(&feature.name))
        .collect();
    if new.is_empty() {
        return Ok(manifest.to_owned());
    }
    for feature in &new {
        table.insert(
            &feature.name,
            value(Array::from_iter(feature.needs.iter().map(String::as_str))),
        );
    }
    sort(table, features);
    let full = table.get_mut(FULL).and_then(|item| item.as_array_mut());
    let full = full.ok_or_else(|| failed("there is no feature `full`"))?;
    *full = Array::from_iter(features.iter().map(|feature| feature.name.as_str()));
    Ok(document.to_string())
}

/// The services by name, behind the feature of all of them; all else as it was.
fn sort(table: &mut Table, services: &[Feature]) {
    let order: Vec<String> = table.iter().map(|(name, _)| name.to_owned()).collect();
    let position = |name: &str| order.iter().position(|other| other == name);
    let rank = |key: &Key| {
        let name = key.get();
        match services.iter().any(|feature| feature.name == name) {
            true => (position(FULL), name.to_owned()),
            false => (position(name), String::new()),
        }
    };
    table.sort_values_by(|one, _, other, _| rank(one).cmp(&rank(other)));
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = "\
[features]
default = [\"keys\"]
full = [\"keys\", \"secrets\"]
keys = []
secrets = []
# Not part of `full`.
client = [\"runtime/client\"]

[dependencies]
runtime = \"1\"
";

    fn feature(name: &str, needs: &[&str]) -> Feature {
        Feature {
            name: name.to_owned(),
            needs: needs.iter().map(|need| (*need).to_owned()).collect(),
        }
    }

    #[test]
    fn a_new_service_gets_a_feature_among_the_others() {
        let features = [
            feature("keys", &[]),
            feature("locks", &["keys"]),
            feature("secrets", &[]),
        ];
        let new = with_features(MANIFEST, &features).unwrap();
        let expected = MANIFEST
            .replace("\"keys\", \"secrets\"", "\"keys\", \"locks\", \"secrets\"")
            .replace("secrets = []", "locks = [\"keys\"]\nsecrets = []");
        assert_eq!(new, expected);
    }

    #[test]
    fn without_new_services_not_a_byte_changes() {
        let features = [feature("keys", &[]), feature("secrets", &[])];
        let odd = MANIFEST.replace("keys = []", "keys   =   [ ]");
        assert_eq!(with_features(&odd, &features).unwrap(), odd);
    }

    #[test]
    fn a_manifest_without_features_is_told() {
        let error = with_features("[package]\n", &[feature("keys", &[])]).unwrap_err();
        assert_eq!(error, "generated/Cargo.toml: there is no table [features]");
        assert!(with_features("[", &[]).is_err());
    }
}
