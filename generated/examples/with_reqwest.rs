//! Reads a key with a reqwest client of one's own: without the feature `client`.
//!
//! ```sh
//! cargo run -p keyvault-rest --example with_reqwest -- myvault my-key
//! ```
#![forbid(unsafe_code)]

use keyvault_rest::keys::GetKey;
use keyvault_rest::runtime::TransportErrorKind;
use keyvault_rest::runtime::http;
use keyvault_rest::runtime::http::header::{AUTHORIZATION, HeaderValue};
use keyvault_rest::{
    Cloud, CredentialError, Endpoint, Error, Operation, Response, TransportError, VaultUrl,
};
use std::process::ExitCode;

#[path = "shared/arguments.rs"]
mod arguments;
#[path = "shared/token.rs"]
mod token;

/// An endpoint, and what it takes to send requests there.
struct Vault {
    endpoint: Endpoint,
    http: reqwest::Client,
    token: String,
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

async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let [vault, name] = arguments::arguments("with_reqwest VAULT KEY")?;
    let vault = Vault {
        endpoint: VaultUrl::of(&vault, Cloud::Public)?.into(),
        http: http_client()?,
        token: token::token()?,
    };
    let key = vault.send(&GetKey::new(name)).await?.into_body();
    println!("{:?}", key.key);
    Ok(())
}

fn http_client() -> Result<reqwest::Client, Box<dyn std::error::Error>> {
    // Without a default provider of its own, reqwest takes the one of the process.
    rustls::crypto::ring::default_provider()
        .install_default()
        .map_err(|_| "there is a provider of cryptography already")?;
    // Key Vault never redirects, and the token must not follow.
    let redirects = reqwest::redirect::Policy::none();
    Ok(reqwest::Client::builder().redirect(redirects).build()?)
}

impl Vault {
    async fn send<O: Operation>(&self, operation: &O) -> Result<Response<O::Output>, Error> {
        let request = operation.request(&self.endpoint)?;
        let mut request = reqwest::Request::try_from(request).map_err(unanswered)?;
        request.headers_mut().insert(AUTHORIZATION, self.header()?);

        let mut answer = self.http.execute(request).await.map_err(unanswered)?;
        let (status, headers) = (answer.status(), std::mem::take(answer.headers_mut()));
        let body = answer.bytes().await.map_err(unanswered)?;

        let mut response = http::Response::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        operation.response(response)
    }

    fn header(&self) -> Result<HeaderValue, CredentialError> {
        let header = HeaderValue::try_from(format!("Bearer {}", self.token));
        let mut header = header.map_err(|_| CredentialError::new("the token is none"))?;
        header.set_sensitive(true);
        Ok(header)
    }
}

/// The URL goes: its query can hold a token.
fn unanswered(error: reqwest::Error) -> TransportError {
    let kind = match error.is_connect() {
        true => TransportErrorKind::Connect,
        false => TransportErrorKind::Broken,
    };
    TransportError::new(kind).with_source(error.without_url())
}
