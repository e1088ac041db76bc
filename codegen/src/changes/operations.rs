use super::pairs::pair;
use super::{
    ADDITIVE, Found, INVISIBLE, Impact, Meaning, Subject, What, bodies, parameters, protocols,
    shown,
};
use crate::api::{Group, Operation, Service};
use crate::naming;

pub(super) fn compare(found: &mut Found, old_service: &Service, new: &Service) {
    let pairs = pair(
        old_service.operations(),
        new.operations(),
        |operation| operation.id.clone(),
        same_route,
    );
    for operation in pairs.added {
        found.added(&place(new, operation), Subject::Operation, ADDITIVE);
    }
    for (old, new_operation) in pairs.renamed {
        let place = place(new, new_operation);
        found.add(
            &place,
            Subject::Operation,
            What::Renamed {
                from: old.id.clone(),
            },
            renamed(old, new_operation),
        );
        one(found, &place, old, new_operation);
        settled(found, &place, (old_service, old), (new, new_operation));
    }
    for (old, new_operation) in pairs.both {
        let place = place(new, new_operation);
        one(found, &place, old, new_operation);
        settled(found, &place, (old_service, old), (new, new_operation));
    }
    for operation in pairs.removed {
        found.removed(
            &place(old_service, operation),
            Subject::Operation,
            "its request builder is gone",
        );
    }
}

fn place(service: &Service, operation: &Operation) -> String {
    format!("{}.{}", service.name, operation.id)
}

/// An operation that is sent in the same way is the same, whatever its id. Overloads share a route.
fn same_route(old: &Operation, new: &Operation) -> bool {
    !old.overload && !new.overload && route(old) == route(new)
}

/// Method and path without the names of the parameters, which are nowhere on the wire.
fn route(operation: &Operation) -> String {
    use crate::api::Segment;
    let segments = operation.path.0.iter().map(|segment| match segment {
        Segment::Literal(text) => format!("/{text}"),
        Segment::Parameter(_) => "/{}".to_owned(),
    });
    format!(
        "{} {}",
        operation.method.as_str(),
        segments.collect::<String>()
    )
}

/// Where its request builder is: the module of its group, if it has one, and the name.
fn path(operation: &Operation) -> (Option<String>, Option<String>) {
    let module = |name: &str| {
        let group = Group {
            name: Some(name.to_owned()),
            operations: Vec::new(),
        };
        naming::group(&group).ok().map(|name| name.to_string())
    };
    let name = naming::operation(operation).ok();
    (
        operation.split_id().0.and_then(module),
        name.map(|name| name.to_string()),
    )
}

fn renamed(old: &Operation, new: &Operation) -> Meaning {
    match path(old) == path(new) {
        true => INVISIBLE,
        false => Meaning::of(Impact::Breaking, Impact::Invisible)
            .because("its request builder has another name"),
    }
}

fn one(found: &mut Found, place: &str, old: &Operation, new: &Operation) {
    const SUBJECT: Subject = Subject::Operation;
    if old.id == new.id && renamed(old, new).rust == Impact::Breaking {
        let from = old.client_name.clone().unwrap_or_else(|| old.id.clone());
        found.add(place, SUBJECT, What::Renamed { from }, renamed(old, new));
    }
    let elsewhere =
        Meaning::of(Impact::Invisible, Impact::Breaking).because("requests go elsewhere");
    found.aspect(place, SUBJECT, ("route", route(old), route(new)), elsewhere);
    parameters::compare(found, place, old, new);
    bodies::compare(found, place, old, new);
    protocols::compare(found, place, old, new);
    let repeated = (
        "idempotent",
        old.idempotent.to_string(),
        new.idempotent.to_string(),
    );
    found.aspect(place, SUBJECT, repeated, INVISIBLE);
    let versions = (
        "takes api-version",
        old.takes_api_version.to_string(),
        new.takes_api_version.to_string(),
    );
    let other = Meaning::of(Impact::Invisible, Impact::Breaking)
        .because("requests name a version, or no longer do");
    found.aspect(place, SUBJECT, versions, other);
    let permissions = (
        "permission",
        shown(old.permission.as_ref()),
        shown(new.permission.as_ref()),
    );
    found.aspect(place, SUBJECT, permissions, INVISIBLE);
    found.deprecated(place, SUBJECT, old.deprecated, new.deprecated);
}

/// Which operation is asked whether an effect shows; it is part of the type.
fn settled(
    found: &mut Found,
    place: &str,
    (old_service, old): (&Service, &Operation),
    (new_service, new): (&Service, &Operation),
) {
    let probe = |service: &Service, operation: &Operation| {
        let id = operation.settled_by.as_ref()?;
        service.operation(id).map(path)
    };
    let is_same = probe(old_service, old) == probe(new_service, new);
    let meaning = match (&old.settled_by, &new.settled_by) {
        (None, Some(_)) => Meaning::of(Impact::Additive, Impact::Invisible),
        (Some(_), Some(_)) if is_same => INVISIBLE,
        _ => Meaning::of(Impact::Breaking, Impact::Invisible)
            .because("waiting for its effect asks another operation, or none"),
    };
    let (before, after) = (old.settled_by.as_ref(), new.settled_by.as_ref());
    let probes = ("settled by", shown(before), shown(after));
    found.aspect(place, Subject::Operation, probes, meaning);
}
