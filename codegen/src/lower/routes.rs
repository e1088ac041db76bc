//! Which paths a value could turn into another operation's.
//!
//! `GET /keys/{key-name}/{key-version}` with the version `versions` is another call. The service
//! prefers literals from left to right; what it would prefer to an operation is its rival, and
//! the runtime refuses values that spell one.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Api, Location, Method, Operation, PathTemplate, Presence, Segment};

/// Why the rivals of an operation are not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TooMany {
    /// It has more than [`MAX_RIVALS`].
    Rivals,
    /// Those before it have cost too much to look any further.
    Paths,
}

/// An operation, by service and id.
type Id = (String, String);

/// Fills in the rivals of all operations of an endpoint; returns those of which they are not known.
pub(super) fn find_rivals(api: &mut Api) -> Vec<(Id, TooMany)> {
    find_within(api, MAX_TOTAL)
}

fn find_within(api: &mut Api, total: usize) -> Vec<(Id, TooMany)> {
    let mut routes: BTreeMap<(String, Method), Routes> = BTreeMap::new();
    for service in &api.services {
        for operation in service.operations() {
            let key = (service.endpoint.clone(), operation.method);
            let routes = routes.entry(key).or_default();
            forms(operation).iter().for_each(|form| routes.add(form));
        }
    }
    let mut crowded = Vec::new();
    let mut left = total;
    for service in &mut api.services {
        let endpoint = service.endpoint.clone();
        let operations = service.groups.iter_mut().flat_map(|g| &mut g.operations);
        for operation in operations {
            let others = &routes[&(endpoint.clone(), operation.method)];
            let search = search(operation, others, left);
            left = left.saturating_sub(search.cost());
            let problem = match left {
                0 => TooMany::Paths,
                _ if search.is_complete() => {
                    operation.rivals = search.found.into_iter().cloned().collect();
                    continue;
                }
                _ => TooMany::Rivals,
            };
            crowded.push(((service.name.clone(), operation.id.clone()), problem));
            if problem == TooMany::Paths {
                return crowded;
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

/// Looks for the rivals of an operation, as long as that does not cost too much.
fn search<'a>(operation: &Operation, others: &'a Routes, left: usize) -> Search<'a> {
    let mut search = Search {
        limit: left.min(MAX_STEPS),
        ..Search::default()
    };
    for form in forms(operation) {
        search.walk(others, &form.0, false);
    }
    search
}

/// How many rivals an operation may have; a real one has a dozen.
pub(super) const MAX_RIVALS: usize = 1000;

/// How many segments are looked at for one operation.
const MAX_STEPS: usize = 100_000;

/// What the search may cost for all operations together. A real one costs some hundred steps each.
const MAX_TOTAL: usize = 20_000_000;

/// What a rival costs, in steps: it is written down for each operation that has it.
const RIVAL: usize = 20;

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
    found: BTreeSet<&'a PathTemplate>,
    steps: usize,
    /// How many steps may be made.
    limit: usize,
}

impl<'a> Search<'a> {
    fn is_complete(&self) -> bool {
        self.steps <= self.limit && self.found.len() <= MAX_RIVALS
    }

    fn cost(&self) -> usize {
        self.steps + RIVAL * self.found.len()
    }

    /// `preferred` says whether a literal further left has decided already.
    fn walk(&mut self, routes: &'a Routes, own: &[Segment], preferred: bool) {
        self.steps += 1;
        if !self.is_complete() {
            return;
        }
        let Some((segment, rest)) = own.split_first() else {
            if preferred {
                // One more than there may be is enough to see that there are too many.
                let ends = routes.ends.iter().take(MAX_RIVALS + 1);
                self.steps += ends.len();
                self.found.extend(ends);
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
    use std::path::Path;

    use super::{MAX_RIVALS, Routes, Search, TooMany, find_within};
    use crate::api::{Api, PathTemplate};
    use crate::document::Files;
    use crate::load_from;

    fn path(text: &str) -> PathTemplate {
        PathTemplate::from(text.to_owned())
    }

    fn unlimited<'a>() -> Search<'a> {
        Search {
            limit: usize::MAX,
            ..Search::default()
        }
    }

    fn prefers(other: &str, own: &str) -> bool {
        let mut routes = Routes::default();
        routes.add(&path(other));
        let mut search = unlimited();
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

    /// The description of the paths, which all have one parameter `n`.
    fn described(paths: impl Iterator<Item = String>) -> Api {
        let mut text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n".to_owned();
        for (number, path) in paths.enumerate() {
            text += &format!(
                "  {path}:\n    get:\n      operationId: Get{number}\n      parameters: [{{name: n, in: path, required: true, schema: {{type: string}}}}]\n      responses: {{'204': {{description: Done.}}}}\n"
            );
        }
        let files = Files::in_memory([("spec/a.yaml", text)]);
        let loaded = load_from(&files, Path::new("spec"));
        let report = loaded.report;
        assert!(!report.has_errors(), "{}", report.render(false));
        loaded.api.into_api()
    }

    #[test]
    fn what_all_operations_cost_together_is_limited_too() {
        let paths = (0..100).map(|number| format!("/a/{{n}}/x{number}"));
        let mut api = described(paths);
        assert_eq!(find_within(&mut api, 10_000), []);
        let many = find_within(&mut api, 100);
        assert!(matches!(many.as_slice(), [(_, TooMany::Paths)]), "{many:?}");
    }

    #[test]
    fn of_too_many_rivals_only_so_many_are_looked_at() {
        let mut routes = Routes::default();
        for number in 0..5000 {
            routes.add(&path(&format!("/keys/{{n{number}}}/versions")));
        }
        let mut search = unlimited();
        search.walk(&routes, &path("/keys/{n}/{v}").0, false);
        assert_eq!(search.found.len(), MAX_RIVALS + 1);
        assert!(!search.is_complete());
    }

    #[test]
    fn other_collections_are_not_looked_at() {
        let mut routes = Routes::default();
        for number in 0..5000 {
            routes.add(&path(&format!("/c{number}/{{n}}/versions")));
            routes.add(&path(&format!("/c{number}/{{n}}/{{v}}")));
        }
        let mut search = unlimited();
        search.walk(&routes, &path("/c7/{n}/{v}").0, false);
        assert_eq!((search.found.len(), search.steps), (1, 6));
    }
}
