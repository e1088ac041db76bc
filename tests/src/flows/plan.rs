//! What a user of the client would have called to make the recorded requests.

use super::recording::{Exchange, pairs, same_query};
use crate::percent::decoded;

/// One call, and the exchanges that it accounts for.
pub struct Step {
    /// The index of its first exchange.
    pub begin: usize,
    /// The index after its last exchange.
    pub end: usize,
    /// Whether its first exchange is a challenge, so that the client is a new one.
    pub challenged: bool,
    /// What is called.
    pub kind: Kind,
}

/// What is called.
pub enum Kind {
    /// `send`
    Send,
    /// `pages`, and so many of them.
    Pages(usize),
    /// `pages_from` the link of the exchange before, and so many of them.
    PagesFrom(usize),
    /// `poller`, and so many polls; then its result, if the recorded client took it.
    Poll {
        /// How often the state was asked for.
        polls: usize,
        /// Whether the client went on to the end.
        finish: bool,
    },
    /// `poller`, for an operation that waits for somebody to act.
    Paused,
    /// `wait_until_found`
    Find,
}

impl Kind {
    /// The call, for the report.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Send => "send",
            Self::Pages(_) => "pages",
            Self::PagesFrom(_) => "pages_from",
            Self::Poll { finish: true, .. } => "poller, to the end",
            Self::Poll { finish: false, .. } => "poller, as far as recorded",
            Self::Paused => "poller, which finds that somebody has to act",
            Self::Find => "wait_until_found",
        }
    }
}

/// What the planner has to know of an operation.
pub struct Traits {
    /// Its result comes in pages.
    pub paged: bool,
    /// It goes on after its first response.
    pub long_running: bool,
}

/// Divides a run into calls.
pub fn plan(exchanges: &[Exchange], traits: &dyn Fn(&Exchange) -> Traits) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut begin = 0;
    while begin < exchanges.len() {
        let step = step(exchanges, begin, traits, &steps);
        begin = step.end;
        steps.push(step);
    }
    steps
}

fn step(
    exchanges: &[Exchange],
    begin: usize,
    traits: &dyn Fn(&Exchange) -> Traits,
    before: &[Step],
) -> Step {
    let challenged = exchanges[begin].is_challenge()
        && exchanges
            .get(begin + 1)
            .is_some_and(|next| same_request(next, &exchanges[begin]));
    let first = begin + usize::from(challenged);
    let exchange = &exchanges[first];
    let (kind, end) = match traits(exchange) {
        Traits { paged: true, .. } if exchange.is_success() => {
            let count = pages(&exchanges[first..]);
            match exchange.query.contains_key("$skiptoken") {
                true => (Kind::PagesFrom(count), first + count),
                false => (Kind::Pages(count), first + count),
            }
        }
        Traits {
            long_running: true, ..
        } if exchange.is_success() => polls(&exchanges[first..])
            .map_or((Kind::Send, first + 1), |(kind, used)| (kind, first + used)),
        _ => match wait(exchanges, first, before) {
            Some(used) => (Kind::Find, first + used),
            None => (Kind::Send, first + 1),
        },
    };
    Step {
        begin,
        end,
        challenged,
        kind,
    }
}

fn same_request(one: &Exchange, other: &Exchange) -> bool {
    (&one.method, &one.path, &one.query) == (&other.method, &other.path, &other.query)
}

/// The page, and those whose URL is the link of the one before.
fn pages(exchanges: &[Exchange]) -> usize {
    let follows = exchanges.windows(2).take_while(|pair| {
        let link = pair[0]
            .link("nextLink")
            .and_then(|link| link.split_once("://")?.1.split_once('/'));
        let target = link.map(|(_, target)| target.split_once('?').unwrap_or((target, "")));
        target.is_some_and(|(path, query)| {
            pair[1].is_success()
                && pair[1].path.trim_start_matches('/') == path
                && same_query(&pair[1].query, &pairs(query))
        })
    });
    1 + follows.count()
}

