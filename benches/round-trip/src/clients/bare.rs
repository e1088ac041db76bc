use super::tls;
use crate::Failure;
use crate::host::{self, Host};
use reqwest::header::ACCEPT;
use serde::Deserialize;
use std::collections::HashMap;
use std::time::Duration;

/// That of our client.
const TIMEOUT: Duration = Duration::from_secs(60);

/// The least that gets a key: one request, whose token is known to be wanted.
#[derive(Clone)]
pub struct Bare {
    client: reqwest::Client,
    vault: String,
    token: String,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "a model has all members, whoever reads them")]
struct KeyBundle {
    key: Option<JsonWebKey>,
    attributes: Option<Attributes>,
    tags: Option<HashMap<String, String>>,
    managed: Option<bool>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "a model has all members, whoever reads them")]
struct JsonWebKey {
    kid: Option<String>,
    kty: Option<String>,
    key_ops: Option<Vec<String>>,
    n: Option<String>,
    e: Option<String>,
    crv: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "a model has all members, whoever reads them")]
struct Attributes {
    enabled: Option<bool>,
    created: Option<i64>,
    updated: Option<i64>,
    exp: Option<i64>,
    nbf: Option<i64>,
    recovery_level: Option<String>,
    recoverable_days: Option<i32>,
    exportable: Option<bool>,
}

impl Bare {
    pub(super) fn new(host: &Host) -> Result<Self, Failure> {
        Ok(Self {
            client: tls::reqwest(host)?.timeout(TIMEOUT).build()?,
            vault: host.vault(),
            token: host::token(),
        })
    }

    pub(super) async fn key_id(&self) -> Result<Option<String>, Failure> {
        let url = format!("{}/keys/{}?api-version=2025-07-01", self.vault, "k");
        let request = self.client.get(url).bearer_auth(&self.token);
        let response = request.header(ACCEPT, "application/json").send().await?;
        let body = response.error_for_status()?.bytes().await?;
        let bundle: KeyBundle = serde_json::from_slice(&body)?;
        Ok(bundle.key.and_then(|key| key.kid))
    }
}
