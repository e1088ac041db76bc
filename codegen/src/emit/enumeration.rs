use proc_macro2::TokenStream;
use quote::quote;

use super::{alias_attribute, deprecated_attribute, docs};
use crate::api::{Enum, TypeDef, Variant};
use crate::naming::{self, Name, NoIdentifier};

/// ```text
/// /// Type of a key.
/// #[derive(Clone, Debug, PartialEq, Eq, Hash)]
/// #[non_exhaustive]
/// pub enum JsonWebKeyType {
///     /// Elliptic curve.
///     Ec,
///     /// A value that this version of the crate does not know.
///     UnknownValue(rt::UnknownValue),
/// }
///
/// impl rt::OpenEnum for JsonWebKeyType {
///     const NAME: &'static str = "JsonWebKeyType";
///     const VALUES: &'static [(&'static str, Self)] = &[("EC", Self::Ec)];
/// }
///
/// rt::open_enum!(JsonWebKeyType);
/// ```
pub(super) fn emit(def: &TypeDef, body: &Enum) -> Result<Vec<TokenStream>, NoIdentifier> {
    let name = naming::type_def(def)?;
    let wire = &def.name;
    let fallback = format!("One of the values of `{wire}`.");
    let doc = docs::outer(&docs::lines(&def.doc, &fallback));
    let alias = alias_attribute(&name, wire);
    let variants = body
        .variants
        .iter()
        .map(|variant| Ok((naming::variant(variant)?, variant)))
        .collect::<Result<Vec<_>, NoIdentifier>>()?;
    let declared = variants
        .iter()
        .map(|(name, variant)| declare(name, variant));
    let values = variants.iter().map(|(name, variant)| {
        let wire = &variant.wire;
        quote!((#wire, Self::#name))
    });
    let unknown = body.open.then(|| {
        quote! {
            /// A value that this version of the crate does not know, as it came.
            UnknownValue(rt::UnknownValue),
        }
    });
    let deprecated = deprecated_attribute(def.deprecated);
    let copy = (!body.open).then(|| quote!(Copy,));
    let (kind, implement) = match body.open {
        true => (quote!(OpenEnum), quote!(open_enum)),
        false => (quote!(ClosedEnum), quote!(closed_enum)),
    };
    Ok(vec![
        quote!(
            use keyvault_runtime as rt;
        ),
        quote! {
            #doc
            #alias
            #deprecated
            #[derive(Clone, #copy Debug, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum #name {
                #(#declared,)*
                #unknown
            }
        },
        quote! {
            impl rt::#kind for #name {
                const NAME: &'static str = #wire;
                const VALUES: &'static [(&'static str, Self)] = &[#(#values),*];
            }
        },
        quote!(rt::#implement!(#name);),
    ])
}

fn declare(name: &Name, variant: &Variant) -> TokenStream {
    let wire = &variant.wire;
    let fallback = format!("`{wire}` on the wire.");
    let doc = docs::outer(&docs::lines(&variant.doc, &fallback));
    let alias = alias_attribute(name, wire);
    quote! {
        #doc
        #alias
        #name
    }
}
