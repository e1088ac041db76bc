//! Finds what operations and services share, and says it once: parameters, error responses, and
//! the schemas of documents without operations. `parts` gives it names.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::operations;
use super::parts::{self, Part, looks};
use super::prose;
use super::world::World;

/// Replaces what is shared by references; the present documents show what is shared already.
pub(super) fn shared_parts(document: &mut Value, present: &IndexMap<String, Value>, file: &str) {
    for (common, root) in present.iter().filter(|(name, _)| *name != file) {
        if has_no_operations(root) {
            share_schemas(document, common, root);
        }
    }
    let old = World::new(file, present.get(file).unwrap_or(&Value::Null), present);
    operations::order_parameters(document, &old);
    for kind in ["parameters", "responses"] {
        let known = parts::named(document, &old, kind);
        replace(document, &known, kind);
    }
}

/// Whether a document only holds what others share.
pub(super) fn has_no_operations(root: &Value) -> bool {
    let none = |key: &str| {
        let paths = root.get(key).and_then(Value::as_object);
        paths.is_none_or(Map::is_empty)
    };
    none("paths") && none("x-ms-paths")
}

/// Refers to the schemas of a shared document where ours are the same.
fn share_schemas(document: &mut Value, common: &str, root: &Value) {
    let shared = same_schemas(document, root);
    let schemas = document.pointer_mut("/components/schemas");
    if let Some(schemas) = schemas.and_then(Value::as_object_mut) {
        schemas.retain(|name, _| !shared.contains(name));
    }
    redirect(document, &|reference| {
        let name = reference.strip_prefix("#/components/schemas/")?;
        shared
            .contains(name)
            .then(|| format!("{common}{reference}"))
    });
}

/// The schemas that are the same in both documents, with all that they refer to.
fn same_schemas(document: &Value, root: &Value) -> BTreeSet<String> {
    let schemas = |root: &Value| {
        let schemas = root.pointer("/components/schemas").cloned();
        schemas.unwrap_or_default()
    };
    let (ours, theirs) = (schemas(document), schemas(root));
    let ours = ours.as_object().into_iter().flatten();
    let mut same: BTreeSet<String> = ours
        .filter(|(name, ours)| {
            let theirs = theirs.get(*name).map(prose::structure);
            theirs.is_some_and(|theirs| theirs == prose::structure(ours))
        })
        .map(|(name, _)| name.clone())
        .collect();
    // What refers to something that is not the same is not the same either.
    let mut referring: HashMap<String, Vec<String>> = HashMap::new();
    for name in &same {
        each_reference(&theirs[name], &mut |reference| {
            let to = reference.rsplit('/').next().unwrap_or_default();
            referring
                .entry(to.to_owned())
                .or_default()
                .push(name.clone());
        });
    }
    let outside = referring.keys().filter(|name| !same.contains(*name));
    let mut open: Vec<String> = outside.cloned().collect();
    while let Some(name) = open.pop() {
        for referring in referring.remove(&name).into_iter().flatten() {
            if same.remove(&referring) {
                open.push(referring);
            }
        }
    }
    same
}

fn each_reference(node: &Value, visit: &mut impl FnMut(&str)) {
    match node {
        Value::Object(members) => {
            if let Some(reference) = members.get("$ref").and_then(Value::as_str) {
                visit(reference);
            }
            members
                .values()
                .for_each(|child| each_reference(child, visit));
        }
        Value::Array(items) => items.iter().for_each(|child| each_reference(child, visit)),
        _ => {}
    }
}

pub(super) fn redirect(node: &mut Value, to: &impl Fn(&str) -> Option<String>) {
    match node {
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get_mut("$ref")
                && let Some(new) = to(reference)
            {
                *reference = new;
            }
            members.values_mut().for_each(|child| redirect(child, to));
        }
        Value::Array(items) => items.iter_mut().for_each(|child| redirect(child, to)),
        _ => {}
    }
}

fn replace(document: &mut Value, known: &[Part], kind: &str) {
    let mut by_looks = HashMap::new();
    for (order, part) in known.iter().enumerate() {
        by_looks
            .entry(looks(&part.structure))
            .or_insert((order, part));
    }
    // In the order of the present document; what is new comes last.
    let mut components = BTreeMap::new();
    each_part(document, kind, &mut |part| {
        let Some((order, shared)) = by_looks.get(&looks(&prose::structure(part))) else {
            return;
        };
        if let Some(own) = &shared.own {
            let named = || (own.clone(), part.clone());
            components.entry(*order).or_insert_with(named);
        }
        *part = json!({"$ref": shared.reference});
    });
    if !components.is_empty() {
        document["components"][kind] = Value::Object(components.into_values().collect());
    }
}

/// Visits the parameters, or the default responses, of all operations.
fn each_part(document: &mut Value, kind: &str, visit: &mut impl FnMut(&mut Value)) {
    for key in ["paths", "x-ms-paths"] {
        let paths = document.get_mut(key).and_then(Value::as_object_mut);
        for (_, item) in paths.into_iter().flatten() {
            for (_, operation) in item.as_object_mut().into_iter().flatten() {
                match kind {
                    "parameters" => {
                        let list = operation.get_mut(kind).and_then(Value::as_array_mut);
                        list.into_iter().flatten().for_each(&mut *visit);
                    }
                    _ => {
                        let default = operation.pointer_mut("/responses/default");
                        default.into_iter().for_each(&mut *visit);
                    }
                }
            }
        }
    }
}
