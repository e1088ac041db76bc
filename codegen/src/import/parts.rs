//! Names for what operations share. A name stays with the part that has it, though upstream may
//! change what the part looks like.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};

use indexmap::IndexMap;
use serde_json::Value;

use super::hoist::{has_no_operations, redirect};
use super::operations::{self, Operation};
use super::prose;
use super::world::World;
use crate::naming;

/// A part that has a name: what it looks like, and how it is referred to.
pub(super) struct Part {
    pub(super) structure: Value,
    pub(super) reference: String,
    /// Its name among the components of this document, if it is one of them.
    pub(super) own: Option<String>,
}

/// One structure that operations have.
#[derive(Default)]
struct Found {
    structure: Value,
    count: usize,
    /// What the operations refer to in its place so far, and how many of them.
    votes: IndexMap<String, usize>,
}

/// The parts of a document that have a name, or get one because they occur more than once.
pub(super) fn named(document: &Value, old: &World<'_>, kind: &str) -> Vec<Part> {
    let found = find(document, old, kind);
    let known = known(old, kind);
    let mut taken: Vec<Option<usize>> = vec![None; known.len()];
    let mut settled = vec![false; found.len()];
    for (index, part) in claims(&known, &found) {
        if !settled[index] && taken[part].is_none() {
            settled[index] = true;
            taken[part] = Some(index);
        }
    }
    let kept = known.into_iter().zip(taken);
    let kept = kept.filter_map(|(part, index)| {
        let structure = found[index?].structure.clone();
        Some(Part { structure, ..part })
    });
    let mut parts: Vec<_> = kept.collect();
    let new = found.into_iter().zip(settled);
    let own = parts.iter().filter_map(|part| part.own.clone());
    let mut names = Names {
        taken: own.collect(),
        made: HashMap::new(),
    };
    for (found, _) in new.filter(|(found, settled)| !settled && found.count > 1) {
        parts.push(new_part(&mut names, found, kind));
    }
    parts
}

/// The names among the components of a document.
struct Names {
    taken: HashSet<String>,
    /// How many names were made of each word, so that the search for a free one goes on there.
    made: HashMap<String, usize>,
}

impl Names {
    /// A name that is free, made of a word and perhaps a number.
    fn free(&mut self, base: String) -> String {
        let made = self.made.entry(base.clone()).or_insert(0);
        loop {
            *made += 1;
            let name = match *made {
                1 => base.clone(),
                n => format!("{base}{n}"),
            };
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }
}

/// Who may have which name, the best claim first: what looks the same, most of all in a shared
/// document; then what most operations say that the part is.
fn claims(known: &[Part], found: &[Found]) -> Vec<(usize, usize)> {
    let mut by_looks: HashMap<String, Vec<usize>> = HashMap::new();
    let mut by_reference: HashMap<&str, Vec<usize>> = HashMap::new();
    for (position, part) in known.iter().enumerate() {
        let alike = by_looks.entry(looks(&part.structure)).or_default();
        alike.push(position);
        let meant = by_reference.entry(&part.reference).or_default();
        meant.push(position);
    }
    let mut claims = Vec::new();
    for (index, found) in found.iter().enumerate() {
        let alike = by_looks.get(&looks(&found.structure));
        let alike: BTreeSet<_> = alike.into_iter().flatten().copied().collect();
        let voted = found
            .votes
            .keys()
            .filter_map(|vote| by_reference.get(vote.as_str()));
        let voted: BTreeSet<_> = voted.flatten().copied().collect();
        for position in alike.union(&voted).copied() {
            let part = &known[position];
            let same = alike.contains(&position);
            let votes = found.votes.get(&part.reference).copied().unwrap_or(0);
            let foreign = part.own.is_none();
            if same || !foreign {
                let rank = (!same, !foreign, Reverse(votes));
                claims.push((rank, index, position));
            }
        }
    }
    claims.sort();
    let claims = claims.into_iter();
    claims
        .map(|(_, index, position)| (index, position))
        .collect()
}

/// What a part looks like, whatever the order of its keys: parts that look alike are equal.
pub(super) fn looks(structure: &Value) -> String {
    fn write(node: &Value, text: &mut String) {
        match node {
            Value::Object(members) => {
                let mut members: Vec<_> = members.iter().collect();
                members.sort_by_key(|(key, _)| *key);
                text.push('{');
                for (key, member) in members {
                    text.push_str(&Value::from(key.as_str()).to_string());
                    text.push(':');
                    write(member, text);
                }
                text.push('}');
            }
            Value::Array(items) => {
                text.push('[');
                for item in items {
                    write(item, text);
                    text.push(',');
                }
                text.push(']');
            }
            other => text.push_str(&format!("{other};")),
        }
    }
    let mut text = String::new();
    write(structure, &mut text);
    text
}

/// The parts that the present document, and those without operations, have names for.
fn known(old: &World<'_>, kind: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    for (name, root) in old.documents() {
        let own = name == old.file();
        if !own && !has_no_operations(root) {
            continue;
        }
        let components = root.pointer(&format!("/components/{kind}"));
        let components = components.and_then(Value::as_object);
        for (key, part) in components.into_iter().flatten() {
            let mut structure = prose::structure(part);
            let prefix = if own { "" } else { name };
            redirect(&mut structure, &|reference| {
                reference
                    .starts_with('#')
                    .then(|| format!("{prefix}{reference}"))
            });
            parts.push(Part {
                structure,
                reference: format!("{prefix}#/components/{kind}/{key}"),
                own: own.then(|| key.clone()),
            });
        }
    }
    parts
}

