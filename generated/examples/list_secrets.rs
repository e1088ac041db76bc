//! Lists secrets: one by one across all pages, and page by page.
//!
//! ```sh
//! cargo run -p keyvault-rest --features client --example list_secrets -- myvault
//! ```
#![forbid(unsafe_code)]

use keyvault_rest::secrets::GetSecrets;
use keyvault_rest::secrets::models::SecretItem;
use keyvault_rest::{Client, Cloud, ObjectId, VaultUrl};
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
    let [vault] = arguments::arguments("list_secrets VAULT")?;
    let url = VaultUrl::of(&vault, Cloud::Public)?;
    let client = Client::builder(url, credential::credential()?).build()?;
    list_items(&client).await?;
    count_pages(&client).await
}

/// The pages do not show: each is asked for when its first item is.
async fn list_items(client: &Client) -> Result<(), Box<dyn Error>> {
    let mut secrets = client.items(GetSecrets::new());
    while let Some(secret) = secrets.next().await {
        println!("{}", name(&secret?)?);
    }
    Ok(())
}

/// For those who want to stop after a page, and go on from its `next_link` later.
async fn count_pages(client: &Client) -> Result<(), Box<dyn Error>> {
    let mut pages = client.pages(GetSecrets::new().maxresults(5));
    let mut count = 0;
    while let Some(page) = pages.next().await {
        count += 1;
        println!("page {count} has {} secrets", page?.items().len());
    }
    Ok(())
}

fn name(secret: &SecretItem) -> Result<String, Box<dyn Error>> {
    let id = secret.id.as_deref().ok_or("a secret came without its id")?;
    Ok(ObjectId::parse(id)?.name().to_owned())
}
