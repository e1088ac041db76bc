//! Every operation through the client: what it traces, and how its calls fail.

use super::api;
use super::capture::Capture;
use super::made::{Made, assert_silent};
use super::requests::{call, chain, output, response, subjects, vault};
use keyvault_rest::Error;
use keyvault_rest::client::{
    AccessToken, AuthPolicy, BoxFuture, Bytes, CallOptions, Client, Limits, TokenRequest, Transport,
};
use keyvault_rest::runtime::http::{Request, Response};
use keyvault_rest::runtime::{TransportError, TransportErrorKind};
use keyvault_tests::described::Described;
use keyvault_tests::given::debug;
use serde_json::json;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};
use tracing_subscriber::layer::SubscriberExt;

const TOKEN: &str = "tQx00000Z";

/// Gives the same answer whenever it is asked, or none.
#[derive(Default)]
struct Canned(Mutex<Option<Response<Vec<u8>>>>);

impl Transport for Canned {
    fn send<'a>(
        &'a self,
        request: &'a Request<Bytes>,
        _: Limits,
    ) -> BoxFuture<'a, Result<Response<Vec<u8>>, TransportError>> {
        let sent = request.headers()["authorization"].to_str().unwrap();
        assert_eq!(sent, format!("Bearer {TOKEN}"));
        let lost = TransportError::new(TransportErrorKind::Broken);
        let answer = self.0.lock().unwrap().clone().ok_or(lost);
        Box::pin(async { answer })
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async {})
    }
}

fn client(transport: Arc<Canned>) -> Client {
    let later = SystemTime::now() + Duration::from_secs(3600);
    Client::builder(vault(), AccessToken::new(TOKEN, later))
        .auth(AuthPolicy::stated(TokenRequest::new(
            "https://vault.azure.net/.default",
        )))
        .transport(transport)
        .options(CallOptions::new().wait_at_most(Duration::ZERO))
        .build()
        .unwrap()
}

/// Sends, lists and begins: all that a client can do with the operation, and what it says of errors and progress.
async fn told(subject: &Described<'_>, made: &mut Made<'_>, client: &Client) -> String {
    let given = made.arguments(subject.operation);
    let call = call(subject, &given);
    let mut told = debug(client);
    let mut failed = |result: Result<(), Error>| {
        if let Err(error) = result {
            told += &chain(&error);
        }
    };
    failed((call.send)(client.clone()).await.map(drop));
    if let Some(list) = &call.list {
        let mut pages = list(client, None).unwrap();
        while let Some(page) = pages.next().await {
            failed(page.map(drop));
        }
    }
    if let Some(begin) = &call.begin {
        match begin(client.clone()).await {
            Ok(mut poller) => {
                if let Some(Ok(progress)) = poller.next().await {
                    told += &debug(&progress);
                }
                if let Err(error) = poller.wait().await {
                    told += &chain(&error);
                }
            }
            Err(error) => told += &chain(&error),
        }
    }
    told
}

#[tokio::test]
async fn nothing_that_the_client_says_holds_a_secret() {
    let capture = Capture::default();
    let subscriber = tracing_subscriber::registry().with(capture.clone());
    let _guard = tracing::subscriber::set_default(subscriber);
    let transport = Arc::new(Canned::default());
    let client = client(Arc::clone(&transport));
    let api = api();
    let subjects = subjects(&api);
    let (mut secrets, mut traced) = (0, 0);
    for subject in &subjects {
        let mut made = Made::new(&api);
        let result = output(&mut made, subject.operation);
        let failure = json!({"status": "Failed", "error": {"code": "Bad", "message": "No."}, "value": result});
        let answers = [
            Some((200, result.to_string())),
            Some((202, failure.to_string())),
            Some((409, failure.to_string())),
            Some((503, result.to_string())),
            Some((200, result.to_string() + "!")),
            Some((302, result.to_string())),
            None,
        ];
        for answer in answers {
            let answer = answer.map(|(status, body)| response(&mut made, status, &body));
            *transport.0.lock().unwrap() = answer;
            let told = told(subject, &mut made, &client).await;
            let trace = capture.take();
            let what = &subject.operation.id;
            assert!(trace.contains(what), "{what} is not traced: {trace}");
            traced += trace.lines().count();
            for text in [told, trace] {
                assert_silent(made.secrets(), &text, what);
                assert!(!text.contains(TOKEN), "{what}: {text}");
            }
        }
        secrets += made.secrets().count();
    }
    println!(
        "{} operations, {traced} lines traced: of {secrets} secret canaries none",
        subjects.len()
    );
    assert!(subjects.len() > 100 && traced > 1000 && secrets > 1000);
}
