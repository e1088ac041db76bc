//! A client of one's own, async and generic: requests go out with a token and come back as pages.

use std::future::Future;

use keyvault_rest::keys::{GetKeys, models::KeyItem};
use keyvault_rest::runtime::http::header::{AUTHORIZATION, HeaderValue};
use keyvault_rest::runtime::http::{Request, Response};
use keyvault_rest::{Endpoint, Error, Operation, Secret};

trait Transport {
    fn send(&self, request: Request<Vec<u8>>) -> impl Future<Output = Response<Vec<u8>>> + Send;
}

async fn call<O>(
    transport: &impl Transport,
    endpoint: &Endpoint,
    token: &Secret<String>,
    operation: &O,
) -> Result<keyvault_rest::Response<O::Output>, Box<dyn std::error::Error + Send + Sync>>
where
    O: Operation + Sync,
{
    let mut request = operation.request(endpoint)?;
    let mut bearer = HeaderValue::try_from(format!("Bearer {}", token.expose()))?;
    bearer.set_sensitive(true);
    request.headers_mut().insert(AUTHORIZATION, bearer);
    Ok(operation.response(transport.send(request).await)?)
}

async fn first_page(
    transport: &impl Transport,
    endpoint: &Endpoint,
    token: &Secret<String>,
) -> Result<Vec<KeyItem>, Box<dyn std::error::Error + Send + Sync>> {
    let response = call(transport, endpoint, token, &GetKeys::new()).await?;
    Ok(response.into_body().value.unwrap_or_default())
}

fn not_found(error: &Error) -> bool {
    error.service().is_some_and(|error| error.status() == 404)
}

struct Never;

impl Transport for Never {
    async fn send(&self, _: Request<Vec<u8>>) -> Response<Vec<u8>> {
        Response::new(Vec::new())
    }
}

fn is_send(_: impl Send) {}

fn main() {
    let endpoint = Endpoint::new("https://myvault.vault.azure.net").unwrap();
    let token = Secret::from("token");
    is_send(first_page(&Never, &endpoint, &token));
    let _ = not_found;
}
