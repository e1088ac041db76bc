//! A fake vault, for the tests of code that calls Key Vault: it lives in memory, and the client talks to it without a
//! socket. The requests that it sees are typed, and so are its answers.
//!
//! ```sh
//! cargo run -p keyvault-rest --features client,server --example fake_vault
//! ```
//!
//! `rotate` stands for the code under test. It meets what it would meet at a real vault: the question for a token, the
//! conflict with a deleted secret, a recovery that takes its time.
#![forbid(unsafe_code)]

use keyvault_rest::client::{AccessToken, BoxFuture, Bytes, CallOptions, Limits, Transport};
use keyvault_rest::runtime::http::{Request as HttpRequest, Response as HttpResponse, StatusCode};
use keyvault_rest::secrets::models::{DeletedSecretBundle, SecretBundle, SecretSetParameters};
use keyvault_rest::secrets::server::Request;
use keyvault_rest::secrets::{DeleteSecret, GetSecret, RecoverDeletedSecret, SetSecret};
use keyvault_rest::server::{AnyRequest, ErrorReply, ServedOperation, challenge};
use keyvault_rest::{BuildError, Client, Endpoint, TransportError};
use std::collections::BTreeMap;
use std::error::Error;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

const VAULT: &str = "https://myvault.vault.azure.net";
const TENANT: &str = "https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000";
const NAME: &str = "db-password";

/// The code under test: stores a new password, also where the old one has been deleted.
async fn rotate(client: &Client, password: &str) -> Result<SecretBundle, keyvault_rest::Error> {
    let set = SetSecret::new(NAME, SecretSetParameters::new(password));
    let stored = match client.send(set.clone()).await {
        Err(error) if error.is_conflict_soft_deleted() => {
            client
                .send_and_settle(RecoverDeletedSecret::new(NAME))
                .await?;
            client.send(set).await
        }
        other => other,
    };
    Ok(stored?.into_body())
}

/// A vault that knows secrets alone. Clones are the same vault.
#[derive(Clone, Default)]
struct FakeVault {
    secrets: Arc<Mutex<BTreeMap<String, Stored>>>,
}

#[derive(Default)]
struct Stored {
    /// Oldest first.
    versions: Vec<SecretBundle>,
    is_deleted: bool,
    /// How often it is not found yet after its recovery.
    hidden: usize,
}

/// A reply, unless a model cannot be written as JSON.
type Reply = Result<HttpResponse<Vec<u8>>, BuildError>;

impl FakeVault {
    /// Answers as the service does.
    fn answer(&self, request: &HttpRequest<Bytes>) -> HttpResponse<Vec<u8>> {
        if !request.headers().contains_key("authorization") {
            return challenge(TENANT, "https://vault.azure.net").unwrap_or_default();
        }
        match Request::parse(request) {
            Ok(request) => self.reply(&request).unwrap_or_else(|error| {
                error_of(StatusCode::INTERNAL_SERVER_ERROR, "Fake", error.to_string())
            }),
            Err(error) => error.reply().response(),
        }
    }

    /// What this fake can do. Anything else tells the author of the test so.
    fn reply(&self, request: &Request) -> Reply {
        match request {
            Request::SetSecret(set) => self.set(set),
            Request::GetSecret(get) => self.get(get),
            Request::DeleteSecret(delete) => self.delete(delete),
            Request::RecoverDeletedSecret(recover) => self.recover(recover),
            other => {
                let message = format!("the fake vault has no {}", other.meta().id());
                Ok(error_of(StatusCode::NOT_IMPLEMENTED, "Fake", message))
            }
        }
    }

    fn set(&self, set: &SetSecret) -> Reply {
        let (name, parameters) = set.given();
        let mut secrets = self.secrets();
        let stored = secrets.entry(name.to_owned()).or_default();
        if stored.is_deleted {
            let error = ErrorReply::new(StatusCode::CONFLICT, "Conflict", "It is deleted.");
            return Ok(error.inner_code("ObjectIsDeletedButRecoverable").response());
        }
        let mut bundle = SecretBundle::default();
        let version = stored.versions.len() + 1;
        bundle.id = Some(format!("{VAULT}/secrets/{name}/{version:032x}"));
        bundle.value = Some(parameters.value.clone());
        bundle.tags = parameters.tags.clone();
        stored.versions.push(bundle.clone());
        set.reply(&bundle)
    }

