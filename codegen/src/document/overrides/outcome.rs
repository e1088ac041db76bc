//! What came of the overrides, and the way back from the corrected documents to the texts.

use std::collections::{HashMap, HashSet};

use super::Override;
use crate::source::{At, Pointer, Spot};

/// What came of the overrides.
#[derive(Debug, Default)]
pub(in crate::document) struct Outcome {
    /// In the order in which they were applied.
    applied: Vec<Applied>,
    /// Those of them that matter to a place and all that is in it, in the same order.
    matters: HashMap<At, Vec<usize>>,
    /// The places that overrides should have corrected, and did not.
    failed: HashSet<At>,
    /// What is around those places.
    around_failed: HashSet<At>,
}

#[derive(Debug)]
struct Applied {
    at: At,
    /// Where that place is written.
    written: At,
    /// Where the new value is written; `None` for what was removed.
    value: Option<At>,
    is_item: bool,
}

impl Outcome {
    pub(super) fn applied_to(&mut self, correction: &Override<'_>, is_item: bool) {
        self.apply(Applied {
            at: correction.at.clone(),
            written: correction.written.clone(),
            value: correction.set.map(|_| correction.entry.child("set")),
            is_item,
        });
    }

    fn apply(&mut self, applied: Applied) {
        let place = match applied.value {
            Some(_) => Some(applied.at.clone()),
            // The items behind the one that is gone are others now.
            None if applied.is_item => parent(&applied.at),
            None => None,
        };
        if let Some(place) = place {
            let matters = self.matters.entry(place).or_default();
            matters.push(self.applied.len());
        }
        self.applied.push(applied);
    }

    pub(super) fn failed_at(&mut self, at: At) {
        self.around_failed.extend(parent(&at));
        self.failed.insert(at);
    }

    /// How many overrides were applied.
    pub(in crate::document) fn applied(&self) -> usize {
        self.applied.len()
    }

    /// Whether an override that failed was to correct this place, or to put something into it.
    pub(in crate::document) fn awaits(&self, at: &At) -> bool {
        let is_inside = || at.around().any(|at| self.failed.contains(&at));
        !self.failed.is_empty() && (self.around_failed.contains(at) || is_inside())
    }

    /// Where a node stood before the overrides, or else where the override is written that put it there.
    pub(in crate::document) fn before(&self, at: &At, part: &Spot) -> Result<At, At> {
        let mut at = at.clone();
        let mut end = self.applied.len();
        while let Some(index) = self.last_that_matters(&at, end) {
            let applied = &self.applied[index];
            match &applied.value {
                Some(_) if at == applied.at && *part != Spot::Value => {
                    return Err(applied.written.clone());
                }
                Some(value) => return Err(moved(&at, &applied.at, value)),
                None => at = with_item(at, &applied.at),
            }
            end = index;
        }
        Ok(at)
    }

    /// The last override before the `end`th one that set a place around this one, or removed an item around it.
    fn last_that_matters(&self, at: &At, end: usize) -> Option<usize> {
        if self.matters.is_empty() {
            return None;
        }
        let lists = at.around().filter_map(|at| self.matters.get(&at));
        let last = lists.filter_map(|list| {
            let count = list.partition_point(|index| *index < end);
            list[..count].last().copied()
        });
        last.max()
    }
}

/// The node around a node.
fn parent(at: &At) -> Option<At> {
    at.around().nth(1)
}

/// A node inside `from`, as a node inside `to`.
fn moved(at: &At, from: &At, to: &At) -> At {
    let skipped = from.pointer.keys().count();
    let inside = at.pointer.keys().skip(skipped);
    inside.fold(to.clone(), |at, key| at.child(&key))
}

/// The address that a node had while an item that was removed was still there.
fn with_item(at: At, removed: &At) -> At {
    let (Some(list), Ok(index)) = (parent(removed), removed.pointer.last().parse::<usize>()) else {
        return at;
    };
    let depth = list.pointer.keys().count();
    let mut keys: Vec<_> = at.pointer.keys().collect();
    let own = keys.get(depth).and_then(|key| key.parse::<usize>().ok());
    match own {
        Some(own) if own >= index && at.is_inside(&list) => {
            keys[depth] = (own + 1).to_string().into();
            let root = At {
                file: at.file,
                pointer: Pointer::default(),
            };
            keys.iter().fold(root, |at, key| at.child(key))
        }
        _ => at,
    }
}

