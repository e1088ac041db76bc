//! Sets secrets through Azure Resource Manager, which never gives their values back.

use keyvault_rest::management::models;
use keyvault_rest::management::models::{
    Attributes, SecretAttributes, SecretCreateOrUpdateParameters, SecretListResult,
    SecretPatchParameters, SecretPatchProperties, SecretProperties,
};
use keyvault_rest::management::secrets::{CreateOrUpdate, Get, List, Update};
use keyvault_rest::runtime::http::{Request, Response};
use keyvault_rest::{Endpoint, Error, Operation, Secret, UnixTime};

const SUBSCRIPTION: &str = "00000000-0000-0000-0000-000000000000";
const GROUP: &str = "sample-group";

struct Client {
    arm: Endpoint,
    send: fn(Request<Vec<u8>>) -> Response<Vec<u8>>,
}

impl Client {
    fn call<O: Operation>(&self, operation: &O) -> Result<O::Output, Error> {
        let request = operation.request(&self.arm)?;
        let response = operation.response((self.send)(request))?;
        Ok(response.into_body())
    }
}

fn create(client: &Client, value: Secret<String>) -> Result<Option<String>, Error> {
    let properties = SecretProperties::default()
        .value(value)
        .content_type("password")
        .attributes(SecretAttributes::default().enabled(true));
    let parameters = SecretCreateOrUpdateParameters::new(properties).tags([("team", "payments")]);
    let create = CreateOrUpdate::new(SUBSCRIPTION, GROUP, "sample-vault", "db", parameters);
    let secret: models::Secret = client.call(&create)?;
    Ok(secret.properties.secret_uri_with_version)
}

fn replace(client: &Client, value: &str, expires: UnixTime) -> Result<bool, Error> {
    let properties = SecretPatchProperties::default()
        .value(value)
        .attributes(Attributes::default().expires(expires));
    let parameters = SecretPatchParameters::default().properties(properties);
    let update = Update::new(SUBSCRIPTION, GROUP, "sample-vault", "db", parameters);
    let attributes: Option<SecretAttributes> = client.call(&update)?.properties.attributes;
    Ok(attributes.and_then(|attributes| attributes.expires) == Some(expires))
}

fn read(client: &Client) -> Result<SecretProperties, Error> {
    let get = Get::new(SUBSCRIPTION, GROUP, "sample-vault", "db");
    Ok(client.call(&get)?.properties)
}

fn names(client: &Client) -> Result<Vec<String>, Error> {
    let list = List::new(SUBSCRIPTION, GROUP, "sample-vault").top(25);
    let page: SecretListResult = client.call(&list)?;
    let secrets: Vec<models::Secret> = page.value;
    Ok(secrets
        .into_iter()
        .filter_map(|secret| secret.name)
        .collect())
}

fn main() {
    let _ = (create, replace, read, names);
}
