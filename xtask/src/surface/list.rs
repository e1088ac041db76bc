//! A public API as a short list: one item a line, each line readable on its own.

use std::collections::{BTreeMap, BTreeSet};

/// Modules of the standard library whose names tell nothing more than the item's own.
const MODULES: [&str; 17] = [
    "alloc::borrow::",
    "alloc::boxed::",
    "alloc::string::",
    "alloc::vec::",
    "core::clone::",
    "core::cmp::",
    "core::convert::",
    "core::default::",
    "core::fmt::",
    "core::hash::",
    "core::iter::traits::collect::",
    "core::marker::",
    "core::ops::deref::",
    "core::option::",
    "core::pin::",
    "core::result::",
    "core::str::traits::",
];

/// The list, made of lines in the order in which members follow the `impl` that they belong to.
///
/// The traits of a type are one line. Of what they bring, only types are listed: the rest is as the
/// trait says.
pub(super) fn list(items: impl Iterator<Item = String>) -> String {
    let mut lines = BTreeSet::new();
    let mut traits: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut implementor: Option<String> = None;
    for item in items.filter(|item| !item.contains("StructuralPartialEq")) {
        if let Some((name, ty)) = trait_impl(&item) {
            traits.entry(short(ty)).or_default().insert(short(name));
            implementor = Some(ty.to_owned());
        } else if item.starts_with("impl") {
            implementor = None;
        } else if item.starts_with("pub type ") || !is_member(&item, implementor.as_deref()) {
            lines.insert(short(&item));
        }
    }
    for (ty, traits) in traits {
        let traits: Vec<_> = traits.into_iter().collect();
        lines.insert(format!("{ty}: {}", traits.join(", ")));
    }
    lines.into_iter().map(|line| line + "\n").collect()
}

/// Whether the item is one that a trait brings to a type.
fn is_member(item: &str, implementor: Option<&str>) -> bool {
    implementor.is_some_and(|ty| item.contains(&format!(" {ty}::")))
}

/// The trait and the type of `impl Trait for Type`.
fn trait_impl(item: &str) -> Option<(&str, &str)> {
    let rest = item.strip_prefix("impl")?;
    let (name, ty) = rest.split_once(" for ")?;
    Some((name.trim(), ty.split(" where ").next().unwrap_or(ty)))
}

fn short(item: &str) -> String {
    let short = |text: String, module: &&str| text.replace(module, "");
    let text = MODULES.iter().fold(item.to_owned(), short);
    text.replace("keyvault_runtime::", "runtime::")
        .replace("serde_core::", "serde::")
}

#[cfg(test)]
mod tests {
    use super::list;

    fn of(items: &[&str]) -> String {
        list(items.iter().map(|item| (*item).to_owned()))
    }

    #[test]
    fn the_traits_of_a_type_are_one_line() {
        let items = [
            "pub struct a::A",
            "impl a::A",
            "pub fn a::A::new() -> core::option::Option<Self>",
            "impl core::clone::Clone for a::A",
            "pub fn a::A::clone(&self) -> a::A",
            "impl core::fmt::Debug for a::A",
            "pub fn a::A::fmt(&self)",
        ];
        let expected = "a::A: Clone, Debug\npub fn a::A::new() -> Option<Self>\npub struct a::A\n";
        assert_eq!(of(&items), expected);
    }

    #[test]
    fn types_that_a_trait_brings_are_listed() {
        let items = ["impl a::Trait for a::A", "pub type a::A::Output = a::B"];
        assert_eq!(of(&items), "a::A: a::Trait\npub type a::A::Output = a::B\n");
    }

    #[test]
    fn what_follows_a_type_is_not_taken_for_its_own() {
        let items = ["impl a::Trait for a::A", "pub fn a::free()"];
        assert_eq!(of(&items), "a::A: a::Trait\npub fn a::free()\n");
    }
}
