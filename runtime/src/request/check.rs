//! Whether a value is what its parameter declares.

use crate::BuildErrorKind;
use crate::class::Class;
use crate::parameter::Parameter;
use regex_lite::Regex;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Checks length, pattern and range. The length goes first, since it bounds the work on the pattern.
pub(super) fn check(parameter: &Parameter, text: &str) -> Result<(), BuildErrorKind> {
    if let Some((min, max)) = parameter.length
        && !(min..=max).contains(&text.chars().count())
    {
        return Err(BuildErrorKind::Length { min, max });
    }
    if let Some((min, max)) = parameter.between
        && !text
            .parse()
            .is_ok_and(|number: i64| (min..=max).contains(&number))
    {
        return Err(BuildErrorKind::Range { min, max });
    }
    match parameter.pattern {
        Some(pattern) if !matches(pattern, text)? => Err(BuildErrorKind::Pattern { pattern }),
        _ => Ok(()),
    }
}

fn matches(pattern: &'static str, text: &str) -> Result<bool, BuildErrorKind> {
    match Class::of(pattern) {
        Some(class) => Ok(class.matches(text)),
        None => Ok(compiled(pattern)?.is_match(text)),
    }
}

/// Compiles each pattern once in the life of the process. Patterns are part of the program, so that they are few.
fn compiled(pattern: &'static str) -> Result<&'static Regex, BuildErrorKind> {
    static CACHE: Mutex<BTreeMap<&'static str, &'static Regex>> = Mutex::new(BTreeMap::new());
    let mut cache = CACHE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(regex) = cache.get(pattern) {
        return Ok(regex);
    }
    let regex = Regex::new(pattern).map_err(|error| BuildErrorKind::Description {
        reason: error.to_string(),
    })?;
    let regex = Box::leak(Box::new(regex));
    cache.insert(pattern, regex);
    Ok(regex)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: &str = "^[0-9a-zA-Z-]+$";

    #[test]
    fn the_pattern_must_match() {
        let name = Parameter::path("name").pattern(NAME);
        assert_eq!(check(&name, "My-key-1"), Ok(()));
        for text in ["", "a_b", "a\n", "a\0", "é", "a/b", ".."] {
            assert_eq!(
                check(&name, text),
                Err(BuildErrorKind::Pattern { pattern: NAME }),
                "{text:?}"
            );
        }
    }

    #[test]
    fn a_pattern_that_is_none_is_a_fault_of_the_description() {
        let name = Parameter::path("name").pattern("(");
        assert!(matches!(
            check(&name, "a"),
            Err(BuildErrorKind::Description { .. })
        ));
    }

    #[test]
    fn a_pattern_is_compiled_once() {
        assert!(std::ptr::eq(
            compiled("^once$").unwrap(),
            compiled("^once$").unwrap()
        ));
    }

    #[test]
    fn the_length_counts_characters() {
        let name = Parameter::path("name").length(2, 3);
        assert_eq!(check(&name, "éé"), Ok(()));
        for text in ["é", "éééé", ""] {
            assert_eq!(
                check(&name, text),
                Err(BuildErrorKind::Length { min: 2, max: 3 })
            );
        }
    }

    #[test]
    fn the_range_includes_its_ends() {
        let number = Parameter::query("maxresults").between(1, 25);
        assert!(check(&number, "1").is_ok() && check(&number, "25").is_ok());
        for text in ["0", "26", "-1", "", "1.5", "x", "99999999999999999999"] {
            assert_eq!(
                check(&number, text),
                Err(BuildErrorKind::Range { min: 1, max: 25 }),
                "{text}"
            );
        }
    }
}
