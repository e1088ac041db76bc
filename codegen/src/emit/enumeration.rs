use proc_macro2::TokenStream;
use quote::quote;

use super::{Spelling, deprecated_attribute, docs, wire_name};
use crate::api::{Enum, TypeDef, Variant};
use crate::naming::{self, NoIdentifier};

/// ```text
/// rt::open_enum! {
///     /// Type of a key.
///     pub enum JsonWebKeyType {
///         /// Elliptic curve.
///         Ec = "EC",
///         …
///     }
/// }
/// ```
pub(super) fn emit(def: &TypeDef, body: &Enum) -> Result<Vec<TokenStream>, NoIdentifier> {
    let name = naming::type_def(def)?;
    let fallback = format!("One of the values of `{}`.", def.name);
    let doc = docs::outer(&docs::lines(&def.doc, &fallback));
    let wire = wire_name(&name, &def.name);
    let deprecated = deprecated_attribute(def.deprecated);
    let rows = body.variants.iter().map(row);
    let rows = rows.collect::<Result<Vec<_>, _>>()?;
    let kind = match body.open {
        true => quote!(open_enum),
        false => quote!(closed_enum),
    };
    Ok(vec![quote! {
        rt::#kind! {
            #doc
            #deprecated
            pub enum #name #wire {
                #(#rows,)*
            }
        }
    }])
}

fn row(variant: &Variant) -> Result<TokenStream, NoIdentifier> {
    let (name, wire) = (naming::variant(variant)?, &variant.wire);
    let fallback = format!("`{wire}` on the wire.");
    let doc = docs::outer(&docs::lines(&variant.doc, &fallback));
    Ok(match Spelling::of(&name, wire) {
        Spelling::Same => quote!(#doc #name),
        Spelling::Searchable => quote!(#doc #name = #wire),
        Spelling::Odd => quote!(#doc #name => #wire),
    })
}
