//! What the client is asked for in each flow, and what comes of it in words.

use keyvault_rest::backup::models::{SASTokenParameter, SelectiveKeyRestoreOperationParameters};
use keyvault_rest::backup::{FullBackup, SelectiveKeyRestore};
use keyvault_rest::certificates::CreateCertificate;
use keyvault_rest::certificates::models::{
    CertificateCreateParameters, CertificatePolicy, IssuerParameters, X509CertificateProperties,
};
use keyvault_rest::keys::models::{JsonWebKeyType, KeyBundle, KeyCreateParameters};
use keyvault_rest::keys::{CreateKey, GetKey};
use keyvault_rest::management::models::{
    Sku, SkuName, VaultCreateOrUpdateParameters, VaultProperties,
};
use keyvault_rest::management::vaults::CreateOrUpdate;
use keyvault_rest::runtime::LongRunningErrorKind;
use keyvault_rest::secrets::models::SecretSetParameters;
use keyvault_rest::secrets::{
    DeleteSecret, GetSecrets, PurgeDeletedSecret, RecoverDeletedSecret, SetSecret,
};
use keyvault_rest::{Client, Error, ObjectId};

/// What went wrong, in words.
type Outcome = Result<String, Box<dyn std::error::Error>>;

const CONTAINER: &str = "https://demo.blob.core.windows.net/backups";
const SAS: &str = "sv=2026-02-06&sig=none";

/// Makes the calls of a flow.
pub async fn conclude(flow: &str, client: &Client) -> Outcome {
    match flow {
        "backup_and_restore" => backup_and_restore(client).await,
        "create_certificate" => create_certificate(client).await,
        "create_key" => create_key(client).await,
        "create_vault" => create_vault(client).await,
        "delete_recover_purge" => delete_recover_purge(client).await,
        "list_secrets" => list_secrets(client).await,
        "restore_that_fails" => restore_that_fails(client).await,
        "throttled" => throttled(client).await,
        _ => Err("nobody says what to call in this flow".into()),
    }
}

async fn create_key(client: &Client) -> Outcome {
    let parameters = KeyCreateParameters::new(JsonWebKeyType::Rsa)
        .key_size(2048)
        .tags([("team", "payments")]);
    let created = client.send(CreateKey::new("demo-key", parameters)).await?;
    let read = client.send(GetKey::new("demo-key")).await?;
    match created.body() == read.body() {
        true => describe(read.body()),
        false => Err("the key that was read is not the one that was created".into()),
    }
}

async fn throttled(client: &Client) -> Outcome {
    let read = client.send(GetKey::new("demo-key")).await?;
    describe(read.body())
}

fn describe(bundle: &KeyBundle) -> Outcome {
    let key = bundle.key.as_ref().ok_or("there is no key")?;
    let id = ObjectId::parse(key.kid.as_deref().unwrap_or_default())?;
    let kind = key.kty.as_ref().map_or("no type", AsRef::as_ref);
    let uses = key.key_ops.as_deref().unwrap_or_default().join(", ");
    let version = id.version().unwrap_or("-");
    Ok(format!(
        "{} is an {kind} key, version {version}, to {uses}",
        id.name()
    ))
}

async fn list_secrets(client: &Client) -> Outcome {
    let mut secrets = client.items(GetSecrets::new().maxresults(2));
    let mut names = Vec::new();
    while let Some(secret) = secrets.next().await {
        let id = secret?.id.ok_or("a secret has no id")?;
        names.push(ObjectId::parse(&id)?.name().to_owned());
    }
    Ok(format!("{} secrets: {}", names.len(), names.join(", ")))
}

async fn create_certificate(client: &Client) -> Outcome {
    let certificate = X509CertificateProperties::default().subject("CN=demo.example.org");
    let policy = CertificatePolicy::default()
        .x509_certificate_properties(certificate)
        .issuer_parameters(IssuerParameters::default().name("Self"));
    let parameters = CertificateCreateParameters::default().certificate_policy(policy);
    let mut creation = client
        .poller(CreateCertificate::new("demo-certificate", parameters))
        .await?;
    let mut states = Vec::new();
    while let Some(progress) = creation.next().await {
        states.extend(progress?.state().map(str::to_owned));
    }
    let certificate = creation.wait().await?.into_body();
    let id = ObjectId::parse(certificate.id.as_deref().unwrap_or_default())?;
    let bytes = certificate.cer.map_or(0, |cer| cer.len());
    let states = states.join(", ");
    Ok(format!("{states}: {} has {bytes} bytes", id.name()))
}

async fn backup_and_restore(client: &Client) -> Outcome {
    let begun = client.poller(FullBackup::new(container())).await?;
    // As if another process went on with it.
    let token = begun.resume_token().ok_or("there is no resume token")?;
    drop(begun);
    let mut backup = client.resume::<FullBackup>(&token.as_str().parse()?)?;
    let backup = backup.wait().await?.into_body();
    let url = backup.azure_storage_blob_container_uri.unwrap_or_default();
    let folder = url.rsplit('/').next().unwrap_or_default();

    let parameters = SelectiveKeyRestoreOperationParameters::new(container(), folder);
    let restore = SelectiveKeyRestore::new("demo-key", parameters);
    let restored = client.poller(restore).await?.wait().await?.into_body();
    let state = restored.status.as_ref().map_or("-", AsRef::as_ref);
    Ok(format!("demo-key is restored from {folder}: {state}"))
}

async fn restore_that_fails(client: &Client) -> Outcome {
    let parameters = SelectiveKeyRestoreOperationParameters::new(container(), "mhsm-demo-lost");
    let restore = SelectiveKeyRestore::new("demo-key", parameters);
    match client.poller(restore).await?.wait().await {
        Err(Error::LongRunning(error)) if error.kind() == LongRunningErrorKind::Failed => {
            Ok(error.to_string())
        }
        Err(error) => Err(error.into()),
        Ok(_) => Err("the restore failed, but the client takes it for a success".into()),
    }
}

fn container() -> SASTokenParameter {
    SASTokenParameter::new(CONTAINER).token(SAS)
}

async fn delete_recover_purge(client: &Client) -> Outcome {
    let name = "demo-secret";
    client.send_and_settle(DeleteSecret::new(name)).await?;
    client
        .send_and_settle(RecoverDeletedSecret::new(name))
        .await?;
    client.send_and_settle(DeleteSecret::new(name)).await?;
    client.send_once_free(PurgeDeletedSecret::new(name)).await?;
    let set = SetSecret::new(name, SecretSetParameters::new("another value"));
    let secret = client.send_once_free(set).await?.into_body();
    let id = ObjectId::parse(secret.id.as_deref().unwrap_or_default())?;
    Ok(format!(
        "{} is there again, version {}",
        id.name(),
        id.version().unwrap_or("-")
    ))
}

async fn create_vault(client: &Client) -> Outcome {
    let tenant = "11111111-2222-4333-8444-555555555555";
    let properties = VaultProperties::new(tenant, Sku::new("A", SkuName::Standard))
        .enable_rbac_authorization(true);
    let parameters = VaultCreateOrUpdateParameters::new("westeurope", properties);
    let subscription = "22222222-3333-4444-8555-666666666666";
    let create = CreateOrUpdate::new(subscription, "demo-group", "demo", parameters);
    let vault = client.poller(create).await?.wait().await?.into_body();
    let state = vault.properties.provisioning_state;
    let state = state.as_ref().map_or("-", AsRef::as_ref);
    let url = vault.properties.vault_uri.unwrap_or_default();
    Ok(format!("{state}: the vault is at {url}"))
}
