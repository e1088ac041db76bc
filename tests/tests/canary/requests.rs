//! Every request, built, refused and answered.

use super::api;
use super::made::{Canary, Made, Searched, assert_discreet, assert_silent};
use keyvault_codegen::Api;
use keyvault_codegen::api::{Operation, Type};
use keyvault_rest::runtime::http::{Request, Response};
use keyvault_rest::{Endpoint, Error};
use keyvault_tests::described::{Described, described, entries};
use keyvault_tests::given::{Call, Given, debug};
use serde_json::{Value, json};

/// All operations of the description: each must have a call.
pub fn subjects(api: &Api) -> Vec<Described<'_>> {
    let subjects = described(api).unwrap();
    assert_eq!(subjects.len(), entries().count());
    subjects
}

/// The call of an operation with these arguments.
pub fn call(subject: &Described<'_>, given: &Given) -> Call {
    let call = (subject.make)(given);
    call.unwrap_or_else(|error| panic!("{}: {error}", subject.operation.id))
}

pub fn vault() -> Endpoint {
    Endpoint::new("https://myvault.vault.azure.net").unwrap()
}

/// A response with this text, and a token in one of its headers.
pub fn response(made: &mut Made<'_>, status: u16, body: &str) -> Response<Vec<u8>> {
    let token = made.value("location", &token(), true);
    let url = format!(
        "https://myvault.vault.azure.net/pending?token={}",
        token.as_str().unwrap()
    );
    Response::builder()
        .status(status)
        .header("location", &url)
        .header("azure-asyncoperation", &url)
        .body(body.as_bytes().to_vec())
        .unwrap()
}

fn token() -> Type {
    Type::Scalar(keyvault_codegen::api::Scalar::String)
}

/// The result of an operation, if it has one.
pub fn output(made: &mut Made<'_>, operation: &Operation) -> Value {
    match operation.payload.ty() {
        Some(ty) => made.value(&operation.id, ty, false),
        None => json!({}),
    }
}

/// All of a request that can be shown.
fn shown(request: &Request<impl std::fmt::Debug>) -> String {
    debug(request) + &debug(request.uri()) + &request.uri().to_string()
}

#[test]
fn no_request_shows_a_secret_and_each_builder_shows_all_else() {
    let api = api();
    let subjects = subjects(&api);
    let (mut secrets, mut sent) = (0, 0);
    for subject in &subjects {
        let mut made = Made::new(&api);
        let given = made.arguments(subject.operation);
        let (call, what) = (call(subject, &given), &subject.operation.id);
        assert_discreet(&made, &(call.shown)(), what);
        let request = (call.wiped_request)(&vault()).unwrap();
        assert_silent(made.secrets(), &shown(&request), what);
        // What is not shown is sent: the canaries are where they belong.
        let plain = (call.request)(&vault()).unwrap();
        assert_eq!(plain.body()[..], request.body()[..]);
        let body = Searched::new(&String::from_utf8(plain.into_body()).unwrap());
        sent += made.secrets().filter(|canary| canary.is_in(&body)).count();
        secrets += made.secrets().count();
    }
    println!(
        "{} requests: of {secrets} secret canaries none shown, {sent} sent",
        subjects.len()
    );
    assert!(subjects.len() > 100 && sent > 40);
}

#[test]
fn no_refused_argument_is_shown() {
    let api = api();
    let mut refused = 0;
    for subject in subjects(&api) {
        let mut made = Made::new(&api);
        let given = made.arguments(subject.operation);
        let canaries = made.canaries.clone();
        for (name, value) in &given.parameters {
            let Some(text) = value.as_str() else { continue };
            for bad in bad(text) {
                let mut given = Given {
                    parameters: given.parameters.clone(),
                    body: given.body.clone(),
                };
                given.parameters.insert(name.clone(), json!(bad));
                refused += usize::from(is_refused(&subject, &given, &canaries));
            }
        }
    }
    println!("{refused} arguments refused");
    assert!(refused > 500);
}

/// Values that hold the canary, but are too long, of other characters, or lead elsewhere.
fn bad(text: &str) -> [String; 6] {
    [
        format!("{text}{}", "x".repeat(70_000)),
        format!("{text}\r\n\0"),
        format!("../{text}"),
        format!("{text}/./{text}"),
        format!("{text}//"),
        format!("!{text} é?#"),
    ]
}

fn is_refused(subject: &Described<'_>, given: &Given, canaries: &[Canary]) -> bool {
    let what = &subject.operation.id;
    let call = call(subject, given);
    let Err(error) = (call.request)(&vault()) else {
        return false;
    };
    let shown = format!("{error}") + &debug(&error) + &debug(error.kind());
    assert_silent(canaries.iter(), &shown, what);
    assert_silent(canaries.iter(), &chain(&error.into()), what);
    true
}

/// An error with all that is behind it.
pub fn chain(error: &Error) -> String {
    let mut text = format!("{error}\n{}", debug(error));
    let mut source = std::error::Error::source(error);
    while let Some(below) = source {
        text += &format!("{below}\n{below:?}\n{below:#?}\n");
        source = below.source();
    }
    text
}

#[test]
fn no_response_shows_a_secret_and_each_shows_all_else() {
    let api = api();
    let subjects = subjects(&api);
    let (mut secrets, mut harmless) = (0, 0);
    for subject in &subjects {
        let mut made = Made::new(&api);
        let given = made.arguments(subject.operation);
        let call = call(subject, &given);
        let mut made = Made::new(&api);
        let body = output(&mut made, subject.operation).to_string();
        let answer = response(&mut made, 200, &body);
        let shown = (call.show)(answer).unwrap();
        assert_discreet(&made, &shown, &subject.operation.id);
        secrets += made.secrets().count();
        harmless += made.harmless().count();
    }
    println!(
        "{} responses: of {secrets} secret canaries none, of {harmless} others all",
        subjects.len()
    );
    assert!(secrets > 200 && harmless > 1000);
}

#[test]
fn no_error_of_a_response_shows_anything_of_its_result() {
    let api = api();
    let mut errors = 0;
    for subject in subjects(&api) {
        let mut made = Made::new(&api);
        let given = made.arguments(subject.operation);
        let call = call(&subject, &given);
        let mut made = Made::new(&api);
        let result = output(&mut made, subject.operation);
        let text = result.to_string();
        let refusal = json!({"error": {"code": "Conflict", "message": "No."}, "value": result, "result": result});
        let cut = &text[..text.len() - 1];
        let list = json!([result]).to_string();
        for (status, body) in [
            (400, text.as_str()),
            (409, &refusal.to_string()),
            (500, cut),
            (200, cut),
            (200, &list),
            (201, &format!("<html>{text}")),
        ] {
            let answer = response(&mut made, status, body);
            if let Err(error) = (call.show)(answer) {
                assert_silent(made.secrets(), &chain(&error), &subject.operation.id);
                if status < 300 {
                    let what = &subject.operation.id;
                    assert_silent(made.canaries.iter(), &chain(&error), what);
                }
                errors += 1;
            }
        }
    }
    println!("{errors} errors");
    assert!(errors > 700);
}
