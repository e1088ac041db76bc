//! Stores, reads, lists, updates, deletes, recovers, backs up and restores secrets.

use std::time::{Duration, SystemTime};

use keyvault_rest::runtime::http::{Request, Response};
use keyvault_rest::runtime::time::OffsetDateTime;
use keyvault_rest::secrets::models::{
    BackupSecretResult, ContentType, DeletedSecretBundle, DeletedSecretListResult,
    SecretAttributes, SecretBundle, SecretItem, SecretListResult, SecretRestoreParameters,
    SecretSetParameters, SecretUpdateParameters,
};
use keyvault_rest::secrets::{
    BackupSecret, DeleteSecret, GetDeletedSecret, GetDeletedSecrets, GetSecret, GetSecretVersions,
    GetSecrets, PurgeDeletedSecret, RecoverDeletedSecret, RestoreSecret, SetSecret, UpdateSecret,
};
use keyvault_rest::{Base64Url, Endpoint, Error, Operation, Secret, UnixTime};

struct Client {
    vault: Endpoint,
    send: fn(Request<Vec<u8>>) -> Response<Vec<u8>>,
}

impl Client {
    fn call<O: Operation>(&self, operation: &O) -> Result<O::Output, Error> {
        let request = operation.request(&self.vault)?;
        let response = operation.response((self.send)(request))?;
        Ok(response.into_body())
    }
}

fn store(client: &Client, password: String) -> Result<Option<String>, Error> {
    let in_ninety_days = SystemTime::now() + Duration::from_secs(90 * 86_400);
    let parameters = SecretSetParameters::new(password)
        .content_type("password")
        .secret_attributes(SecretAttributes::default().expires(in_ninety_days))
        .tags([("team", "payments"), ("stage", "test")]);
    let stored: SecretBundle = client.call(&SetSecret::new("db-password", parameters))?;
    Ok(stored.id)
}

fn password(client: &Client) -> Result<Option<Secret<String>>, Error> {
    let bundle: SecretBundle = client.call(&GetSecret::new("db-password"))?;
    Ok(bundle.value)
}

/// The secret behind a certificate, as PEM whatever it is stored as.
fn private_key(client: &Client, version: &str) -> Result<Option<String>, Error> {
    let request = GetSecret::new("tls")
        .secret_version(version)
        .out_content_type(ContentType::Pem);
    let bundle = client.call(&request)?;
    Ok(bundle.value.map(Secret::into_exposed))
}

fn expired(client: &Client) -> Result<Vec<String>, Error> {
    let page: SecretListResult = client.call(&GetSecrets::new().maxresults(25))?;
    let items: Vec<SecretItem> = page.value.unwrap_or_default();
    let is_expired = |item: &SecretItem| {
        let expires = item.attributes.as_ref().and_then(|a| a.expires);
        expires.is_some_and(|expires| expires < OffsetDateTime::now_utc())
    };
    let expired = items.into_iter().filter(is_expired);
    Ok(expired.filter_map(|item| item.id).collect())
}

fn disable(client: &Client, version: &str) -> Result<bool, Error> {
    let parameters = SecretUpdateParameters::default()
        .secret_attributes(SecretAttributes::default().enabled(false))
        .content_type("text/plain")
        .tags([("retired", "yes")]);
    let update = UpdateSecret::new("db-password", parameters).secret_version(version);
    let updated = client.call(&update)?;
    let enabled = updated.attributes.and_then(|attributes| attributes.enabled);
    Ok(enabled == Some(false))
}

fn move_to_another_vault(from: &Client, to: &Client) -> Result<(), Error> {
    let backup: BackupSecretResult = from.call(&BackupSecret::new("db-password"))?;
    let Some(blob): Option<Secret<Base64Url>> = backup.value else {
        return Ok(());
    };
    let restored = to.call(&RestoreSecret::new(SecretRestoreParameters::new(blob)))?;
    assert_eq!(restored.value, None);
    Ok(())
}

fn delete(client: &Client) -> Result<Option<UnixTime>, Error> {
    let deleted: DeletedSecretBundle = client.call(&DeleteSecret::new("db-password"))?;
    let _: Option<String> = deleted.recovery_id;
    let pending: DeletedSecretListResult = client.call(&GetDeletedSecrets::new().maxresults(5))?;
    let _: Option<String> = pending.next_link;
    let deleted = client.call(&GetDeletedSecret::new("db-password"))?;
    Ok(deleted.scheduled_purge_date)
}

fn recover_one_and_purge_another(client: &Client) -> Result<Option<String>, Error> {
    let recovered: SecretBundle = client.call(&RecoverDeletedSecret::new("db-password"))?;
    let () = client.call(&PurgeDeletedSecret::new("old-password"))?;
    let versions = GetSecretVersions::new("db-password").maxresults(1);
    let versions: SecretListResult = client.call(&versions)?;
    Ok(recovered.id.or(versions.next_link))
}

fn main() {
    let _ = (store, password, private_key, expired, disable);
    let _ = (move_to_another_vault, delete, recover_one_and_purge_another);
}
