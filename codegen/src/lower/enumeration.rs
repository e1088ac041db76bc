use std::collections::HashSet;

use openapiv3::{SchemaData, StringType};
use serde_json::Value;

use super::Context;
use crate::api::{Enum, Variant};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::At;

/// A schema with `enum`: what `x-ms-enum` adds is names, texts, and whether more may come.
pub(super) fn lower(
    cx: &mut Context<'_>,
    item: &[&str],
    at: &At,
    string: &StringType,
    data: &SchemaData,
) -> Option<Enum> {
    // The document stage has refused nulls among the values.
    let wires: Vec<_> = string.enumeration.iter().flatten().cloned().collect();
    let extension = data.extensions.get("x-ms-enum");
    let listed = at.child("enum");
    let at = at.child("x-ms-enum");
    let open = extension.and_then(|e| e.get("modelAsString")) == Some(&Value::Bool(true));
    let named = extension
        .and_then(|e| e.get("values"))
        .and_then(Value::as_array);
    let variants = match named {
        None => wires.into_iter().map(bare).collect(),
        Some(named) => {
            let variants: Vec<_> = named.iter().filter_map(variant).collect();
            check_values(cx, &at.child("values"), &listed, &wires, &variants);
            variants
        }
    };
    for (index, variant) in variants.iter().enumerate() {
        let item = [item, &[variant.wire.as_str()]].concat();
        let at = match named {
            Some(_) => at.child("values").item(index),
            None => listed.item(index),
        };
        cx.origins.insert(&item, &at);
    }
    Some(Enum { open, variants })
}

fn bare(wire: String) -> Variant {
    Variant {
        wire,
        client_name: None,
        doc: String::new(),
    }
}

fn variant(value: &Value) -> Option<Variant> {
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let wire = text("value")?;
    Some(Variant {
        client_name: text("name").filter(|name| *name != wire),
        doc: text("description").unwrap_or_default().trim().to_owned(),
        wire,
    })
}

fn check_values(
    cx: &mut Context<'_>,
    at: &At,
    listed: &At,
    wires: &[String],
    variants: &[Variant],
) {
    if let Some(message) = difference(wires, variants) {
        let diagnostic = Diagnostic::new(Code::Inconsistent, at.clone(), message);
        let diagnostic = diagnostic.see(listed.clone(), "the values of `enum`");
        let help = "list the same values in the same order in `enum` and `x-ms-enum`";
        cx.push(diagnostic.help(help));
    }
}

/// What is not the same in the two lists of values.
fn difference(wires: &[String], variants: &[Variant]) -> Option<String> {
    let named = || variants.iter().map(|variant| &variant.wire);
    if wires.iter().eq(named()) {
        return None;
    }
    let in_enum: HashSet<_> = wires.iter().collect();
    let in_extension: HashSet<_> = named().collect();
    let left_out = wires.iter().find(|wire| !in_extension.contains(wire));
    let added = named().find(|wire| !in_enum.contains(wire));
    Some(match (left_out, added) {
        (Some(wire), _) => format!("`x-ms-enum` does not list `{wire}`, which `enum` does"),
        (None, Some(wire)) => format!("`enum` does not list `{wire}`, which `x-ms-enum` does"),
        (None, None) => "`x-ms-enum` and `enum` list the values in different orders".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::{bare, difference};

    /// Compared one by one they would take hours.
    #[test]
    fn hundreds_of_thousands_of_values_are_compared_at_once() {
        let wires: Vec<_> = (0..300_000).map(|number| number.to_string()).collect();
        let mut variants: Vec<_> = wires.iter().cloned().map(bare).collect();
        assert_eq!(difference(&wires, &variants), None);
        variants.reverse();
        let message = difference(&wires, &variants).unwrap();
        assert!(message.contains("different orders"), "{message}");
    }
}