/// The structures in the operations, in the order of their first occurrence.
fn find(document: &Value, old: &World<'_>, kind: &str) -> Vec<Found> {
    let pairs = operations::pairs(document, old.root()).into_iter();
    let pairs: HashMap<_, _> = pairs.map(|(new, known)| (new.pointer, known)).collect();
    let mut all: IndexMap<String, Found> = IndexMap::new();
    for operation in operations::operations(document) {
        let pair = pairs.get(&operation.pointer);
        for part in parts_of(&operation, kind) {
            let structure = prose::structure(part);
            let found = all.entry(looks(&structure)).or_insert_with(|| Found {
                structure,
                ..Found::default()
            });
            found.count += 1;
            let vote = pair.and_then(|known| reference(&operation, part, known, kind, old));
            if let Some(vote) = vote {
                *found.votes.entry(vote).or_default() += 1;
            }
        }
    }
    all.into_values().collect()
}

/// The parameters of an operation, or its default response.
fn parts_of<'a>(operation: &Operation<'a>, kind: &str) -> Vec<&'a Value> {
    match kind {
        "parameters" => operation.parameters().map(|(_, item)| item).collect(),
        _ => operation
            .node
            .pointer("/responses/default")
            .into_iter()
            .collect(),
    }
}

/// The reference that stands in the place of a part so far.
fn reference(
    operation: &Operation<'_>,
    part: &Value,
    known: &Operation<'_>,
    kind: &str,
    old: &World<'_>,
) -> Option<String> {
    let references = parts_of(known, kind).into_iter();
    let mut references = references.filter_map(|item| item.get("$ref")?.as_str());
    let same = references.find(|reference| {
        let target = World::target(old.file(), reference);
        let meant = target.and_then(|at| old.meant(&at));
        meant.is_some_and(|(_, meant)| operation.same_parameter(part, known, meant))
    });
    same.map(str::to_owned)
}

/// A part that occurs more than once, with a name.
fn new_part(names: &mut Names, found: Found, kind: &str) -> Part {
    let base = shared_name(&found).unwrap_or_else(|| part_name(&found.structure));
    let name = names.free(base);
    Part {
        structure: found.structure,
        reference: format!("#/components/{kind}/{name}"),
        own: Some(name),
    }
}

/// The name that a shared document has for it, where it no longer looks the same.
fn shared_name(found: &Found) -> Option<String> {
    let foreign = found
        .votes
        .iter()
        .filter(|(vote, _)| !vote.starts_with('#'));
    let (reference, _) = foreign.rev().max_by_key(|(_, count)| **count)?;
    reference.rsplit('/').next().map(str::to_owned)
}

/// A parameter is called by its name, a response by its schema.
fn part_name(structure: &Value) -> String {
    let schema = structure.pointer("/content/application~1json/schema/$ref");
    let schema = schema
        .and_then(Value::as_str)
        .and_then(|r| r.rsplit('/').next());
    let name = structure.get("x-ms-client-name").or(structure.get("name"));
    let name = name.and_then(Value::as_str).or(schema).unwrap_or("Empty");
    naming::operation_text(&name.replace('_', " ")).unwrap_or_else(|| "Shared".to_owned())
}

