//! Both directions of every operation: what is built is parsed and built again as it was, and what is replied is read as it
//! was meant.
#![forbid(unsafe_code)]
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that fails may panic"
)]

mod fake;
#[allow(dead_code, reason = "its `main` is for `cargo run`")]
#[path = "../../../generated/examples/fake_vault.rs"]
mod fake_vault;
mod made;

use keyvault_codegen::Api;
use keyvault_rest::Endpoint;
use keyvault_rest::management::server::Request as ManagementRequest;
use keyvault_rest::runtime::http::{Request, Response};
use keyvault_rest::server::{
    AnyRequest, Request as VaultRequest, RequestError, Routes, ServedOperation,
};
use keyvault_tests::described::{Described, described, entries};
use serde_json::Value;

use made::{Extent, Maker};

fn api() -> Api {
    serde_json::from_str(include_str!("../../../generated/api.json")).unwrap()
}

/// The id of the operation that a request is parsed as, and the request that it makes.
fn there_and_back(
    service: &str,
    request: &Request<Vec<u8>>,
    endpoint: &Endpoint,
) -> Result<(&'static str, Request<Vec<u8>>), RequestError> {
    fn of<R: AnyRequest + PartialEq + std::fmt::Debug>(
        request: &Request<Vec<u8>>,
        endpoint: &Endpoint,
    ) -> Result<(&'static str, Request<Vec<u8>>), RequestError> {
        let parsed = R::parse(request)?;
        let again = parsed.request(endpoint).unwrap();
        assert_eq!(R::parse(&again)?, parsed);
        Ok((parsed.meta().id(), again))
    }
    match service {
        "management" => of::<ManagementRequest>(request, endpoint),
        _ => of::<VaultRequest>(request, endpoint),
    }
}

#[test]
fn every_request_is_parsed_and_built_again_as_it_was() {
    let api = api();
    let endpoint = Endpoint::new("https://host:8443").unwrap();
    let mut checked = 0;
    let described = described(&api).unwrap();
    for Described {
        service,
        operation,
        make,
    } in &described
    {
        for extent in [Extent::Least, Extent::Whole] {
            let maker = Maker {
                api: &api,
                extent,
                read_only: false,
            };
            let what = format!("{} {extent:?}", operation.id);
            let call = make(&maker.given(operation)).unwrap();
            let request = (call.request)(&endpoint);
            let request = request.unwrap_or_else(|error| panic!("{what}: {error}"));
            let (id, again) = there_and_back(&service.name, &request, &endpoint)
                .unwrap_or_else(|error| panic!("{what}: {error}"));
            assert!(id == operation.id || operation.overload, "{what}: {id}");
            assert_eq!(again.method(), request.method(), "{what}");
            assert_eq!(again.uri(), request.uri(), "{what}");
            assert_eq!(again.headers(), request.headers(), "{what}");
            assert_eq!(again.body(), request.body(), "{what}");
            checked += 1;
        }
    }
    assert_eq!(checked, 2 * described.len());
}

/// Makes a response to each operation, and takes the reply to it.
struct Replies<'a> {
    api: &'a Api,
    checked: usize,
}

impl<R> Routes<R> for Replies<'_> {
    fn operation<O: ServedOperation>(&mut self, _: fn(O) -> R) {
        let service = self.api.service(O::META.service().name).unwrap();
        let operation = service.operation(O::META.id()).unwrap();
        for extent in [Extent::Least, Extent::Whole] {
            let maker = Maker {
                api: self.api,
                extent,
                read_only: true,
            };
            let body = operation.payload.ty().map(|ty| maker.value(ty, 0));
            let bytes = body
                .as_ref()
                .map_or(Vec::new(), |body| body.to_string().into());
            let reply = O::read_and_reply(Response::new(bytes))
                .unwrap_or_else(|error| panic!("{}: {error}", operation.id));
            let again: Option<Value> = serde_json::from_slice(reply.body()).ok();
            assert_eq!(again, body, "{} {extent:?}", operation.id);
            self.checked += 1;
        }
    }

    fn service<S: AnyRequest>(&mut self, _: fn(S) -> R) {
        S::routes(self);
    }
}

#[tokio::test]
async fn the_fake_vault_of_the_examples_plays_its_part() {
    fake_vault::run().await.unwrap();
}

#[test]
fn every_response_is_read_and_replied_as_it_was() {
    let api = api();
    let mut replies = Replies {
        api: &api,
        checked: 0,
    };
    <VaultRequest as AnyRequest>::routes(&mut replies);
    <ManagementRequest as AnyRequest>::routes(&mut replies);
    assert_eq!(replies.checked, 2 * entries().count());
}