/// The polls of a long-running operation, and the request for its result.
fn polls(exchanges: &[Exchange]) -> Option<(Kind, usize)> {
    let first = &exchanges[0];
    if first.response["issuer"]["name"] == "Unknown" {
        return Some((Kind::Paused, 1));
    }
    let header = first
        .header("azure-asyncoperation")
        .or(first.header("location"));
    if header.is_none() && !is_running(first) {
        return None;
    }
    let path = header.map_or(first.path.as_str(), path_of);
    let asked = exchanges[1..]
        .iter()
        .take_while(|next| next.method == "GET" && same_path(&next.path, path));
    let asked: Vec<_> = asked.collect();
    let ended = asked.iter().position(|answer| !is_running(answer));
    let polls = ended.map_or(asked.len(), |index| index + 1);
    if polls == 0 {
        return None;
    }
    let last = &exchanges[polls];
    let result = match (
        first.operation.as_str(),
        first.header("azure-asyncoperation"),
    ) {
        ("CreateCertificate", _) => last.link("target").map(path_of),
        (_, Some(_)) if first.operation.contains('_') && first.method == "PUT" => {
            Some(first.path.as_str())
        }
        _ => None,
    };
    let fetched = result.map(|path| {
        let next = exchanges.get(polls + 1);
        next.is_some_and(|next| next.method == "GET" && same_path(&next.path, path))
    });
    let finish = ended.is_some() && last.is_success() && fetched != Some(false);
    let used = 1 + polls + usize::from(finish && fetched == Some(true));
    Some((Kind::Poll { polls, finish }, used))
}

/// Whether an answer says that the operation goes on. A state that we do not know does not end it.
fn is_running(exchange: &Exchange) -> bool {
    let body = &exchange.response;
    let word = body["status"]
        .as_str()
        .or(body["properties"]["provisioningState"].as_str());
    let is_over = |word: &str| {
        [
            "succeeded",
            "success",
            "completed",
            "failed",
            "canceled",
            "cancelled",
        ]
        .contains(&word.to_ascii_lowercase().as_str())
    };
    exchange.is_success() && word.map_or(exchange.status == 202, |word| !is_over(word))
}

/// The tries to find an object after its deletion or recovery, up to the first success.
fn wait(exchanges: &[Exchange], first: usize, before: &[Step]) -> Option<usize> {
    let changed = &exchanges[before.last()?.end - 1];
    let changes =
        changed.operation.starts_with("Delete") || changed.operation.starts_with("RecoverDeleted");
    let probe = &exchanges[first];
    if !changes || !changed.is_success() || probe.method != "GET" || !same_name(changed, probe) {
        return None;
    }
    let tries = exchanges[first..]
        .iter()
        .take_while(|next| same_request(next, probe));
    let found = tries.take_while(|next| next.status == 404).count();
    let success = exchanges.get(first + found)?;
    (same_request(success, probe) && success.status == 200).then_some(found + 1)
}

/// Whether a request asks for the object that was deleted or recovered.
fn same_name(changed: &Exchange, probe: &Exchange) -> bool {
    let segments = |path: &str| {
        path.split('/')
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let (changed, probe) = (segments(&changed.path), segments(&probe.path));
    match (changed.as_slice(), probe.as_slice()) {
        ([collection, name], [deleted, other]) => {
            name == other && *deleted == format!("deleted{collection}")
        }
        ([deleted, name, recover], [collection, other]) => {
            recover == "recover" && name == other && *deleted == format!("deleted{collection}")
        }
        _ => false,
    }
}

fn path_of(link: &str) -> &str {
    let rest = link.split_once("://").map_or(link, |(_, rest)| rest);
    let path = &rest[rest.find('/').unwrap_or(rest.len())..];
    path.split('?').next().unwrap_or_default()
}

/// The same but for encoding, letter case and a slash at the end.
pub fn same_path(one: &str, other: &str) -> bool {
    let plain = |path: &str| decoded(path.trim_end_matches('/')).to_ascii_lowercase();
    plain(one) == plain(other)
}
