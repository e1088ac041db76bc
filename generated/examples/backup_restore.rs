//! Backs up a Managed HSM into a storage container, and restores one key from that backup.
//!
//! Both take minutes. The token to go on with is kept in a file meanwhile: after an interruption the
//! same command goes on with the backup that was begun, instead of beginning another.
//!
//! ```sh
//! cargo run -p keyvault-rest --features client,backup --example backup_restore -- \
//!     myhsm https://myaccount.blob.core.windows.net/backups my-key backup.token
//! ```
//!
//! `KEYVAULT_SAS` is the SAS token of the container; without it the HSM goes there with its managed
//! identity.
#![forbid(unsafe_code)]

use keyvault_rest::backup::models::{
    FullBackupOperation, SASTokenParameter, SelectiveKeyRestoreOperationParameters,
};
use keyvault_rest::backup::{FullBackup, SelectiveKeyRestore};
use keyvault_rest::client::Poller;
use keyvault_rest::{Client, Cloud, HsmUrl, LongRunningOperation};
use std::error::Error;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;
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
    let [hsm, container, key, token_file] =
        arguments::arguments("backup_restore HSM CONTAINER-URL KEY TOKEN-FILE")?;
    let url = HsmUrl::of(&hsm, Cloud::Public)?;
    let client = Client::builder(url, credential::credential()?).build()?;
    let container = container_of(&container);

    let backup = backup(&client, container.clone(), Path::new(&token_file)).await?;
    let folder = folder(&backup)?;
    println!("the backup is in {folder}");

    let parameters = SelectiveKeyRestoreOperationParameters::new(container, folder);
    let mut restore = client
        .poller(SelectiveKeyRestore::new(&key, parameters))
        .await?;
    show_progress(&mut restore).await?;
    // A failure comes with the status 200, and is an error all the same.
    restore.wait().await?;
    println!("{key} is restored");
    Ok(())
}

async fn backup(
    client: &Client,
    container: SASTokenParameter,
    token_file: &Path,
) -> Result<FullBackupOperation, Box<dyn Error>> {
    let mut backup = match read(token_file)? {
        Some(token) => client.resume::<FullBackup>(&token.parse()?)?,
        None => client.poller(FullBackup::new(container)).await?,
    };
    if let Some(token) = backup.resume_token() {
        write(token_file, token.as_str())?;
    }
    show_progress(&mut backup).await?;
    // Over, well or not: there is nothing to go on with.
    fs::remove_file(token_file)?;
    Ok(backup.wait().await?.into_body())
}

async fn show_progress<O: LongRunningOperation>(
    poller: &mut Poller<O>,
) -> Result<(), keyvault_rest::Error> {
    while let Some(progress) = poller.next().await {
        println!("{}", progress?.state().unwrap_or("no state yet"));
    }
    Ok(())
}

fn container_of(url: &str) -> SASTokenParameter {
    match std::env::var("KEYVAULT_SAS") {
        Ok(sas) => SASTokenParameter::new(url).token(sas),
        Err(_) => SASTokenParameter::new(url).use_managed_identity(true),
    }
}

/// The folder is the last part of the URL that the backup ends with.
fn folder(backup: &FullBackupOperation) -> Result<String, Box<dyn Error>> {
    let url = backup.azure_storage_blob_container_uri.as_deref();
    let folder = url.and_then(|url| url.rsplit('/').next());
    Ok(folder.ok_or("the backup ended without its URL")?.to_owned())
}

fn read(path: &Path) -> Result<Option<String>, std::io::Error> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Writes a file that only its owner can read: a resume token is kept as a password is.
fn write(path: &Path, text: &str) -> Result<(), std::io::Error> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}
