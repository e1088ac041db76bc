//! Which items of two lists are the same, by name.

/// The items of two lists, put beside each other.
pub(super) struct Pairs<'a, T> {
    /// In both, in the order of the new list.
    pub(super) both: Vec<(&'a T, &'a T)>,
    /// In the old list alone.
    pub(super) removed: Vec<&'a T>,
    /// In the new list alone.
    pub(super) added: Vec<&'a T>,
    /// In both under different names.
    pub(super) renamed: Vec<(&'a T, &'a T)>,
}

/// How many pairs are looked at. Versions between which more is gone and new have nothing in common.
const MOST: usize = 250_000;

/// Pairs by key first; of the rest, each removed item with the first added one that is `same` but for its name.
pub(super) fn pair<'a, T, K: Ord>(
    old: impl IntoIterator<Item = &'a T>,
    new: impl IntoIterator<Item = &'a T>,
    key: impl Fn(&T) -> K,
    same: impl Fn(&T, &T) -> bool,
) -> Pairs<'a, T> {
    let mut by_key: std::collections::BTreeMap<K, &'a T> = std::collections::BTreeMap::new();
    let old: Vec<&'a T> = old.into_iter().collect();
    for item in &old {
        by_key.entry(key(item)).or_insert(item);
    }
    let (mut both, mut added) = (Vec::new(), Vec::new());
    for item in new {
        match by_key.remove(&key(item)) {
            Some(before) => both.push((before, item)),
            None => added.push(item),
        }
    }
    let mut removed: Vec<&'a T> = old
        .into_iter()
        .filter(|item| by_key.contains_key(&key(item)))
        .collect();
    let mut renamed = Vec::new();
    let mut compared = 0;
    removed.retain(|before| {
        compared += added.len();
        let mut added_now = added.iter().take_while(|_| compared <= MOST);
        let Some(index) = added_now.position(|after| same(before, after)) else {
            return true;
        };
        renamed.push((*before, added.remove(index)));
        false
    });
    Pairs {
        both,
        removed,
        added,
        renamed,
    }
}
