//! Brings what is ours into a new document: to where it stood, and after what has moved.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::counterparts::{Counterpart, Counterparts, counterparts};
use super::operations;
use super::prose::{OURS, ours, pointer};
use super::walk::visit;
use super::world::World;
use crate::source::{At, Pointer};

/// Takes over what is ours in the present document of the same name; returns the described nodes
/// that are no more.
pub(super) fn carry(
    new: &mut Value,
    present: &IndexMap<String, Value>,
    file: &str,
) -> Vec<(At, String)> {
    let Some(old) = present.get(file) else {
        return Vec::new();
    };
    carry_title(new, old);
    let mut places = Places {
        taken: operations::taken_by_others(new, old),
        given: BTreeSet::new(),
    };
    places.carry(new, old, &Pointer::default());
    let old = World::new(file, old, present);
    let counterparts = counterparts(&World::new(file, new, present), &old);
    follow(new, &old, &counterparts, &places.given);
    gone(&World::new(file, new, present), &old, &counterparts)
}

fn carry_title(new: &mut Value, old: &Value) {
    for key in ["title", "description"] {
        if let Some(text) = old.pointer(&format!("/info/{key}"))
            && let Some(info) = new.get_mut("info").and_then(Value::as_object_mut)
        {
            info.insert(key.to_owned(), text.clone());
        }
    }
}

/// Carries from place to place.
struct Places {
    /// Places where another operation stands now.
    taken: BTreeSet<Pointer>,
    /// Nodes that have something of ours already.
    given: BTreeSet<Pointer>,
}

impl Places {
    fn carry(&mut self, new: &mut Value, old: &Value, at: &Pointer) {
        if self.taken.contains(at) {
            return;
        }
        match (new, old) {
            (Value::Object(new), Value::Object(old)) => {
                for (key, value) in new.iter_mut() {
                    if let Some(old) = old.get(key) {
                        self.carry(value, old, &at.child(key));
                    }
                }
                if carry_members(new, old) {
                    self.given.insert(at.clone());
                }
            }
            (Value::Array(new), Value::Array(old)) => {
                let known = Known::of(old);
                for (index, item) in new.iter_mut().enumerate() {
                    if let Some(old) = known.counterpart(item, index) {
                        self.carry(item, old, &at.child(&index.to_string()));
                    }
                }
            }
            _ => {}
        }
    }
}

/// Returns whether there was something to carry.
fn carry_members(new: &mut Map<String, Value>, old: &Map<String, Value>) -> bool {
    let mut carried = false;
    for key in OURS {
        let is_ours = |ours: &&Value| key.starts_with("x-") || !ours.is_object();
        if let Some(ours) = old.get(*key).filter(is_ours)
            && !new.contains_key("$ref")
        {
            carried |= ours.as_str() != Some("");
            new.insert((*key).to_owned(), ours.clone());
        }
    }
    if let (Some(Value::Object(scopes)), Some(ours)) = (new.get_mut("scopes"), old.get("scopes")) {
        for (name, text) in scopes.iter_mut().filter(|(_, text)| text.is_string()) {
            if let Some(ours) = ours.get(name) {
                *text = ours.clone();
            }
        }
    }
    // The default of a server variable is an example, and ours.
    for (key, value) in new.iter_mut().filter(|(key, _)| *key == "variables") {
        for (name, variable) in value.as_object_mut().into_iter().flatten() {
            let ours = old.get(key).and_then(|v| v.get(name)?.get("default"));
            if let (Some(variable), Some(ours)) = (variable.as_object_mut(), ours) {
                variable.insert("default".to_owned(), ours.clone());
            }
        }
    }
    carried
}

/// Gives what has nothing of ours yet what its counterparts had.
fn follow(
    new: &mut Value,
    old: &World<'_>,
    counterparts: &Counterparts,
    given: &BTreeSet<Pointer>,
) {
    for (at, known) in counterparts {
        if !old.owns(at) || given.contains(&at.pointer) {
            continue;
        }
        let node = new.pointer_mut(at.pointer.as_str());
        if let Some(members) = node.and_then(Value::as_object_mut) {
            members.extend(most_said(old, known));
        }
    }
}

