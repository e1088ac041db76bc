//! Which paths a value could turn into another operation's.
//!
//! `GET /keys/{key-name}/{key-version}` with the version `versions` is another call. The service
//! prefers literals from left to right; what it would prefer to an operation is its rival, and
//! the runtime refuses values that spell one.

use std::collections::BTreeMap;

use crate::api::{Api, Location, Method, Operation, PathTemplate, Presence, Segment};

/// Fills in the rivals of all operations of an endpoint.
pub(super) fn find_rivals(api: &mut Api) {
    let mut routes: BTreeMap<(String, Method), Vec<PathTemplate>> = BTreeMap::new();
    for service in &api.services {
        for operation in service.operations() {
            let key = (service.endpoint.clone(), operation.method);
            routes.entry(key).or_default().extend(forms(operation));
        }
    }
    for service in &mut api.services {
        let endpoint = service.endpoint.clone();
        let operations = service.groups.iter_mut().flat_map(|g| &mut g.operations);
        for operation in operations {
            let others = &routes[&(endpoint.clone(), operation.method)];
            operation.rivals = rivals(operation, others);
        }
    }
}

/// How many forms of one path are looked at; a path with more optional segments is no real one.
const MAX_FORMS: usize = 64;

/// The path with and without each segment that may be left out.
fn forms(operation: &Operation) -> Vec<PathTemplate> {
    let mut forms = vec![Vec::new()];
    for segment in &operation.path.0 {
        let may_be_left_out = is_optional(operation, segment) && forms.len() < MAX_FORMS;
        let without = may_be_left_out.then(|| forms.clone());
        for form in &mut forms {
            form.push(segment.clone());
        }
        forms.extend(without.into_iter().flatten());
    }
    forms.into_iter().map(PathTemplate).collect()
}

fn is_optional(operation: &Operation, segment: &Segment) -> bool {
    let Segment::Parameter(name) = segment else {
        return false;
    };
    operation.parameters.iter().any(|parameter| {
        parameter.location == Location::Path
            && parameter.wire == *name
            && parameter.presence == Presence::Optional
    })
}

fn rivals(operation: &Operation, others: &[PathTemplate]) -> Vec<PathTemplate> {
    let own = forms(operation);
    let mut rivals: Vec<_> = others
        .iter()
        .filter(|other| own.iter().any(|own| prefers(other, own)))
        .cloned()
        .collect();
    rivals.sort();
    rivals.dedup();
    rivals
}

/// Whether there is a path that fits both, and the service would take it for `other`.
fn prefers(other: &PathTemplate, own: &PathTemplate) -> bool {
    if other.0.len() != own.0.len() {
        return false;
    }
    let mut preferred = None;
    for pair in other.0.iter().zip(&own.0) {
        match pair {
            (Segment::Literal(a), Segment::Literal(b)) if !a.eq_ignore_ascii_case(b) => {
                return false;
            }
            (Segment::Literal(_), Segment::Parameter(_)) => _ = preferred.get_or_insert(true),
            (Segment::Parameter(_), Segment::Literal(_)) => _ = preferred.get_or_insert(false),
            _ => {}
        }
    }
    preferred == Some(true)
}

#[cfg(test)]
mod tests {
    use super::prefers;
    use crate::api::PathTemplate;

    fn path(text: &str) -> PathTemplate {
        PathTemplate::from(text.to_owned())
    }

    #[test]
    fn the_leftmost_literal_wins() {
        for (other, own, expected) in [
            ("/keys/{n}/versions", "/keys/{n}/{v}", true),
            ("/keys/{n}/{v}", "/keys/{n}/versions", false),
            ("/keys/{n}/{v}", "/keys/{a}/{b}", false),
            ("/certs/issuers/{i}", "/certs/{c}/policy", true),
            ("/certs/{c}/policy", "/certs/issuers/{i}", false),
            ("/keys/{n}/rotate", "/secrets/{n}/{v}", false),
            ("/keys/{n}", "/keys/{n}/{v}", false),
        ] {
            assert_eq!(prefers(&path(other), &path(own)), expected, "{other} {own}");
        }
    }
}