#[cfg(test)]
mod tests {
    use indexmap::IndexMap;
    use serde_json::{Value, json};

    use super::{World, named};

    /// A document with one operation for each parameter.
    fn document(parameters: &[Value], components: Value) -> Value {
        let paths = parameters.iter().enumerate().map(|(index, parameter)| {
            let operation = json!({"operationId": format!("O{index}"), "parameters": [parameter]});
            (format!("/{index}"), json!({"get": operation}))
        });
        let paths: serde_json::Map<_, _> = paths.collect();
        json!({"paths": paths, "components": {"parameters": components}})
    }

    fn parameter(max: u64) -> Value {
        json!({"name": "n", "in": "query", "schema": {"type": "string", "maxLength": max}})
    }

    fn reference(name: &str) -> Value {
        json!({"$ref": format!("#/components/parameters/{name}")})
    }

    /// Which reference each maximum has in the end.
    fn names(new: &[u64], old: &Value, others: &IndexMap<String, Value>) -> Vec<(u64, String)> {
        let new: Vec<_> = new.iter().map(|max| parameter(*max)).collect();
        let mut documents = others.clone();
        documents.insert("a.yaml".to_owned(), old.clone());
        let old = World::new("a.yaml", old, &documents);
        let parts = named(&document(&new, json!({})), &old, "parameters").into_iter();
        let max = |part: &Value| part["schema"]["maxLength"].as_u64().unwrap();
        let parts = parts.map(|part| (max(&part.structure), part.reference));
        parts.collect()
    }

    fn pairs(expected: &[(u64, &str)]) -> Vec<(u64, String)> {
        let own = |name| format!("#/components/parameters/{name}");
        let pairs = expected.iter().map(|(max, name)| (*max, own(name)));
        pairs.collect()
    }

    #[test]
    fn a_name_stays_with_what_most_operations_used_it_for() {
        let ours = json!({"Ours": parameter(1)});
        let old = document(
            &[reference("Ours"), reference("Ours"), reference("Ours")],
            ours,
        );
        let names = |new: &[u64]| names(new, &old, &IndexMap::new());
        assert_eq!(names(&[2, 2, 2]), pairs(&[(2, "Ours")]));
        // One that became two: the name goes with the greater part, the other is used once.
        assert_eq!(names(&[3, 2, 2]), pairs(&[(2, "Ours")]));
        assert_eq!(names(&[3, 2, 2, 3]), pairs(&[(2, "Ours"), (3, "N")]));
        // What still looks the same has the better claim.
        assert_eq!(names(&[2, 2, 1, 2]), pairs(&[(1, "Ours"), (2, "N")]));
        // What was shared stays so, though it is used once.
        assert_eq!(names(&[2]), pairs(&[(2, "Ours")]));
    }

    #[test]
    fn two_parts_do_not_take_one_name() {
        let components = json!({"N": parameter(1), "Other": parameter(2)});
        let used = [
            reference("N"),
            reference("N"),
            reference("Other"),
            reference("Other"),
        ];
        let old = document(&used, components);
        let names = |new: &[u64]| names(new, &old, &IndexMap::new());
        assert_eq!(names(&[5, 5, 6, 6]), pairs(&[(5, "N"), (6, "Other")]));
        assert_eq!(names(&[5, 6, 5, 5]), pairs(&[(6, "N"), (5, "Other")]));
        assert_eq!(
            names(&[5, 5, 2, 2, 7, 7]),
            pairs(&[(5, "N"), (2, "Other"), (7, "N2")])
        );
    }

    #[test]
    fn a_shared_document_lends_its_part_or_at_least_its_name() {
        let shared = json!({"paths": {}, "components": {"parameters": {"Common": parameter(1)}}});
        let others = IndexMap::from([("common.yaml".to_owned(), shared)]);
        let common = "common.yaml#/components/parameters/Common";
        let used = json!({"$ref": common});
        let old = document(&[used.clone(), used], json!({}));
        assert_eq!(names(&[1, 1], &old, &others), [(1, common.to_owned())]);
        assert_eq!(names(&[2, 2], &old, &others), pairs(&[(2, "Common")]));
        let own = document(
            &[reference("Own"), reference("Own")],
            json!({"Own": parameter(2)}),
        );
        assert_eq!(names(&[1, 1], &own, &others), [(1, common.to_owned())]);
    }
}
