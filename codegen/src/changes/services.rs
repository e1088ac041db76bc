use super::pairs::pair;
use super::{ADDITIVE, Found, INVISIBLE, Impact, Meaning, Subject, operations, types};
use crate::api::{Api, Service};

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
    for (old, new) in pairs.both {
        one(found, old, new);
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
    operations::compare(found, old, new);
    types::compare(found, old, new);
}
