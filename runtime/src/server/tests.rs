//! The way there and back, on operations of our own.

use super::*;
use crate::{
    Arguments, BuildErrorKind, Endpoint, Operation, OperationMeta, Parameter, Secret, Service,
};
use http::{Request, Response, StatusCode};

const SERVICE: Service = Service {
    name: "things",
    api_version: "1",
    scopes: &[],
};

#[derive(Clone, Debug, PartialEq)]
struct GetThing {
    name: String,
    part: Option<String>,
    top: Option<i32>,
    token: Option<Secret<String>>,
}

impl Operation for GetThing {
    type Output = Option<bool>;
    const META: &'static OperationMeta = &SERVICE
        .get("GetThing", "/{scope}/things/{name}/{part}")
        .parameters(&[
            Parameter::path("scope").raw().constant("/all"),
            Parameter::path("name").pattern("^[a-z]+$").length(1, 3),
            Parameter::path("part").optional(),
            Parameter::query("$top").optional().between(1, 25),
            Parameter::query("kind").constant("x y"),
            Parameter::header("x-token").optional().secret(),
        ])
        .rivals(&["/all/things/new", "/all/things/{name}/log"])
        .accepts(&[200, 204]);

    fn arguments(&self, to: &mut Arguments<'_>) {
        to.put("name", &self.name);
        to.put("part", &self.part);
        to.put("$top", &self.top);
        to.put("x-token", &self.token);
    }
}

impl ServedOperation for GetThing {
    type Inputs<'a> = (&'a str, Option<&'a str>);

    fn given(&self) -> Self::Inputs<'_> {
        (&self.name, self.part.as_deref())
    }

    fn from_arguments(from: &Given<'_>) -> Result<Self, RequestError> {
        Ok(Self {
            name: from.take("name")?,
            part: from.take("part")?,
            top: from.take("$top")?,
            token: from.take("x-token")?,
        })
    }
}

#[derive(Clone, Debug, PartialEq)]
struct SetThing {
    on: bool,
}

impl Operation for SetThing {
    type Output = ();
    const META: &'static OperationMeta = &SERVICE.put("SetThing", "/thing").accepts(&[202]);

    fn arguments(&self, to: &mut Arguments<'_>) {
        to.json(&self.on);
    }
}

impl ServedOperation for SetThing {
    type Inputs<'a> = bool;

    fn given(&self) -> bool {
        self.on
    }

