//! Reads a key, and tells the errors apart that a caller can do something about.
//!
//! ```sh
//! cargo run -p keyvault-rest --features client --example get_key -- myvault my-key
//! ```
#![forbid(unsafe_code)]

use keyvault_rest::keys::GetKey;
use keyvault_rest::keys::models::KeyBundle;
use keyvault_rest::{Client, Cloud, Operation, VaultUrl};
use std::error::Error;
use std::process::ExitCode;

#[path = "shared/arguments.rs"]
mod arguments;
#[path = "shared/credential.rs"]
mod credential;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let [vault, name] = arguments::arguments("get_key VAULT KEY")?;
    let url = VaultUrl::of(&vault, Cloud::Public)?;
    let client = Client::builder(url, credential::credential()?).build()?;

    let permission = GetKey::META.required_permission().unwrap_or_default();
    match client.send(GetKey::new(&name)).await {
        Ok(response) => show(response.body()),
        Err(error) if error.is_not_found() => {
            return Err(format!("{vault} has no key {name}, or it is deleted").into());
        }
        Err(error) if error.is_forbidden_by_rbac() || error.is_forbidden_by_policy() => {
            return Err(format!("the caller lacks the permission {permission}").into());
        }
        Err(error) if error.is_forbidden_by_firewall() => {
            return Err(format!("the firewall of {vault} does not let this machine in").into());
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

fn show(bundle: &KeyBundle) {
    if let Some(key) = &bundle.key {
        println!("id:      {}", key.kid.as_deref().unwrap_or("-"));
        println!("type:    {}", key.kty.as_ref().map_or("-", AsRef::as_ref));
        println!(
            "for:     {}",
            key.key_ops.as_deref().unwrap_or_default().join(", ")
        );
    }
    let enabled = bundle
        .attributes
        .as_ref()
        .and_then(|attributes| attributes.enabled);
    println!("enabled: {}", enabled.unwrap_or(true));
}
