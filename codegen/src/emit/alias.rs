use proc_macro2::TokenStream;
use quote::quote;

use super::rust_type::{self, Here};
use super::{Context, deprecated_attribute, docs};
use crate::api::{Type, TypeDef};
use crate::naming::{self, NoIdentifier};

/// ```text
/// /// Names of the caller's own.
/// pub type Names = Vec<String>;
/// ```
pub(super) fn emit(
    cx: &Context<'_>,
    here: Here<'_>,
    def: &TypeDef,
    ty: &Type,
) -> Result<Vec<TokenStream>, NoIdentifier> {
    let name = naming::type_def(def)?;
    let fallback = format!("Another name of a type, `{}` for the service.", def.name);
    let doc = docs::outer(&docs::lines(&def.doc, &fallback));
    let ty = rust_type::emit(cx, here, ty)?;
    let deprecated = deprecated_attribute(def.deprecated);
    Ok(vec![quote! {
        #doc
        #deprecated
        pub type #name = #ty;
    }])
}