    fn from_arguments(from: &Given<'_>) -> Result<Self, RequestError> {
        Ok(Self { on: from.json()? })
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Thing {
    Get(GetThing),
    Set(SetThing),
}

impl AnyRequest for Thing {
    fn routes(to: &mut impl Routes<Self>) {
        to.operation(Self::Get);
        to.operation(Self::Set);
    }

    fn operation(&self) -> &dyn AnyOperation {
        match self {
            Self::Get(request) => request,
            Self::Set(request) => request,
        }
    }
}

fn endpoint() -> Endpoint {
    Endpoint::new("https://host").unwrap()
}

fn get(uri: &str) -> Request<&'static str> {
    Request::builder().uri(uri).body("").unwrap()
}

fn whole() -> GetThing {
    GetThing {
        name: "abc".into(),
        part: Some("é/ +%".into()),
        top: Some(25),
        token: Some("t".into()),
    }
}

#[test]
fn every_request_comes_back() {
    let empty = GetThing {
        part: None,
        top: None,
        token: None,
        ..whole()
    };
    for thing in [
        Thing::Get(whole()),
        Thing::Get(empty),
        Thing::Set(SetThing { on: true }),
    ] {
        let request = thing.request(&endpoint()).unwrap();
        let parsed = Thing::parse(&request).unwrap();
        assert_eq!(parsed, thing);
        let again = parsed.request(&endpoint()).unwrap();
        assert_eq!(again.uri(), request.uri());
        assert_eq!(again.body(), request.body());
        assert_eq!(parsed.meta().id(), thing.meta().id());
    }
}

#[test]
fn a_fake_sees_what_was_given() {
    assert_eq!(whole().given(), ("abc", Some("é/ +%")));
    assert!(SetThing { on: true }.given());
}

#[test]
fn an_error_names_operation_and_parameter() {
    for (uri, text) in [
        (
            "/all/things/a1?kind=x+y",
            "GetThing: the parameter `name` does not match `^[a-z]+$`",
        ),
        (
            "/all/things/abcd?kind=x+y",
            "GetThing: the parameter `name` does not have 1 to 3 characters",
        ),
        (
            "/all/things/a/%2E%2E?kind=x+y",
            "GetThing: the parameter `part` has a segment `.` or `..`, which leads to another path",
        ),
        (
            "/all/things/a?kind=x+y&$top=26",
            "GetThing: the parameter `$top` is not a whole number from 1 to 25",
        ),
        (
            "/all/things/a?kind=x+y&$top=1&$Top=1",
            "GetThing: the parameter `$top` is there more than once",
        ),
        (
            "/all/things/a?kind=z",
            "GetThing: the parameter `kind` is not `x y`",
        ),
        ("/all/things/a", "GetThing: the parameter `kind` is missing"),
        (
            "/other/things/a?kind=x+y",
            "GetThing: the parameter `scope` is not `/all`",
        ),
        (
            "/all/%/a?kind=x+y",
            "the URL is not encoded as it should be, or no UTF-8",
        ),
    ] {
        let error = Thing::parse(&get(uri)).unwrap_err();
        assert_eq!(error.to_string(), text, "{uri}");
    }
}

#[test]
fn a_body_must_be_there_and_fit() {
    for (body, reason) in [
        ("", "it is missing"),
        (" \n", "it is missing"),
        (
            "\"yes\"",
            "expected a boolean, found other text at line 1 column 5",
        ),
        ("true 1", "trailing characters at line 1 column 6"),
    ] {
        let request = Request::put("/thing").body(body).unwrap();
        let error = SetThing::parse(&request).unwrap_err();
        let text = format!("SetThing: the body cannot be read: {reason}");
        assert_eq!(error.to_string(), text);
    }
    let marked = Request::put("/thing").body("\u{FEFF}true").unwrap();
    assert_eq!(SetThing::parse(&marked), Ok(SetThing { on: true }));
}

#[test]
fn a_request_of_another_operation_is_none_of_this_one() {
    let error = SetThing::parse(&get("/all/things/a?kind=x+y")).unwrap_err();
    assert_eq!(error.kind(), &RequestErrorKind::NoRoute);
    assert_eq!(error.operation(), None);
    for uri in [
        "/all/things/new?kind=x+y",
        "/all/things/NEW//?kind=x+y",
        "/all/things/a/log?kind=x+y",
    ] {
        let error = GetThing::parse(&get(uri)).unwrap_err();
        assert_eq!(error.kind(), &RequestErrorKind::NoRoute, "{uri}");
    }
}

#[test]
fn a_header_that_is_no_text_is_an_error() {
    let mut request = get("/all/things/a?kind=x+y");
    let value = http::HeaderValue::from_bytes(b"\xFF").unwrap();
    request.headers_mut().insert("X-Token", value);
    let error = GetThing::parse(&request).unwrap_err();
    assert_eq!(
        (error.parameter(), error.kind()),
        (Some("x-token"), &RequestErrorKind::Encoding)
    );
}

#[test]
fn an_undeclared_parameter_is_a_fault_of_the_operation() {
    #[derive(Debug)]
    struct Wrong;

    impl Operation for Wrong {
        type Output = ();
        const META: &'static OperationMeta = &SERVICE.get("Wrong", "/wrong");

        fn arguments(&self, _to: &mut Arguments<'_>) {}
    }

    impl ServedOperation for Wrong {
        type Inputs<'a> = ();

        fn given(&self) {}

        fn from_arguments(from: &Given<'_>) -> Result<Self, RequestError> {
            from.take::<String>("x").map(|_| Self)
        }
    }

    let error = Wrong::parse(&get("/wrong")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Wrong: the parameter `x` is not declared"
    );
}

#[test]
fn a_reply_is_read_as_it_was_written() {
    let get = whole();
    let reply = get.reply(&Some(true)).unwrap();
    assert_eq!(reply.status(), StatusCode::OK);
    assert_eq!(get.response(reply).unwrap().body(), &Some(true));
    assert_eq!(get.reply(&None).unwrap().status(), StatusCode::NO_CONTENT);
    let other = get.reply_with(StatusCode::ACCEPTED, &None).unwrap();
    assert_eq!(other.status(), StatusCode::ACCEPTED);
    let set = SetThing { on: false };
    assert_eq!(set.reply(&()).unwrap().status(), StatusCode::ACCEPTED);
}

#[test]
fn a_response_can_be_passed_on() {
    let response = |status: u16, body: &str| {
        let builder = Response::builder()
            .status(status)
            .header("x-ms-request-id", "1")
            .header("content-length", body.len())
            .header("transfer-encoding", "chunked");
        builder.body(body.as_bytes().to_vec()).unwrap()
    };
    let thing = Thing::Get(whole());
    let passed = thing
        .operation()
        .pass_on(response(203, "\"TRUE\""))
        .unwrap();
    assert_eq!(passed.status(), 203);
    assert_eq!(passed.body(), b"true");
    assert_eq!(passed.headers()["x-ms-request-id"], "1");
    for of_length in ["content-length", "transfer-encoding"] {
        assert!(!passed.headers().contains_key(of_length), "{of_length}");
    }
    let error = thing.operation().pass_on(response(404, "")).unwrap_err();
    assert_eq!(error.service().unwrap().status(), 404);
}

#[test]
fn the_kinds_of_the_builder_are_those_of_the_server() {
    let refused = GetThing {
        name: "A".into(),
        ..whole()
    };
    let built = refused.request(&endpoint()).unwrap_err();
    let parsed = Thing::parse(&get("/all/things/A?kind=x+y")).unwrap_err();
    let pattern = BuildErrorKind::Pattern {
        pattern: "^[a-z]+$",
    };
    assert_eq!(built.kind(), &pattern);
    assert_eq!(parsed.kind(), &RequestErrorKind::Refused(pattern));
}

#[test]
fn a_request_to_a_service_is_one_to_its_host() {
    #[derive(Debug, PartialEq)]
    enum Host {
        Things(Thing),
    }

    impl AnyRequest for Host {
        fn routes(to: &mut impl Routes<Self>) {
            to.service(Self::Things);
        }

        fn operation(&self) -> &dyn AnyOperation {
            let Self::Things(thing) = self;
            thing.operation()
        }
    }

    let set = Host::Things(Thing::Set(SetThing { on: true }));
    let request = set.request(&endpoint()).unwrap();
    assert_eq!(Host::parse(&request), Ok(set));
    let error = Host::parse(&get("/thing")).unwrap_err();
    assert_eq!(error.reply().response().status(), 405);
}
