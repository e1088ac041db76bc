use std::collections::BTreeMap;

use crate::source::At;

/// Where the items of an `Api` stand in the description, by the items' names.
#[derive(Clone, Debug, Default)]
pub struct Origins(BTreeMap<Vec<String>, At>);

impl Origins {
    /// Notes where an item stands.
    pub fn insert(&mut self, item: &[&str], at: &At) {
        self.0.entry(key(item)).or_insert_with(|| at.clone());
    }

    /// Notes where an item stands, whatever was noted before.
    pub fn replace(&mut self, item: &[&str], at: &At) {
        self.0.insert(key(item), at.clone());
    }

    /// Whether an item is described, though it may be one that cannot be used.
    pub fn has(&self, item: &[&str]) -> bool {
        self.0.contains_key(&key(item))
    }

    /// Where an item stands, or else the nearest item around it.
    ///
    /// Items are named from the outside in: service, `types` or `operations`, type or operation
    /// id, member or [key of the parameter](crate::api::Parameter::key).
    pub fn get(&self, item: &[&str]) -> At {
        (0..=item.len())
            .rev()
            .find_map(|length| self.0.get(&key(&item[..length])))
            .cloned()
            .unwrap_or_else(|| At::file(item.first().copied().unwrap_or("api.json")))
    }
}

fn key(item: &[&str]) -> Vec<String> {
    item.iter().map(|part| (*part).to_owned()).collect()
}
