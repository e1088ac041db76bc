use super::tls;
use crate::Failure;
use crate::host::{self, Host};
use azure_core::credentials::{AccessToken, TokenCredential, TokenRequestOptions};
use azure_core::http::{ClientOptions, Transport};
use azure_core::time::{Duration, OffsetDateTime};
use azure_security_keyvault_keys::{KeyClient, KeyClientOptions};
use std::sync::Arc;

/// Those of the client that `azure_core` makes where it is given none.
const CONNECT_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(20);
const READ_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(60);

/// The client of the vendor.
#[derive(Clone)]
pub struct Official(Arc<KeyClient>);

#[derive(Debug)]
struct Given;

#[async_trait::async_trait]
impl TokenCredential for Given {
    async fn get_token(
        &self,
        _: &[&str],
        _: Option<TokenRequestOptions<'_>>,
    ) -> azure_core::Result<AccessToken> {
        let expires = OffsetDateTime::now_utc() + Duration::days(1);
        Ok(AccessToken::new(host::token(), expires))
    }
}

impl Official {
    pub(super) fn new(host: &Host) -> Result<Self, Failure> {
        let reqwest = tls::reqwest(host)?
            .connect_timeout(CONNECT_TIMEOUT)
            .read_timeout(READ_TIMEOUT)
            .build()?;
        let options = KeyClientOptions {
            client_options: ClientOptions {
                transport: Some(Transport::new(Arc::new(reqwest))),
                ..ClientOptions::default()
            },
            ..KeyClientOptions::default()
        };
        let client = KeyClient::new(&host.vault(), Arc::new(Given), Some(options))?;
        Ok(Self(Arc::new(client)))
    }

    pub(super) async fn key_id(&self) -> Result<Option<String>, Failure> {
        let key = self.0.get_key("k", None).await?.into_model()?;
        Ok(key.key.and_then(|key| key.kid))
    }
}