#[cfg(test)]
mod tests {
    use super::{Applied, Outcome};
    use crate::source::{At, Spot};

    fn at(text: &str) -> At {
        At::parse(text).unwrap()
    }

    fn outcome(applied: &[(&str, Option<&str>)]) -> Outcome {
        let mut outcome = Outcome::default();
        for (place, value) in applied {
            outcome.apply(Applied {
                at: at(place),
                written: at("overrides.yaml#/0/at"),
                value: value.map(at),
                is_item: place.contains("/l/"),
            });
        }
        outcome.failed_at(at("a.yaml#/x/y"));
        outcome
    }

    #[test]
    fn what_an_override_put_there_stands_in_the_override() {
        let outcome = outcome(&[("a.yaml#/l/0", Some("overrides.yaml#/0/set"))]);
        let of = |text: &str, part| outcome.before(&at(text), part).map_err(|at| at.to_string());
        let written = |text: &str| of(text, &Spot::Value);
        assert_eq!(
            of("a.yaml#/l/0", &Spot::Key),
            Err("overrides.yaml#/0/at".to_owned())
        );
        assert_eq!(
            written("a.yaml#/l/0/b"),
            Err("overrides.yaml#/0/set/b".to_owned())
        );
        assert_eq!(
            written("a.yaml#/l/0"),
            Err("overrides.yaml#/0/set".to_owned())
        );
        assert_eq!(written("a.yaml#/l"), Ok(at("a.yaml#/l")));
        assert_eq!(written("b.yaml#/l/0"), Ok(at("b.yaml#/l/0")));
    }

    #[test]
    fn items_behind_one_that_was_removed_stand_where_they_stood() {
        let outcome = outcome(&[("a.yaml#/l/1", None), ("a.yaml#/l/0", None)]);
        let before = |text: &str| outcome.before(&at(text), &Spot::Key).unwrap().to_string();
        assert_eq!(before("a.yaml#/l/0/x"), "a.yaml#/l/2/x");
        assert_eq!(before("a.yaml#/l/3"), "a.yaml#/l/5");
        assert_eq!(before("a.yaml#/l"), "a.yaml#/l");
        assert_eq!(before("a.yaml#/m/0"), "a.yaml#/m/0");
    }

    /// Looked through one by one they would take hours.
    #[test]
    fn a_hundred_thousand_overrides_are_no_trouble_to_as_many_problems() {
        let mut outcome = outcome(&[]);
        let place = |number: usize| at(&format!("a.yaml#/m/{number}"));
        for number in 0..100_000 {
            outcome.failed_at(place(number));
            outcome.apply(Applied {
                at: place(number),
                written: at("overrides.yaml#/0/at"),
                value: Some(at("overrides.yaml#/0/set")),
                is_item: false,
            });
        }
        for number in 0..100_000 {
            assert!(outcome.before(&place(number), &Spot::Value).is_err());
            assert!(
                outcome
                    .before(&place(number + 100_000), &Spot::Value)
                    .is_ok()
            );
            assert!(outcome.awaits(&place(number)));
        }
    }

    #[test]
    fn members_stay_where_they_are_though_their_keys_are_numbers() {
        let outcome = outcome(&[("a.yaml#/responses/404", None)]);
        let before = outcome
            .before(&at("a.yaml#/responses/500"), &Spot::Key)
            .unwrap();
        assert_eq!(before.to_string(), "a.yaml#/responses/500");
    }

    #[test]
    fn what_a_failed_override_was_to_correct_is_awaited() {
        let outcome = outcome(&[]);
        let awaits = |text: &str| outcome.awaits(&at(text));
        assert!(awaits("a.yaml#/x/y/z") && awaits("a.yaml#/x/y") && awaits("a.yaml#/x"));
        assert!(!awaits("a.yaml#/x/other") && !awaits("a.yaml#") && !awaits("b.yaml#/x"));
    }
}
