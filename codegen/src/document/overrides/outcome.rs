//! What came of the overrides, and the way back from the corrected documents to the texts.

use super::Override;
use crate::source::{At, Pointer, Spot};

/// What came of the overrides.
#[derive(Debug, Default)]
pub(in crate::document) struct Outcome {
    /// In the order in which they were applied.
    applied: Vec<Applied>,
    /// The places that overrides should have corrected, and did not.
    failed: Vec<At>,
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
        self.applied.push(Applied {
            at: correction.at.clone(),
            written: correction.written.clone(),
            value: correction.set.map(|_| correction.entry.child("set")),
            is_item,
        });
    }

    pub(super) fn failed_at(&mut self, at: At) {
        self.failed.push(at);
    }

    /// How many overrides were applied.
    pub(in crate::document) fn applied(&self) -> usize {
        self.applied.len()
    }

    /// Whether an override that failed was to correct this place, or to put something into it.
    pub(in crate::document) fn awaits(&self, at: &At) -> bool {
        self.failed.iter().any(|failed| {
            let around = failed.pointer.parent();
            at.is_inside(failed) || at.file == failed.file && Some(&at.pointer) == around.as_ref()
        })
    }

    /// Where a node stood before the overrides, or else where the override is written that put it there.
    pub(in crate::document) fn before(&self, at: &At, part: &Spot) -> Result<At, At> {
        let mut at = at.clone();
        for applied in self.applied.iter().rev() {
            match &applied.value {
                Some(_) if at == applied.at && *part != Spot::Value => {
                    return Err(applied.written.clone());
                }
                Some(value) if at.is_inside(&applied.at) => {
                    return Err(moved(&at, &applied.at, value));
                }
                None if applied.is_item => at = with_item(at, &applied.at),
                Some(_) | None => {}
            }
        }
        Ok(at)
    }
}

/// A node inside `from`, as a node inside `to`.
fn moved(at: &At, from: &At, to: &At) -> At {
    let skipped = from.pointer.keys().count();
    let inside = at.pointer.keys().skip(skipped);
    inside.fold(to.clone(), |at, key| at.child(&key))
}

/// The address that a node had while an item that was removed was still there.
fn with_item(at: At, removed: &At) -> At {
    let (Some(list), Ok(index)) = (
        removed.pointer.parent(),
        removed.pointer.last().parse::<usize>(),
    ) else {
        return at;
    };
    let list = At {
        file: removed.file.clone(),
        pointer: list,
    };
    let depth = list.pointer.keys().count();
    let mut keys: Vec<_> = at.pointer.keys().collect();
    let own = keys.get(depth).and_then(|key| key.parse::<usize>().ok());
    match own {
        Some(own) if own >= index && at.is_inside(&list) => {
            keys[depth] = (own + 1).to_string();
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
        let applied = applied.iter().map(|(place, value)| Applied {
            at: at(place),
            written: at("overrides.yaml#/0/at"),
            value: value.map(at),
            is_item: place.contains("/l/"),
        });
        Outcome {
            applied: applied.collect(),
            failed: vec![at("a.yaml#/x/y")],
        }
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
