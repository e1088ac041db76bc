//! Creates a vault through Azure Resource Manager, and waits until it has its name in DNS.
//!
//! ```sh
//! cargo run -p keyvault-rest --features client,management --example create_vault -- \
//!     SUBSCRIPTION GROUP VAULT LOCATION TENANT
//! ```
#![forbid(unsafe_code)]

use keyvault_rest::management::models::{
    Sku, SkuName, VaultCreateOrUpdateParameters, VaultProperties,
};
use keyvault_rest::management::vaults::CreateOrUpdate;
use keyvault_rest::{Client, Cloud, Endpoint};
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
    let [subscription, group, name, location, tenant] =
        arguments::arguments("create_vault SUBSCRIPTION GROUP VAULT LOCATION TENANT")?;
    let endpoint = Endpoint::management(Cloud::Public);
    let client = Client::builder(endpoint, credential::credential()?).build()?;

    let properties = VaultProperties::new(tenant, Sku::new("A", SkuName::Standard))
        .enable_rbac_authorization(true)
        .soft_delete_retention_in_days(7);
    let parameters = VaultCreateOrUpdateParameters::new(location, properties);
    let create = CreateOrUpdate::new(subscription, group, &name, parameters);
    let mut creation = client
        .poller(create)
        .await
        .map_err(|error| match error.is_conflict() {
            true => format!("{name} is taken, perhaps by a vault that is deleted but not purged"),
            false => error.to_string(),
        })?;
    while let Some(progress) = creation.next().await {
        println!("{}", progress?.state().unwrap_or("no state yet"));
    }
    let vault = creation.wait().await?.into_body();
    println!(
        "{} is at {}",
        name,
        vault.properties.vault_uri.as_deref().unwrap_or("-")
    );
    Ok(())
}
