//! The client's part: makes the planned calls.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use keyvault_loopback::Server;
use keyvault_rest::client::{AccessToken, CallOptions};
use keyvault_rest::runtime::{AuthPolicy, RetryPolicy, TokenRequest};
use keyvault_rest::{Client, Endpoint, Error};
use serde_json::Value;

use super::Outcome;
use super::plan::{Kind, Step, Traits, plan};
use super::recording::{Exchange, Flow};
use super::script::{Script, TOKEN};
use crate::compare;
use crate::described::entry;
use crate::given::{Call, Given};

/// Plays one run.
pub fn play(flow: Flow) -> Outcome {
    let exchanges = Arc::new(flow.exchanges);
    let script = Script::new(Arc::clone(&exchanges));
    let steps = plan(&exchanges, &traits);
    let played = serve(&exchanges, &script).and_then(|server| {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        let runtime = runtime.map_err(|error| error.to_string())?;
        let mut player = Player {
            exchanges: &exchanges,
            script: &script,
            server: &server,
            clients: BTreeMap::new(),
        };
        runtime.block_on(player.play(&steps))
    });
    Outcome {
        name: flow.name,
        exchanges: exchanges.len(),
        failure: script.fault().or(played.err()),
        calls: count(&steps),
        differences: script.differences(),
    }
}

fn count(steps: &[Step]) -> BTreeMap<&'static str, usize> {
    let mut calls = BTreeMap::new();
    for step in steps {
        *calls.entry(step.kind.name()).or_default() += 1;
    }
    let challenges = steps.iter().filter(|step| step.challenged).count();
    calls.insert("(of them with a challenge)", challenges);
    calls
}

/// A server that has a certificate for all hosts of the run.
fn serve(exchanges: &[Exchange], script: &Script) -> Result<Server, String> {
    let mut hosts: Vec<_> = exchanges
        .iter()
        .map(|exchange| exchange.host.as_str())
        .collect();
    hosts.sort_unstable();
    hosts.dedup();
    let script = script.clone();
    Server::start(&hosts, move |request| script.answer(request)).map_err(|error| error.to_string())
}

struct Player<'a> {
    exchanges: &'a [Exchange],
    script: &'a Script,
    server: &'a Server,
    clients: BTreeMap<String, Client>,
}

impl Player<'_> {
    async fn play(&mut self, steps: &[Step]) -> Result<(), String> {
        for step in steps {
            let at = |reason| {
                format!(
                    "exchange {}: {}: {reason}",
                    step.begin, self.exchanges[step.begin].operation
                )
            };
            self.take(step).await.map_err(at)?;
            if self.script.position() != step.end {
                return Err(at(format!(
                    "{} requests were made, {} recorded",
                    self.script.position(),
                    step.end
                )));
            }
        }
        Ok(())
    }

    async fn take(&mut self, step: &Step) -> Result<(), String> {
        let exchanges = self.exchanges;
        let first = &exchanges[step.begin + usize::from(step.challenged)];
        let client = self.client(first, step.challenged)?;
        let Some(call) = call(first)? else {
            return self.raw(&client, first).await;
        };
        if let Err(error) = (call.request)(client.endpoint()) {
            return self.refused(first, &error.to_string());
        }
        match step.kind {
            Kind::Send => outcome(first, (call.send)(client).await),
            Kind::Pages(count) => {
                list(&call, &client, None, &exchanges[step.end - count..step.end]).await
            }
            Kind::PagesFrom(count) => {
                let link = exchanges[..step.begin]
                    .iter()
                    .rev()
                    .find_map(|before| before.link("nextLink"));
                list(&call, &client, link, &exchanges[step.end - count..step.end]).await
            }
            Kind::Poll { polls, finish } => {
                poll(
                    &call,
                    client,
                    &exchanges[step.begin..step.end],
                    polls,
                    finish,
                )
                .await
            }
            Kind::Paused => paused(&call, client).await,
            Kind::Find => (call.find)(client).await.map_err(|error| error.to_string()),
        }
    }

    /// A new client for a challenge, as the recorded one was new then; otherwise the one of before. A run whose beginning
    /// is not recorded begins with a stated token.
    fn client(&mut self, exchange: &Exchange, challenged: bool) -> Result<Client, String> {
        let host = &exchange.host;
        if challenged || !self.clients.contains_key(host) {
            let client = self
                .new_client(host, challenged)
                .map_err(|error| error.to_string())?;
            self.clients.insert(host.clone(), client);
        }
        let version = exchange
            .query
            .get("api-version")
            .cloned()
            .unwrap_or_default();
        Ok(self.clients[host].with(options().api_version(version)))
    }

    fn new_client(&self, host: &str, challenged: bool) -> Result<Client, Error> {
        let endpoint = Endpoint::new(&format!("https://{host}"))?;
        let hour = Duration::from_secs(3600);
        let token = AccessToken::new(TOKEN, SystemTime::now() + hour);
        let auth = match challenged {
            true => AuthPolicy::challenge(),
            false => AuthPolicy::stated(TokenRequest::new(format!("https://{host}/.default"))),
        };
        Client::builder(endpoint, token)
            .auth(auth)
            .root_certificate(self.server.certificate())
            .resolve(host, self.server.address())
            .build()
    }

    /// A request that was refused before it was sent. The service refused it as well.
    fn refused(&self, exchange: &Exchange, error: &str) -> Result<(), String> {
        match exchange.status {
            400 => {
                self.script
                    .pass_over("a name that the service refuses is refused before it is sent");
                Ok(())
            }
            _ => Err(error.to_owned()),
        }
    }

    /// A request for another representation than the described one, such as the bare signing request of a certificate.
    async fn raw(&self, client: &Client, exchange: &Exchange) -> Result<(), String> {
        let query: Vec<_> = exchange
            .query
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let url = format!(
            "{}{}?{}",
            client.endpoint().origin(),
            exchange.path,
            query.join("&")
        );
        let request = keyvault_rest::runtime::http::Request::builder()
            .method(exchange.method.as_str())
            .uri(url)
            .body(Vec::new());
        let request = request.map_err(|error| error.to_string())?;
        let response = client.send_request(request).await;
        let response = response.map_err(|error| error.to_string())?;
        same("status", &exchange.status, &response.status().as_u16())?;
        let body = String::from_utf8_lossy(response.body());
        same("body", &exchange.response.as_str(), &Some(&*body))
    }
}

