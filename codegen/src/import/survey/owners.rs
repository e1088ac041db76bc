//! Which service an operation belongs to.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use indexmap::IndexMap;
use serde_json::Value;

use super::{Route, routes, service_name, stem};
use crate::diagnostic::{Code, Diagnostic};
use crate::import::swagger::normal;
use crate::source::At;

/// The services that have an operation, by its id and by its method and path.
#[derive(Default)]
pub(super) struct Owners {
    assigned: BTreeMap<String, String>,
    by_id: BTreeMap<String, BTreeSet<String>>,
    by_route: BTreeMap<(String, String), BTreeSet<String>>,
}

impl Owners {
    pub(super) fn of(
        documents: &IndexMap<String, Value>,
        assigned: &BTreeMap<String, String>,
    ) -> Self {
        let mut owners = Self {
            assigned: assigned.clone(),
            ..Self::default()
        };
        for (file, root) in documents {
            for route in routes(root) {
                let service = stem(file).to_owned();
                let key = (route.method, form(&route.path));
                let by_id = owners.by_id.entry(route.id).or_default();
                by_id.insert(service.clone());
                owners.by_route.entry(key).or_default().insert(service);
            }
        }
        owners
    }

    /// The operations of a file by service.
    pub(super) fn share(
        &self,
        path: &Path,
        routes: Vec<Route>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> BTreeMap<String, Vec<Route>> {
        let mut shares: BTreeMap<String, Vec<Route>> = BTreeMap::new();
        let mut unknown = Vec::new();
        for route in routes {
            match self.owner(&route) {
                Some(owner) => shares.entry(owner).or_default().push(route),
                None => unknown.push(route),
            }
        }
        match shares.len() {
            0 if unknown.is_empty() => {}
            0 => match service_name(path) {
                Some(name) => shares.extend([(name, unknown)]),
                None => diagnostics.push(nameless(path)),
            },
            1 => shares
                .values_mut()
                .for_each(|share| share.append(&mut unknown)),
            _ => share_unknown(path, unknown, &mut shares, diagnostics),
        }
        shares
    }

    /// The one service that has an operation already.
    fn owner(&self, route: &Route) -> Option<String> {
        if let Some(service) = self.assigned.get(&route.id) {
            return Some(service.clone());
        }
        let none = BTreeSet::new();
        let by_id = self.by_id.get(&route.id).unwrap_or(&none);
        let key = (route.method.clone(), form(&route.path));
        let by_route = self.by_route.get(&key).unwrap_or(&none);
        let both: BTreeSet<_> = by_id & by_route;
        let mut sets = [&both, by_id, by_route].into_iter();
        sets.find(|set| set.len() == 1)?.first().cloned()
    }
}

/// New operations of a file that is split go where the operations with the most similar paths go.
fn share_unknown(
    path: &Path,
    unknown: Vec<Route>,
    shares: &mut BTreeMap<String, Vec<Route>>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let known = shares.clone();
    for route in unknown {
        let likeness = |share: &[Route]| {
            let common = share.iter().map(|known| common(&known.path, &route.path));
            common.max().unwrap_or_default()
        };
        let best = known.values().map(|share| likeness(share)).max();
        let best = best.unwrap_or_default();
        let mut alike = known.iter().filter(|(_, share)| likeness(share) == best);
        match (alike.next(), alike.next()) {
            (Some((service, _)), None) if best > 0 => {
                shares.entry(service.clone()).or_default().push(route);
            }
            _ => diagnostics.push(homeless(path, &route, known.keys())),
        }
    }
}

fn nameless(path: &Path) -> Diagnostic {
    let message = "no service can be called by the name of this file";
    let help =
        "give the file a name that begins with a letter, and has letters, digits and `_` alone";
    Diagnostic::new(Code::InvalidName, At::file(normal(path)), message).help(help)
}

fn homeless<'a>(
    path: &Path,
    route: &Route,
    services: impl Iterator<Item = &'a String>,
) -> Diagnostic {
    let services: Vec<_> = services.map(String::as_str).collect();
    let (first, services) = (services.first().copied(), services.join(", "));
    let id = &route.id;
    let message =
        format!("`{id}` is new, and the file has operations of several services: {services}");
    let at = At::file(normal(path)).child("paths").child(&route.path);
    let at = at.child(&route.method.to_ascii_lowercase());
    let help = format!(
        "say which one it belongs to, such as --assign {id}={}",
        first.unwrap_or("SERVICE")
    );
    Diagnostic::new(Code::Inconsistent, at, message).help(help)
}

/// A path without the names of its parameters.
fn form(path: &str) -> String {
    let segments = path
        .split('/')
        .map(|segment| match segment.starts_with('{') {
            true => "{}".to_owned(),
            false => segment.to_ascii_lowercase(),
        });
    segments.collect::<Vec<_>>().join("/")
}

/// How many segments two paths have in common from their start.
fn common(one: &str, other: &str) -> usize {
    let (one, other) = (form(one), form(other));
    let pairs = one.split('/').skip(1).zip(other.split('/').skip(1));
    pairs.take_while(|(one, other)| one == other).count()
}
