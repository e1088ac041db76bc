//! Reads a secret as whoever is signed in with the Azure CLI or the Azure Developer CLI.
//!
//! ```sh
//! az login
//! cargo run -p keyvault-rest --features azure-core --example azure_identity -- myvault my-secret
//! ```
#![forbid(unsafe_code)]

use azure_identity::DeveloperToolsCredential;
use keyvault_rest::client::AzureCredential;
use keyvault_rest::secrets::GetSecret;
use keyvault_rest::{Client, Cloud, Error, VaultUrl};
use std::process::ExitCode;

#[path = "shared/arguments.rs"]
mod arguments;

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

async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let [vault, name] = arguments::arguments("azure_identity VAULT SECRET")?;
    // Any credential of azure_identity goes here; it is asked for a token only when one is needed.
    let credential = AzureCredential::from(DeveloperToolsCredential::new(None)?);
    let url = VaultUrl::of(&vault, Cloud::Public)?;
    let client = Client::builder(url, credential).build()?;

    let secret = match client.send(GetSecret::new(&name)).await {
        Ok(response) => response.into_body(),
        Err(Error::Credential(error)) => {
            return Err(format!("sign in with `az login` first: {error}").into());
        }
        Err(error) => return Err(error.into()),
    };
    let length = secret.value.map_or(0, |value| value.expose().len());
    println!("{name} has {length} characters, which stay here");
    Ok(())
}
