//! Where the items of an [`Api`] are found by name, and which types lead back to themselves.

use std::collections::BTreeMap;

use super::{Api, Operation, Service, TypeDef, TypeRef};

impl Api {
    /// All types by name, to look references up in.
    pub fn index(&self) -> TypeIndex<'_> {
        let services = self.services.iter();
        let types = services.flat_map(|service| {
            let key = |def: &'_ TypeDef| (service.name.as_str(), def.name.clone());
            service.types.iter().map(move |def| (key(def), def))
        });
        TypeIndex(types.collect())
    }

    /// All services by name, to look references up in; of two of one name the first.
    pub fn services_by_name(&self) -> BTreeMap<&str, &Service> {
        let services = self.services.iter().rev();
        services
            .map(|service| (service.name.as_str(), service))
            .collect()
    }
}

impl Service {
    /// All operations by id; of two of one id the first.
    pub fn operations_by_id(&self) -> BTreeMap<&str, &Operation> {
        let mut operations = BTreeMap::new();
        for operation in self.operations() {
            operations.entry(operation.id.as_str()).or_insert(operation);
        }
        operations
    }
}

/// The types of an `Api` by service and name.
pub struct TypeIndex<'a>(BTreeMap<(&'a str, String), &'a TypeDef>);

impl<'a> TypeIndex<'a> {
    /// The definition behind a reference.
    pub fn get(&self, reference: &TypeRef) -> Option<&'a TypeDef> {
        self.0
            .get(&(reference.service.as_str(), reference.name.clone()))
            .copied()
    }

    /// The names of the types of a service.
    pub fn names<'s>(&'s self, service: &'s str) -> impl Iterator<Item = &'s str> {
        let keys = self.0.keys();
        keys.filter(move |(owner, _)| *owner == service)
            .map(|(_, name)| name.as_str())
    }
}

/// Which types lead to each other, over references of one kind.
pub struct Circles {
    numbers: BTreeMap<TypeRef, usize>,
    /// Types of the same component lead to each other, and no others do.
    components: Vec<usize>,
}

impl Circles {
    /// Follows from each type what `next` gives for it.
    pub fn of<'a>(api: &'a Api, next: impl Fn(&'a TypeDef) -> Vec<&'a TypeRef>) -> Self {
        let services = api.services.iter();
        let defs: Vec<_> = services
            .flat_map(|service| service.types.iter().map(move |def| (service, def)))
            .collect();
        let reference = |service: &Service, def: &TypeDef| TypeRef {
            service: service.name.clone(),
            name: def.name.clone(),
        };
        let numbers: BTreeMap<_, _> = (0..)
            .zip(&defs)
            .map(|(number, (service, def))| (reference(service, def), number))
            .collect();
        let edges = defs.iter().map(|(_, def)| {
            let references = next(def).into_iter();
            references
                .filter_map(|reference| numbers.get(reference).copied())
                .collect()
        });
        let components = components(&edges.collect::<Vec<_>>());
        Self {
            numbers,
            components,
        }
    }

    /// Whether two types lead to each other; one that leads to nothing does to itself.
    pub fn meet(&self, one: &TypeRef, other: &TypeRef) -> bool {
        let component = |reference| self.numbers.get(reference).map(|n| self.components[*n]);
        component(one).is_some() && component(one) == component(other)
    }
}

/// The strongly connected components of a graph: one number for all nodes of a component. Tarjan's
/// algorithm, which looks at each edge once; without recursion, for a chain may be long.
fn components(edges: &[Vec<usize>]) -> Vec<usize> {
    let mut walk = Walk {
        order: vec![None; edges.len()],
        low: vec![0; edges.len()],
        components: vec![None; edges.len()],
        path: Vec::new(),
        met: 0,
        found: 0,
    };
    for start in 0..edges.len() {
        if walk.order[start].is_none() {
            walk.from(start, edges);
        }
    }
    let components = walk.components.into_iter();
    components.map(Option::unwrap_or_default).collect()
}

struct Walk {
    /// When a node was met.
    order: Vec<Option<usize>>,
    /// The first of the path that a node is known to lead to.
    low: Vec<usize>,
    components: Vec<Option<usize>>,
    /// The nodes that were met and have no component yet.
    path: Vec<usize>,
    met: usize,
    found: usize,
}

impl Walk {
    fn from(&mut self, start: usize, edges: &[Vec<usize>]) {
        // A node, and how many of its edges were followed.
        let mut open = vec![(start, 0)];
        self.meet(start);
        while let Some((node, followed)) = open.last_mut() {
            let node = *node;
            let Some(&next) = edges[node].get(*followed) else {
                open.pop();
                self.leave(node);
                if let Some((before, _)) = open.last() {
                    self.low[*before] = self.low[*before].min(self.low[node]);
                }
                continue;
            };
            *followed += 1;
            match self.order[next] {
                None => {
                    self.meet(next);
                    open.push((next, 0));
                }
                Some(order) if self.components[next].is_none() => {
                    self.low[node] = self.low[node].min(order);
                }
                Some(_) => {}
            }
        }
    }

    fn meet(&mut self, node: usize) {
        self.order[node] = Some(self.met);
        self.low[node] = self.met;
        self.met += 1;
        self.path.push(node);
    }

    /// A node that leads to none before it has a component, with all that were met behind it.
    fn leave(&mut self, node: usize) {
        if self.order[node] != Some(self.low[node]) {
            return;
        }
        while let Some(member) = self.path.pop() {
            self.components[member] = Some(self.found);
            if member == node {
                break;
            }
        }
        self.found += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::components;

    #[test]
    fn nodes_that_lead_to_each_other_are_one_component() {
        let edges = [vec![1], vec![2], vec![0, 3], vec![4], vec![], vec![4, 5]];
        let found = components(&edges);
        assert!(found[0] == found[1] && found[1] == found[2]);
        let others: std::collections::BTreeSet<_> = found[2..].iter().collect();
        assert_eq!(others.len(), 4);
    }

    #[test]
    fn a_long_chain_takes_no_more_stack_than_a_short_one() {
        let chain: Vec<_> = (0..300_000)
            .map(|node| vec![(node + 1) % 300_000])
            .collect();
        assert!(components(&chain).iter().all(|component| *component == 0));
    }
}
