//! Which paths a value could turn into another operation's.
//!
//! `GET /keys/{key-name}/{key-version}` with the version `versions` is another call. The service
//! prefers literals from left to right; what it would prefer to an operation is its rival, and
//! the runtime refuses values that spell one.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Api, Location, Method, Operation, PathTemplate, Presence, Segment};

/// Fills in the rivals of all operations of an endpoint; returns the operations, by service and id,
/// that have too many.
pub(super) fn find_rivals(api: &mut Api) -> Vec<(String, String)> {
    let mut routes: BTreeMap<(String, Method), Routes> = BTreeMap::new();
    for service in &api.services {
        for operation in service.operations() {
            let key = (service.endpoint.clone(), operation.method);
            let routes = routes.entry(key).or_default();
            forms(operation).iter().for_each(|form| routes.add(form));
        }
    }
    let mut crowded = Vec::new();
    for service in &mut api.services {
        let endpoint = service.endpoint.clone();
        let operations = service.groups.iter_mut().flat_map(|g| &mut g.operations);
        for operation in operations {
            let others = &routes[&(endpoint.clone(), operation.method)];
            match rivals(operation, others) {
                Some(rivals) => operation.rivals = rivals,
                None => crowded.push((service.name.clone(), operation.id.clone())),
            }
        }
    }
    crowded
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

/// The rivals of an operation; none if there are too many to look for.
fn rivals(operation: &Operation, others: &Routes) -> Option<Vec<PathTemplate>> {
    let mut search = Search::default();
    for form in forms(operation) {
        search.walk(others, &form.0, false);
    }
    let mut rivals: Vec<_> = search.found.into_iter().cloned().collect();
    rivals.sort();
    rivals.dedup();
    (search.steps <= MAX_STEPS && rivals.len() <= MAX_RIVALS).then_some(rivals)
}

/// How many rivals an operation may have; a real one has a dozen.
pub(super) const MAX_RIVALS: usize = 1000;

/// How many segments are looked at for one operation.
const MAX_STEPS: usize = 100_000;

/// All paths of an endpoint and method, as a tree of their segments.
#[derive(Default)]
struct Routes {
    /// By text, letter case aside.
    literals: BTreeMap<String, Routes>,
    parameter: Option<Box<Routes>>,
    /// The paths that end here, which differ in letter case and in names of parameters.
    ends: BTreeSet<PathTemplate>,
}

impl Routes {
    fn add(&mut self, path: &PathTemplate) {
        let mut node = self;
        for segment in &path.0 {
            node = match segment {
                Segment::Literal(text) => {
                    node.literals.entry(text.to_ascii_lowercase()).or_default()
                }
                Segment::Parameter(_) => node.parameter.get_or_insert_default(),
            };
        }
        node.ends.insert(path.clone());
    }
}

/// Looks for the paths that fit what fits another, and that the service would prefer to it.
#[derive(Default)]
struct Search<'a> {
    found: Vec<&'a PathTemplate>,
    steps: usize,
}

impl<'a> Search<'a> {
    /// `preferred` says whether a literal further left has decided already.
    fn walk(&mut self, routes: &'a Routes, own: &[Segment], preferred: bool) {
        self.steps += 1;
        if self.steps > MAX_STEPS {
            return;
        }
        let Some((segment, rest)) = own.split_first() else {
            if preferred {
                self.found.extend(&routes.ends);
            }
            return;
        };
        match segment {
            Segment::Literal(text) => {
                if let Some(same) = routes.literals.get(&text.to_ascii_lowercase()) {
                    self.walk(same, rest, preferred);
                }
                // The own literal would be preferred to a parameter that comes first.
                if let Some(parameter) = routes.parameter.as_ref().filter(|_| preferred) {
                    self.walk(parameter, rest, preferred);
                }
            }
            Segment::Parameter(_) => {
                for literal in routes.literals.values() {
                    self.walk(literal, rest, true);
                }
                if let Some(parameter) = &routes.parameter {
                    self.walk(parameter, rest, preferred);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Routes, Search};
    use crate::api::PathTemplate;

    fn path(text: &str) -> PathTemplate {
        PathTemplate::from(text.to_owned())
    }

    fn prefers(other: &str, own: &str) -> bool {
        let mut routes = Routes::default();
        routes.add(&path(other));
        let mut search = Search::default();
        search.walk(&routes, &path(own).0, false);
        !search.found.is_empty()
    }

    #[test]
    fn the_leftmost_literal_wins() {
        for (other, own, expected) in [
            ("/keys/{n}/versions", "/keys/{n}/{v}", true),
            ("/Keys/{n}/versions", "/keys/{n}/{v}", true),
            ("/keys/{n}/{v}", "/keys/{n}/versions", false),
            ("/keys/{n}/{v}", "/keys/{a}/{b}", false),
            ("/certs/issuers/{i}", "/certs/{c}/policy", true),
            ("/certs/{c}/policy", "/certs/issuers/{i}", false),
            ("/keys/{n}/rotate", "/secrets/{n}/{v}", false),
            ("/keys/{n}", "/keys/{n}/{v}", false),
        ] {
            assert_eq!(prefers(other, own), expected, "{other} {own}");
        }
    }

    #[test]
    fn other_collections_are_not_looked_at() {
        let mut routes = Routes::default();
        for number in 0..5000 {
            routes.add(&path(&format!("/c{number}/{{n}}/versions")));
            routes.add(&path(&format!("/c{number}/{{n}}/{{v}}")));
        }
        let mut search = Search::default();
        search.walk(&routes, &path("/c7/{n}/{v}").0, false);
        assert_eq!((search.found.len(), search.steps), (1, 5));
    }
}
