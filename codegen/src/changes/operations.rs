use super::pairs::pair;
use super::{
    ADDITIVE, Found, INVISIBLE, Impact, Meaning, Subject, What, bodies, parameters, protocols,
};
use crate::api::{Operation, Service};
use crate::naming;

pub(super) fn compare(found: &mut Found, old: &Service, new: &Service) {
    let pairs = pair(
        old.operations(),
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
    }
    for (old, new_operation) in pairs.both {
        one(found, &place(new, new_operation), old, new_operation);
    }
    for operation in pairs.removed {
        found.removed(
            &place(old, operation),
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

fn renamed(old: &Operation, new: &Operation) -> Meaning {
    let path = |operation: &Operation| {
        let group = operation.split_id().0.map(str::to_ascii_lowercase);
        (
            group,
            naming::operation(operation)
                .ok()
                .map(|name| name.to_string()),
        )
    };
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
    let permissions = (
        "permission",
        super::shown(old.permission.as_ref()),
        super::shown(new.permission.as_ref()),
    );
    found.aspect(place, SUBJECT, permissions, INVISIBLE);
    found.deprecated(place, SUBJECT, old.deprecated, new.deprecated);
}
