use super::pairs::pair;
use super::{
    ADDITIVE, Found, INVISIBLE, Impact, Meaning, Subject, listed, operations, shown, types,
};
use crate::api::{Api, Service};
use crate::emit::{self, HostRequest};
use crate::naming;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn compare(found: &mut Found, old: &Api, new: &Api) {
    let pairs = pair(
        &old.services,
        &new.services,
        |service| service.name.clone(),
        |_, _| false,
    );
    for service in pairs.added {
        found.added(&service.name, Subject::Service, ADDITIVE);
    }
    let (before, after) = (Emitted::of(old), Emitted::of(new));
    for (old, new) in pairs.both {
        one(found, old, new);
        needs(found, (&before, old), (&after, new));
        host(found, (&before, old), (&after, new));
    }
    for service in pairs.removed {
        found.removed(&service.name, Subject::Service, "its module is gone");
    }
}

/// What the crate of one version has for its services as a whole.
struct Emitted<'a> {
    /// What each feature needs, by its name.
    features: BTreeMap<String, BTreeSet<String>>,
    /// Where the requests of services stand among those of their host, by service.
    hosts: BTreeMap<&'a str, HostRequest>,
}

impl<'a> Emitted<'a> {
    /// Names that cannot be made are an error of their own, elsewhere.
    fn of(api: &'a Api) -> Self {
        let features = emit::features(api).unwrap_or_default().into_iter();
        Self {
            features: features
                .map(|feature| (feature.name, feature.needs))
                .collect(),
            hosts: emit::host_requests(api).unwrap_or_default(),
        }
    }

    /// What the feature of a service needs, if it has one.
    fn needed(&self, service: &Service) -> Option<&BTreeSet<String>> {
        self.features.get(naming::service(service).ok()?.as_str())
    }
}

fn one(found: &mut Found, old: &Service, new: &Service) {
    let versions = (
        "api-version",
        old.api_version.clone(),
        new.api_version.clone(),
    );
    found.aspect(&new.name, Subject::Service, versions, INVISIBLE);
    endpoint(found, old, new);
    let scopes = ("scopes", listed(&old.scopes, " "), listed(&new.scopes, " "));
    let another = match old.scopes.is_empty() {
        true => ADDITIVE,
        false => Meaning::of(Impact::Invisible, Impact::Breaking)
            .because("tokens are for another resource"),
    };
    found.aspect(&new.name, Subject::Service, scopes, another);
    feature(found, old, new);
    operations::compare(found, old, new);
    types::compare(found, old, new);
}

/// A service with operations is behind the feature of its name; what services share is always there.
fn feature(found: &mut Found, old: &Service, new: &Service) {
    let has = |service: &Service| !service.groups.is_empty();
    let text = |service: &Service| match has(service) {
        true => "its own".to_owned(),
        false => "none".to_owned(),
    };
    let reason = match has(new) {
        true => "without its feature, its module is gone",
        false => "its feature is gone",
    };
    let meaning = Meaning::of(Impact::Breaking, Impact::Invisible).because(reason);
    let features = ("feature", text(old), text(new));
    found.aspect(&new.name, Subject::Service, features, meaning);
}

/// Where requests go. The names of variables are nowhere on the wire.
fn endpoint(found: &mut Found, old: &Service, new: &Service) {
    let text = |service: &Service| {
        let endpoint = Some(&service.endpoint);
        shown(endpoint.filter(|endpoint| !endpoint.is_empty()))
    };
    let is_same = old.endpoint.is_empty() || template(&old.endpoint) == template(&new.endpoint);
    let meaning = match is_same {
        true => INVISIBLE,
        false => Meaning::of(Impact::Invisible, Impact::Breaking).because("requests go elsewhere"),
    };
    let endpoints = ("endpoint", text(old), text(new));
    found.aspect(&new.name, Subject::Service, endpoints, meaning);
}

/// An endpoint without the names of its variables: `https://{account}.example.org` is `https://{}.example.org`.
fn template(endpoint: &str) -> String {
    let mut pieces = endpoint.split('{');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| match piece.split_once('}') {
        Some((_, rest)) => format!("{text}{{}}{rest}"),
        None => format!("{text}{{{piece}"),
    })
}

