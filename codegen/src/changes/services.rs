use super::pairs::pair;
use super::{ADDITIVE, Found, INVISIBLE, Impact, Meaning, Subject, operations, types};
use crate::api::{Api, Service};
use crate::emit;
use crate::naming;
use std::collections::BTreeSet;

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
    for (before, after) in pairs.both {
        one(found, before, after);
        needs(found, (old, before), (new, after));
    }
    for service in pairs.removed {
        found.removed(&service.name, Subject::Service, "its module is gone");
    }
}

fn one(found: &mut Found, old: &Service, new: &Service) {
    let versions = (
        "api-version",
        old.api_version.clone(),
        new.api_version.clone(),
    );
    found.aspect(&new.name, Subject::Service, versions, INVISIBLE);
    let scopes = ("scopes", old.scopes.join(" "), new.scopes.join(" "));
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

/// The features that the feature of a service switches on besides.
fn needs(found: &mut Found, (old_api, old): (&Api, &Service), (new_api, new): (&Api, &Service)) {
    let (Some(before), Some(after)) = (needed(old_api, old), needed(new_api, new)) else {
        return;
    };
    let text = |needs: &BTreeSet<String>| match needs.is_empty() {
        true => "none".to_owned(),
        false => needs.iter().cloned().collect::<Vec<_>>().join(", "),
    };
    let meaning = match before.is_subset(&after) {
        true => Meaning::of(Impact::Additive, Impact::Invisible),
        false => Meaning::of(Impact::Breaking, Impact::Invisible)
            .because("its feature no longer switches on another one"),
    };
    let texts = ("features needed", text(&before), text(&after));
    found.aspect(&new.name, Subject::Service, texts, meaning);
}

/// What the feature of a service needs, if it has one.
fn needed(api: &Api, service: &Service) -> Option<BTreeSet<String>> {
    let name = naming::service(service).ok()?.to_string();
    let mut features = emit::features(api).ok()?.into_iter();
    let feature = features.find(|feature| feature.name == name)?;
    Some(feature.needs)
}
