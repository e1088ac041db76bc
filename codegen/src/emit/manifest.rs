use super::crate_root::feature;
use crate::api::Api;
use crate::naming::NoIdentifier;

/// `Cargo.toml` of a crate that has none yet.
///
/// `runtime` is the path of the runtime crate as seen from the new one.
pub fn manifest(api: &Api, name: &str, runtime: &str) -> Result<String, NoIdentifier> {
    let mut features = Vec::new();
    for service in &api.services {
        features.extend(feature(service)?);
    }
    let quoted: Vec<_> = features.iter().map(|f| format!("\"{f}\"")).collect();
    let declared: String = features.iter().map(|f| format!("{f} = []\n")).collect();
    Ok(format!(
        "# Made by `cargo xtask codegen`, which leaves it alone from now on.\n\
         [package]\n\
         name = {name:?}\n\
         version = \"0.1.0\"\n\
         edition = \"2024\"\n\
         publish = false\n\
         \n\
         [features]\n\
         default = [{all}]\n\
         full = [{all}]\n\
         {declared}\
         \n\
         [dependencies]\n\
         keyvault-runtime = {{ path = {runtime:?} }}\n\
         \n\
         # A crate of its own, whatever workspace it is put under.\n\
         [workspace]\n",
        all = quoted.join(", "),
    ))
}