/// What most counterparts have; what is distant only counts if nothing near says anything.
fn most_said(old: &World<'_>, known: &[Counterpart]) -> Map<String, Value> {
    let mut said: Vec<(Map<String, Value>, bool, usize)> = Vec::new();
    for Counterpart { at, distant } in known {
        let ours = old.node(at).map(ours).unwrap_or_default();
        if ours.is_empty() {
            continue;
        }
        let same = said
            .iter_mut()
            .find(|(known, far, _)| *known == ours && far == distant);
        match same {
            Some((.., count)) => *count += 1,
            None => said.push((ours, *distant, 1)),
        }
    }
    let most = said
        .into_iter()
        .rev()
        .max_by_key(|(_, distant, count)| (!distant, *count));
    most.map(|(ours, ..)| ours).unwrap_or_default()
}

/// The described nodes whose text the same thing no longer has, wherever it stands.
fn gone(new: &World<'_>, old: &World<'_>, counterparts: &Counterparts) -> Vec<(At, String)> {
    let kept = described(new.root());
    let mut moved: BTreeMap<&At, Vec<&At>> = BTreeMap::new();
    for (at, known) in counterparts {
        for counterpart in known {
            moved.entry(&counterpart.at).or_default().push(at);
        }
    }
    let described = described(old.root()).into_iter();
    let described = described.map(|(thing, (pointer, text))| (thing, old.at(pointer), text));
    let gone = described.filter(|(thing, at, text)| {
        let stays = kept.get(thing).is_some_and(|(_, kept)| kept == text);
        let mut places = moved.get(at).into_iter().flatten();
        let has = |place: &&At| {
            new.node(place)
                .and_then(|node| node.get("description")?.as_str())
        };
        !stays && !places.any(|place| has(place) == Some(text))
    });
    gone.map(|(_, at, text)| (at, text)).collect()
}

/// The items of an old list by what tells them from the others.
struct Known<'a> {
    items: &'a [Value],
    references: HashMap<&'a Value, &'a Value>,
    parameters: HashMap<(&'a Value, &'a Value), &'a Value>,
    values: HashMap<&'a Value, &'a Value>,
}

impl<'a> Known<'a> {
    fn of(items: &'a [Value]) -> Self {
        // Of two with one name the first counts, and so comes last here.
        let by = |key: &'static str| {
            let items = items.iter().rev();
            items.filter_map(move |item| Some((item.get(key)?, item)))
        };
        let named = by("name").filter_map(|(name, item)| Some(((name, item.get("in")?), item)));
        Self {
            items,
            references: by("$ref").collect(),
            parameters: named.collect(),
            values: by("value").collect(),
        }
    }

    /// The item that is the same thing: a parameter by its name, a value by its text.
    fn counterpart(&self, item: &Value, index: usize) -> Option<&'a Value> {
        let by = |key: &str, known: &HashMap<&Value, &'a Value>| {
            item.get(key).and_then(|text| known.get(text).copied())
        };
        let parameter = || {
            let key = (item.get("name")?, item.get("in")?);
            self.parameters.get(&key).copied()
        };
        by("$ref", &self.references)
            .or_else(parameter)
            .or_else(|| by("value", &self.values))
            .or_else(|| self.items.get(index).filter(|_| identity(item).is_none()))
    }
}

/// What tells an item of a list from the others, wherever it stands in the list.
fn identity(item: &Value) -> Option<String> {
    let text = |key: &str| item.get(key).and_then(Value::as_str);
    match (text("$ref"), text("value"), text("name"), text("in")) {
        (Some(reference), ..) => Some(reference.to_owned()),
        (_, Some(value), ..) => Some(value.to_owned()),
        (_, _, Some(name), place) => Some(format!("{} {name}", place.unwrap_or_default())),
        _ => None,
    }
}

/// The way to a node with items by their identity.
fn things(root: &Value, path: &[String]) -> Vec<String> {
    let mut node = root;
    let mut things = Vec::new();
    for key in path {
        let child = match node {
            Value::Array(items) => key.parse().ok().and_then(|index: usize| items.get(index)),
            node => node.get(key),
        };
        let item = child.filter(|_| node.is_array()).and_then(identity);
        things.push(item.unwrap_or_else(|| key.clone()));
        node = child.unwrap_or(&Value::Null);
    }
    things
}

/// The nodes that have a description, by what they are, and what it says.
fn described(root: &Value) -> BTreeMap<Vec<String>, (Pointer, String)> {
    let mut described = BTreeMap::new();
    visit(root, &mut |_, path, members| {
        let text = members.get("description").and_then(Value::as_str);
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            described.insert(things(root, path), (pointer(path), text.to_owned()));
        }
    });
    described
}

#[cfg(test)]
mod tests;
