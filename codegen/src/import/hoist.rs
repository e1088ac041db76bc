//! Finds what operations and services share, and says it once: parameters, error responses, and
//! the schemas of documents without operations.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::prose;
use crate::naming;

/// Replaces what is shared by references; the present documents show what is shared already.
pub(super) fn shared_parts(document: &mut Value, present: &IndexMap<String, Value>, file: &str) {
    for (common, root) in present.iter().filter(|(name, _)| *name != file) {
        if has_no_operations(root) {
            share_schemas(document, common, root);
        }
    }
    for kind in ["parameters", "responses"] {
        let mut known = known_parts(present, file, kind);
        let counted = count(document, kind);
        name_repeated(&mut known, counted, kind);
        replace(document, &known, kind);
    }
}

fn has_no_operations(root: &Value) -> bool {
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
    loop {
        let outside = |name: &String| {
            let mut outside = false;
            each_reference(&theirs[name], &mut |reference| {
                let name = reference.rsplit('/').next().unwrap_or_default();
                outside |= !same.contains(name);
            });
            outside
        };
        let Some(name) = same.iter().find(|name| outside(name)).cloned() else {
            return same;
        };
        same.remove(&name);
    }
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

fn redirect(node: &mut Value, to: &impl Fn(&str) -> Option<String>) {
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

/// A part that has a name: what it looks like, and how it is referred to.
struct Part {
    structure: Value,
    reference: String,
    /// Its name among the components of this document, if it is one of them.
    own: Option<String>,
}

/// The parts that the present document, and those without operations, have names for.
fn known_parts(present: &IndexMap<String, Value>, file: &str, kind: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    for (name, root) in present {
        let own = name == file;
        if !own && !has_no_operations(root) {
            continue;
        }
        let components = root.pointer(&format!("/components/{kind}"));
        for (key, part) in components.and_then(Value::as_object).into_iter().flatten() {
            let mut structure = prose::structure(part);
            let prefix = if own { "" } else { name.as_str() };
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

/// How often each part occurs in the operations, in the order of their first occurrence.
fn count(document: &mut Value, kind: &str) -> Vec<(Value, usize)> {
    let mut counted: Vec<(Value, usize)> = Vec::new();
    each_part(document, kind, &mut |part| {
        let structure = prose::structure(part);
        match counted.iter_mut().find(|(known, _)| *known == structure) {
            Some((_, count)) => *count += 1,
            None => counted.push((structure, 1)),
        }
    });
    counted
}

/// Gives parts that occur more than once a name.
fn name_repeated(known: &mut Vec<Part>, counted: Vec<(Value, usize)>, kind: &str) {
    for (structure, count) in counted {
        if count < 2 || known.iter().any(|part| part.structure == structure) {
            continue;
        }
        let base = part_name(&structure);
        let taken = |name: &String| known.iter().any(|part| part.own.as_ref() == Some(name));
        let name = (1..)
            .map(|n| {
                if n == 1 {
                    base.clone()
                } else {
                    format!("{base}{n}")
                }
            })
            .find(|name| !taken(name))
            .unwrap_or(base.clone());
        known.push(Part {
            structure,
            reference: format!("#/components/{kind}/{name}"),
            own: Some(name),
        });
    }
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

fn replace(document: &mut Value, known: &[Part], kind: &str) {
    let mut components = Map::new();
    each_part(document, kind, &mut |part| {
        let structure = prose::structure(part);
        let Some(shared) = known.iter().find(|known| known.structure == structure) else {
            return;
        };
        if let Some(own) = &shared.own {
            components
                .entry(own.clone())
                .or_insert_with(|| part.clone());
        }
        *part = json!({"$ref": shared.reference});
    });
    if components.is_empty() {
        return;
    }
    // In the order of the present document; what is new comes last.
    let order = |name: &String| {
        known
            .iter()
            .position(|part| part.own.as_ref() == Some(name))
    };
    let mut sorted: Vec<_> = components.into_iter().collect();
    sorted.sort_by_key(|(name, _)| order(name));
    document["components"][kind] = Value::Object(sorted.into_iter().collect());
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
