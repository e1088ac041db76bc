use crate::Failure;
use crate::host::{self, Host, NAME};
use keyvault_rest::client::AccessToken;
use keyvault_rest::keys::GetKey;
use keyvault_rest::{Client, Endpoint};
use std::time::{Duration, SystemTime};

/// Our client as users make it.
#[derive(Clone)]
pub struct Ours(Client);

impl Ours {
    pub(super) fn new(host: &Host) -> Result<Self, Failure> {
        let expires = SystemTime::now() + Duration::from_secs(24 * 3600);
        let token = AccessToken::new(host::token(), expires);
        let client = Client::builder(Endpoint::new(&host.vault())?, token)
            .root_certificate(host.certificate.as_str())
            .resolve(NAME, host.address)
            .build()?;
        Ok(Self(client))
    }

    pub(super) async fn key_id(&self) -> Result<Option<String>, Failure> {
        let bundle = self.0.send(GetKey::new("k")).await?.into_body();
        Ok(bundle.key.and_then(|key| key.kid))
    }
}