/// The service's waits are not ours.
fn options() -> CallOptions {
    let moment = Duration::from_millis(1);
    CallOptions::new()
        .retry(RetryPolicy::none())
        .timeout(Duration::from_secs(20))
        .poll_interval(moment)
        .longest_poll_interval(moment)
}

/// What cannot be called has no traits; the call itself will say why.
fn traits(exchange: &Exchange) -> Traits {
    let call = call(exchange).ok().flatten();
    Traits {
        paged: call.as_ref().is_some_and(|call| call.list.is_some()),
        long_running: call.as_ref().is_some_and(|call| call.begin.is_some()),
    }
}

/// `None` for a request that no operation makes: one whose answer is a text instead of JSON.
fn call(exchange: &Exchange) -> Result<Option<Call>, String> {
    if exchange.response.is_string() && exchange.is_success() {
        return Ok(None);
    }
    let (_, _, make) = entry(&exchange.operation).ok_or("there is no such operation")?;
    let body = match exchange.request_unrecorded || exchange.request.is_null() {
        true => Value::Object(serde_json::Map::new()),
        false => exchange.request.clone(),
    };
    make(&Given {
        parameters: exchange.parameters(),
        body,
    })
    .map(Some)
}

/// Whether a call ended as it was recorded.
fn outcome(exchange: &Exchange, result: Result<Value, Error>) -> Result<(), String> {
    match result {
        Ok(body) if exchange.is_success() => compare::known("body", &exchange.response, &body),
        Ok(_) => Err(format!("it succeeded, with {} recorded", exchange.status)),
        Err(error) => {
            let service = error
                .service()
                .filter(|_| matches!(error, Error::Service(_)));
            let service = service.ok_or_else(|| error.to_string())?;
            same("status", &exchange.status, &service.status().as_u16())?;
            same(
                "code",
                &exchange.response["error"]["code"].as_str(),
                &service.code(),
            )
        }
    }
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, recorded: &T, found: &T) -> Result<(), String> {
    match recorded == found {
        true => Ok(()),
        false => Err(format!("{what}: {recorded:?} was recorded, not {found:?}")),
    }
}

async fn list(
    call: &Call,
    client: &Client,
    link: Option<&str>,
    pages: &[Exchange],
) -> Result<(), String> {
    let list = call.list.as_ref().ok_or("it has no pages")?;
    let mut found = list(client, link).map_err(|error| error.to_string())?;
    let mut more = true;
    for page in pages {
        let (items, follows) = match found.next().await {
            Some(page) => page.map_err(|error| error.to_string())?,
            None => return Err("a page is missing".to_owned()),
        };
        let recorded = page.response["value"].as_array().map_or(0, Vec::len);
        same("items", &recorded, &items)?;
        more = follows;
    }
    match !more && found.next().await.is_some() {
        true => Err("a page follows the last one".to_owned()),
        false => Ok(()),
    }
}

async fn poll(
    call: &Call,
    client: Client,
    exchanges: &[Exchange],
    polls: usize,
    finish: bool,
) -> Result<(), String> {
    let begin = call.begin.as_ref().ok_or("it is not long-running")?;
    let mut poller = begin(client).await.map_err(|error| error.to_string())?;
    let first = exchanges
        .iter()
        .position(|exchange| !exchange.is_challenge())
        .unwrap_or_default();
    for exchange in &exchanges[first + 1..=first + polls] {
        match poller.next().await {
            Some(Ok(progress)) => same("status", &exchange.status, &progress.status().as_u16())?,
            Some(Err(error)) => outcome(exchange, Err(error))?,
            None => return Err("it ended too early".to_owned()),
        }
    }
    let last = &exchanges[exchanges.len() - 1];
    match finish {
        true => {
            let result = poller.wait().await.map_err(|error| error.to_string())?;
            // Some operations have no result, whatever the last answer says.
            match result.is_null() {
                true => Ok(()),
                false => compare::known("result", &last.response, &result),
            }
        }
        false => Ok(()),
    }
}

async fn paused(call: &Call, client: Client) -> Result<(), String> {
    let begin = call.begin.as_ref().ok_or("it is not long-running")?;
    let mut poller = begin(client).await.map_err(|error| error.to_string())?;
    match poller.wait().await {
        Err(Error::LongRunning(error))
            if error.kind() == keyvault_rest::runtime::LongRunningErrorKind::Paused =>
        {
            Ok(())
        }
        Err(error) => Err(error.to_string()),
        Ok(_) => Err("it came to an end by itself".to_owned()),
    }
}
