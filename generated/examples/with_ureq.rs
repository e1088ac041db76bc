//! Lists secrets with ureq: blocking, and without the feature `client`.
//!
//! The pages are followed by `Pager`, which also sees to it that no link leads the token elsewhere.
//!
//! ```sh
//! cargo run -p keyvault-rest --example with_ureq -- myvault
//! ```
#![forbid(unsafe_code)]

use keyvault_rest::runtime::http::header::{AUTHORIZATION, HeaderValue};
use keyvault_rest::runtime::http::{Request, Response};
use keyvault_rest::runtime::{PageRequest, Pager};
use keyvault_rest::secrets::GetSecrets;
use keyvault_rest::{Cloud, Endpoint, Operation, PagedOperation, VaultUrl};
use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;
use ureq::tls::{RootCerts, TlsConfig};

#[path = "shared/arguments.rs"]
mod arguments;
#[path = "shared/token.rs"]
mod token;

/// What it takes to send a request.
struct Sender {
    agent: ureq::Agent,
    token: String,
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let [vault] = arguments::arguments("with_ureq VAULT")?;
    let vault: Endpoint = VaultUrl::of(&vault, Cloud::Public)?.into();
    let sender = Sender {
        agent: agent(),
        token: token::token()?,
    };

    let list = GetSecrets::new();
    let mut pager = Pager::new();
    loop {
        let request = match pager.next() {
            PageRequest::First => list.request(&vault)?,
            PageRequest::At(url) => Request::get(url).body(Vec::new())?,
            _ => return Ok(()),
        };
        let response = list.response(sender.send(request)?)?;
        let page = GetSecrets::page(response.into_body());
        for secret in page.items() {
            println!("{}", secret.id.as_deref().unwrap_or("-"));
        }
        pager.answer(&vault, page.next_link(), page.items().len())?;
    }
}

/// A client that leaves errors of the service to us, and follows no redirect with the token.
fn agent() -> ureq::Agent {
    let trusted = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier);
    ureq::Agent::config_builder()
        .tls_config(trusted.build())
        .http_status_as_error(false)
        .max_redirects(0)
        .https_only(true)
        .timeout_global(Some(Duration::from_secs(60)))
        .build()
        .into()
}

impl Sender {
    fn send(&self, mut request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Box<dyn Error>> {
        let mut token = format!("Bearer {}", self.token).parse::<HeaderValue>()?;
        token.set_sensitive(true);
        request.headers_mut().insert(AUTHORIZATION, token);
        let (head, mut body) = self.agent.run(request)?.into_parts();
        Ok(Response::from_parts(head, body.read_to_vec()?))
    }
}
