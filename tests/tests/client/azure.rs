//! A credential of `azure_core`, as `azure_identity` brings them.

use crate::support::*;
use azure_core::credentials::{AccessToken, TokenCredential, TokenRequestOptions};
use keyvault_loopback::Answer;
use keyvault_rest::Error;
use keyvault_rest::backup::FullBackup;
use keyvault_rest::backup::models::SASTokenParameter;
use keyvault_rest::client::{AzureCredential, Client};
use keyvault_rest::runtime::time::{Duration, OffsetDateTime};
use keyvault_rest::secrets::GetSecrets;
use serde_json::json;
use std::sync::{Arc, Mutex};

#[derive(Debug, Default)]
struct Fixed {
    asked: Mutex<Vec<Vec<String>>>,
    broken: bool,
}

#[async_trait::async_trait]
impl TokenCredential for Fixed {
    async fn get_token(
        &self,
        scopes: &[&str],
        _options: Option<TokenRequestOptions<'_>>,
    ) -> azure_core::Result<AccessToken> {
        let scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
        self.asked.lock().unwrap().push(scopes);
        if self.broken {
            let kind = azure_core::error::ErrorKind::Credential;
            return Err(azure_core::Error::with_message(kind, "signed out"));
        }
        let expires = OffsetDateTime::now_utc() + Duration::HOUR;
        Ok(AccessToken::new(format!("{TOKEN}-1"), expires))
    }
}

fn client(server: &keyvault_loopback::Server, credential: &Arc<Fixed>) -> Client {
    let credential: Arc<dyn TokenCredential> = Arc::clone(credential) as _;
    built(builder(server, AzureCredential::new(credential)))
}

#[tokio::test]
async fn it_gives_the_token_for_a_request() {
    let server = vault_with([ok(&secret())]);
    let credential = Arc::new(Fixed::default());
    let client = client(&server, &credential);
    for _ in 0..2 {
        bounded(client.send(get())).await.unwrap();
    }
    assert_eq!(header(&authorized(&server)[0], "authorization"), bearer(1));
    assert_eq!(
        *credential.asked.lock().unwrap(),
        [["https://vault.azure.net/.default"]]
    );
}

#[tokio::test]
async fn it_gives_the_token_for_pages() {
    let next = format!("https://{HOST}/secrets?$skiptoken={SKIP_TOKEN}");
    let server = vault_with([
        ok(&json!({"value": [{"id": "1"}], "nextLink": next})),
        ok(&json!({"value": [{"id": "2"}]})),
    ]);
    let mut items = client(&server, &Arc::default()).items(GetSecrets::new());
    let mut count = 0;
    while let Some(item) = bounded(items.next()).await {
        item.unwrap();
        count += 1;
    }
    assert_eq!((count, authorized(&server).len()), (2, 2));
}

#[tokio::test]
async fn it_gives_the_token_for_a_poller() {
    let begun = Answer::new(202)
        .json(&json!({"status": "InProgress"}))
        .header(
            "azure-asyncoperation",
            format!("https://{HOST}/backup/1/pending"),
        );
    let server = vault_with([begun, ok(&json!({"status": "Succeeded"}))]);
    let backup = FullBackup::new(SASTokenParameter::new("https://a.blob.core.windows.net/c"));
    let client = client(&server, &Arc::default());
    let mut poller = bounded(client.poller(backup)).await.unwrap();
    bounded(poller.wait()).await.unwrap();
    assert_eq!(authorized(&server).len(), 2);
}

#[tokio::test]
async fn its_failure_is_told() {
    let server = vault_with([ok(&secret())]);
    let broken = Fixed {
        broken: true,
        ..Fixed::default()
    };
    let error = failed(client(&server, &Arc::new(broken)).send(set())).await;
    let Error::Credential(error) = error else {
        panic!("{error:?}")
    };
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert!(source.contains("signed out"), "{source}");
    assert_bare(&server);
}

#[tokio::test]
async fn claims_are_told_to_be_beyond_it() {
    let claims = r#"Bearer error="insufficient_claims", claims="eyJhIjoxfQ==""#;
    let server = vault_with([challenge(claims)]);
    let credential = Arc::new(Fixed::default());
    let error = failed(client(&server, &credential).send(set())).await;
    let Error::Credential(error) = error else {
        panic!("{error:?}")
    };
    assert!(error.to_string().contains("claims"), "{error}");
    assert_eq!(credential.asked.lock().unwrap().len(), 1);
}

#[test]
fn it_is_made_of_a_credential_of_any_type_and_shows_nothing() {
    let credential = AzureCredential::from(Arc::new(Fixed::default()));
    assert_eq!(format!("{credential:?}"), "AzureCredential");
}
