//! Makes, reads, lists, updates, rotates, deletes and recovers keys.

use keyvault_rest::keys::models::{
    DeletedKeyBundle, JsonWebKeyCurveName, JsonWebKeyOperation, JsonWebKeyType, KeyAttributes,
    KeyBundle, KeyCreateParameters, KeyItem, KeyListResult, KeyUpdateParameters,
};
use keyvault_rest::keys::{
    CreateKey, DeleteKey, GetDeletedKey, GetKey, GetKeyVersions, GetKeys, PurgeDeletedKey,
    RecoverDeletedKey, RotateKey, UpdateKey,
};
use keyvault_rest::runtime::http::{Request, Response};
use keyvault_rest::{Endpoint, Error, Operation};

/// Any blocking client, with the bearer token already in it.
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

fn create(client: &Client) -> Result<KeyBundle, Error> {
    let parameters = KeyCreateParameters::new(JsonWebKeyType::EcHsm)
        .curve(JsonWebKeyCurveName::P256K)
        .key_ops([JsonWebKeyOperation::Sign, JsonWebKeyOperation::Verify])
        .key_attributes(KeyAttributes::default().enabled(true).exportable(false))
        .tags([("team", "payments"), ("stage", "test")]);
    client.call(&CreateKey::new("my-key", parameters))
}

fn disable(client: &Client, version: &str) -> Result<KeyBundle, Error> {
    let parameters =
        KeyUpdateParameters::default().key_attributes(KeyAttributes::default().enabled(false));
    client.call(&UpdateKey::new("my-key", parameters).key_version(version))
}

fn names(client: &Client) -> Result<Vec<String>, Error> {
    let page: KeyListResult = client.call(&GetKeys::new().maxresults(10))?;
    let items: Vec<KeyItem> = page.value.unwrap_or_default();
    Ok(items.into_iter().filter_map(|item| item.kid).collect())
}

fn rest(client: &Client) -> Result<(), Error> {
    let key: KeyBundle = client.call(&GetKey::new("my-key"))?;
    let created = key.attributes.and_then(|attributes| attributes.created);
    if created
        .is_some_and(|created| created < keyvault_rest::runtime::time::OffsetDateTime::now_utc())
    {
        let _: KeyBundle = client.call(&RotateKey::new("my-key"))?;
    }
    let _: KeyListResult = client.call(&GetKeyVersions::new("my-key"))?;
    let deleted: DeletedKeyBundle = client.call(&DeleteKey::new("my-key"))?;
    let _: Option<String> = deleted.recovery_id;
    let _: DeletedKeyBundle = client.call(&GetDeletedKey::new("my-key"))?;
    let _: KeyBundle = client.call(&RecoverDeletedKey::new("my-key"))?;
    let () = client.call(&PurgeDeletedKey::new("my-key"))?;
    Ok(())
}

fn main() {
    let _ = (create, disable, names, rest);
}