/// Who serves several services of one host has their requests in one enum.
fn host(
    found: &mut Found,
    (before, old): (&Emitted<'_>, &Service),
    (after, new): (&Emitted<'_>, &Service),
) {
    let before = before.hosts.get(old.name.as_str());
    let after = after.hosts.get(new.name.as_str());
    let meaning = match before {
        None => Meaning::of(Impact::Additive, Impact::Invisible),
        Some(_) => Meaning::of(Impact::Breaking, Impact::Invisible)
            .because("who serves its host finds its requests elsewhere, or not at all"),
    };
    let requests = ("host request", shown(before), shown(after));
    found.aspect(&new.name, Subject::Service, requests, meaning);
}

/// The features that the feature of a service switches on besides.
fn needs(
    found: &mut Found,
    (before, old): (&Emitted<'_>, &Service),
    (after, new): (&Emitted<'_>, &Service),
) {
    let (Some(before), Some(after)) = (before.needed(old), after.needed(new)) else {
        return;
    };
    let text = |needs: &BTreeSet<String>| match needs.is_empty() {
        true => "none".to_owned(),
        false => needs.iter().cloned().collect::<Vec<_>>().join(", "),
    };
    let meaning = match before.is_subset(after) {
        true => Meaning::of(Impact::Additive, Impact::Invisible),
        false => Meaning::of(Impact::Breaking, Impact::Invisible)
            .because("its feature no longer switches on another one"),
    };
    let texts = ("features needed", text(before), text(after));
    found.aspect(&new.name, Subject::Service, texts, meaning);
}

#[cfg(test)]
mod tests {
    use super::super::{Change, What, compare};
    use super::*;
    use serde_json::json;

    /// A version whose services, of one operation each, are at these endpoints.
    fn at(endpoints: &[(&str, &str)]) -> Api {
        let services = endpoints.iter().map(|(name, endpoint)| {
            json!({
                "name": name, "document": "", "title": "", "api_version": "1", "endpoint": endpoint,
                "groups": [{"operations": [{
                    "id": "Get", "method": "GET", "path": "/", "takes_api_version": true,
                    "successes": [], "payload": "none", "idempotent": true,
                }]}],
            })
        });
        serde_json::from_value(json!({"services": services.collect::<Vec<_>>()})).unwrap()
    }

    fn told(old: &Api, new: &Api) -> Vec<(String, Impact, Impact)> {
        let line = |change: Change| match change.what {
            What::Changed { aspect, from, to } => {
                let text = format!("{} {aspect} {from} -> {to}", change.place);
                (text, change.rust, change.wire)
            }
            other => panic!("{other:?}"),
        };
        compare(old, new).changes.into_iter().map(line).collect()
    }

    #[test]
    fn requests_to_another_endpoint_break_the_wire() {
        let endpoint = |old: &str, new: &str| told(&at(&[("keys", old)]), &at(&[("keys", new)]));
        let of = |text: &str, wire| [(format!("keys endpoint {text}"), Impact::Invisible, wire)];
        assert_eq!(
            endpoint("{vault}", "{vault}/v2"),
            of("{vault} -> {vault}/v2", Impact::Breaking)
        );
        assert_eq!(
            endpoint("https://a.org", ""),
            of("https://a.org -> none", Impact::Breaking)
        );
        assert_eq!(
            endpoint("", "https://a.org"),
            of("none -> https://a.org", Impact::Invisible)
        );
        assert_eq!(
            endpoint("{vault}/v2", "{vaultBaseUrl}/v2"),
            of("{vault}/v2 -> {vaultBaseUrl}/v2", Impact::Invisible),
            "the name of a variable is nowhere on the wire"
        );
    }

    #[test]
    fn requests_that_are_elsewhere_among_those_of_their_host_break_code() {
        let one = at(&[("a", "x"), ("b", "x"), ("c", "y"), ("d", "z")]);
        let two = at(&[("a", "x"), ("b", "x"), ("c", "y"), ("d", "y")]);
        let hosts = |old: &Api, new: &Api| -> Vec<_> {
            let mut told = told(old, new);
            told.retain(|(text, ..)| text.contains("host request"));
            let short = told.into_iter();
            short
                .map(|(text, rust, wire)| {
                    assert_eq!(wire, Impact::Invisible);
                    (text.replace("host request ", ""), rust)
                })
                .collect()
        };
        let expected =
            |lines: [(&str, Impact); 4]| lines.map(|(text, rust)| (text.to_owned(), rust));
        assert_eq!(
            hosts(&one, &two),
            expected([
                (
                    "a server::Request::A -> server::AHostRequest::A",
                    Impact::Breaking
                ),
                (
                    "b server::Request::B -> server::AHostRequest::B",
                    Impact::Breaking
                ),
                ("c none -> server::CHostRequest::C", Impact::Additive),
                ("d none -> server::CHostRequest::D", Impact::Additive),
            ])
        );
        assert_eq!(
            hosts(&two, &one),
            expected([
                (
                    "a server::AHostRequest::A -> server::Request::A",
                    Impact::Breaking
                ),
                (
                    "b server::AHostRequest::B -> server::Request::B",
                    Impact::Breaking
                ),
                ("c server::CHostRequest::C -> none", Impact::Breaking),
                ("d server::CHostRequest::D -> none", Impact::Breaking),
            ])
        );
        assert_eq!(hosts(&one, &one), []);
    }

    #[test]
    fn scopes_that_are_not_there_are_none() {
        let (old, mut new) = (at(&[("keys", "x")]), at(&[("keys", "x")]));
        new.services[0].scopes = vec!["https://a.org".to_owned()];
        let line = "keys scopes none -> https://a.org".to_owned();
        assert_eq!(
            told(&old, &new),
            [(line, Impact::Additive, Impact::Additive)]
        );
    }
}
