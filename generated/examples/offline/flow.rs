//! Conversations with the service, as files.

use keyvault_rest::management::vaults;
use keyvault_rest::secrets::GetSecret;
use keyvault_rest::{Operation, OperationMeta};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;

/// A conversation, and what comes of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flow {
    /// That of the file.
    #[serde(skip)]
    pub name: String,
    pub title: String,
    /// What of the protocol it shows.
    pub kinds: Vec<String>,
    pub host: String,
    pub exchanges: Vec<Exchange>,
    /// What the client knows in the end.
    pub concluded: String,
}

/// A request, and the answer to it. The members are named as in recordings of the service.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exchange {
    pub method: String,
    pub path: String,
    pub query: BTreeMap<String, String>,
    #[serde(default)]
    pub request_body: Value,
    pub status: u16,
    #[serde(default)]
    pub response_headers: BTreeMap<String, String>,
    #[serde(default)]
    pub response_body: Value,
}

/// The flows in a folder, in the order of their names.
pub fn read_all(folder: &Path) -> Result<Vec<Flow>, Box<dyn Error>> {
    let mut flows = Vec::new();
    for entry in fs::read_dir(folder)? {
        flows.push(read(&entry?.path())?);
    }
    flows.sort_by(|one, other| one.name.cmp(&other.name));
    match flows.is_empty() {
        true => Err(format!("{} has no flows", folder.display()).into()),
        false => Ok(flows),
    }
}

fn read(path: &Path) -> Result<Flow, Box<dyn Error>> {
    let wrong = |error: &dyn Error| format!("{}: {error}", path.display());
    let text = fs::read_to_string(path).map_err(|error| wrong(&error))?;
    let text = with_versions(&text);
    let mut flow: Flow = serde_json::from_str(&text).map_err(|error| wrong(&error))?;
    let name = path.file_stem().unwrap_or_default();
    flow.name = name.to_string_lossy().into_owned();
    Ok(flow)
}

/// The flows are of whatever version of the API the bindings are of.
fn with_versions(text: &str) -> String {
    let version = |meta: &OperationMeta| meta.api_version().unwrap_or_default();
    text.replace("{data-plane}", version(GetSecret::META))
        .replace("{management}", version(vaults::Get::META))
}