    fn get(&self, get: &GetSecret) -> Reply {
        let (name, version, _) = get.given();
        let mut secrets = self.secrets();
        let stored = secrets.get_mut(name).filter(|stored| !stored.is_deleted);
        let Some(stored) = stored else {
            return Ok(not_found());
        };
        if stored.hidden > 0 {
            stored.hidden -= 1;
            return Ok(not_found());
        }
        let is_wanted = |bundle: &&SecretBundle| {
            let id = bundle.id.as_deref().unwrap_or_default();
            version.is_none_or(|version| id.ends_with(version))
        };
        match stored.versions.iter().rev().find(is_wanted) {
            Some(bundle) => get.reply(bundle),
            None => Ok(not_found()),
        }
    }

    fn delete(&self, delete: &DeleteSecret) -> Reply {
        let name = delete.given();
        let mut secrets = self.secrets();
        let Some(stored) = secrets.get_mut(name).filter(|stored| !stored.is_deleted) else {
            return Ok(not_found());
        };
        stored.is_deleted = true;
        let mut deleted = DeletedSecretBundle::default();
        deleted.recovery_id = Some(format!("{VAULT}/deletedsecrets/{name}"));
        delete.reply(&deleted)
    }

    fn recover(&self, recover: &RecoverDeletedSecret) -> Reply {
        let mut secrets = self.secrets();
        let stored = secrets.get_mut(recover.given());
        let Some(stored) = stored.filter(|stored| stored.is_deleted) else {
            return Ok(not_found());
        };
        stored.is_deleted = false;
        stored.hidden = 2;
        let mut bundle = stored.versions.last().cloned().unwrap_or_default();
        bundle.value = None;
        recover.reply(&bundle)
    }

    fn secrets(&self) -> MutexGuard<'_, BTreeMap<String, Stored>> {
        self.secrets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn not_found() -> HttpResponse<Vec<u8>> {
    error_of(
        StatusCode::NOT_FOUND,
        "SecretNotFound",
        "There is no such secret.".to_owned(),
    )
}

fn error_of(status: StatusCode, code: &str, message: String) -> HttpResponse<Vec<u8>> {
    ErrorReply::new(status, code, message).response()
}

/// The client sends to the fake instead of a host, and waits for nothing.
impl Transport for FakeVault {
    fn send<'a>(
        &'a self,
        request: &'a HttpRequest<Bytes>,
        _: Limits,
    ) -> BoxFuture<'a, Result<HttpResponse<Vec<u8>>, TransportError>> {
        Box::pin(async { Ok(self.answer(request)) })
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::ready(()))
    }
}

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

/// The test.
pub async fn run() -> Result<(), Box<dyn Error>> {
    let vault = FakeVault::default();
    let client = client(&vault)?;

    let first = rotate(&client, "first").await?;
    println!("stored {}", first.id.unwrap_or_default());
    client.send(DeleteSecret::new(NAME)).await?;
    println!("deleted");
    let second = rotate(&client, "second").await?;
    println!("recovered, and stored {}", second.id.unwrap_or_default());

    let current = client.send(GetSecret::new(NAME)).await?.into_body();
    let value = current.value.ok_or("the secret has no value")?;
    let kept = vault.secrets()[NAME].versions.len();
    match (value.expose().as_str(), kept) {
        ("second", 2) => Ok(()),
        _ => Err(format!("another value is current, of {kept} versions").into()),
    }
}

/// The client of production, but for where it sends and that it has all the time in the world.
fn client(vault: &FakeVault) -> Result<Client, keyvault_rest::Error> {
    let an_hour = Duration::from_secs(3600);
    let token = AccessToken::new("not-a-token", SystemTime::now() + an_hour);
    Client::builder(Endpoint::new(VAULT)?, token)
        .transport(vault.clone())
        .options(CallOptions::new().poll_interval(Duration::from_millis(1)))
        .build()
}
