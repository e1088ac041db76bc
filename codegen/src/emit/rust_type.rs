use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::Context;
use crate::api::{Scalar, Service, Type, TypeRef};
use crate::naming::{self, NoIdentifier};

/// From where a type is named.
#[derive(Clone, Copy)]
pub(super) enum Here<'a> {
    /// A file of `models`: types of the same service are imported.
    Models(&'a Service),
    /// A file of operations: types of the same service are behind `models::`.
    Operations(&'a Service),
    /// Another crate, which knows the generated one as `rest`.
    Outside,
}

impl Here<'_> {
    /// The module that has the types of the runtime.
    fn runtime(self) -> Ident {
        match self {
            Self::Models(_) | Self::Operations(_) => format_ident!("rt"),
            Self::Outside => format_ident!("rest"),
        }
    }
}

/// The Rust type of a value that is there.
pub(super) fn emit(
    cx: &Context<'_>,
    here: Here<'_>,
    ty: &Type,
) -> Result<TokenStream, NoIdentifier> {
    let runtime = here.runtime();
    emit_with(cx, here, ty, &|scalar| self::scalar(&runtime, scalar))
}

/// The same with types of one's own for the scalars.
pub(super) fn emit_with(
    cx: &Context<'_>,
    here: Here<'_>,
    ty: &Type,
    scalar: &dyn Fn(Scalar) -> TokenStream,
) -> Result<TokenStream, NoIdentifier> {
    Ok(match ty {
        Type::Named(reference) => path(cx, here, reference)?,
        Type::Scalar(kind) => scalar(*kind),
        Type::List(item) => {
            let item = emit_with(cx, here, item, scalar)?;
            quote!(Vec<#item>)
        }
        Type::Map(value) => {
            let value = emit_with(cx, here, value, scalar)?;
            quote!(std::collections::BTreeMap<String, #value>)
        }
        Type::Json => {
            let runtime = here.runtime();
            quote!(#runtime::Json)
        }
    })
}

/// The path of a named type.
pub(super) fn path(
    cx: &Context<'_>,
    here: Here<'_>,
    reference: &TypeRef,
) -> Result<TokenStream, NoIdentifier> {
    let unknown = || NoIdentifier(reference.name.clone());
    let def = cx.types.get(reference).ok_or_else(unknown)?;
    let name = naming::type_def(def)?;
    let module = || {
        let service = cx.service(&reference.service).ok_or_else(unknown)?;
        naming::service(service)
    };
    Ok(match here {
        Here::Outside => {
            let module = module()?;
            quote!(rest::#module::models::#name)
        }
        Here::Models(service) | Here::Operations(service) if service.name != reference.service => {
            let module = module()?;
            quote!(crate::#module::models::#name)
        }
        Here::Models(_) => quote!(#name),
        Here::Operations(_) => quote!(models::#name),
    })
}

fn scalar(runtime: &Ident, scalar: Scalar) -> TokenStream {
    match scalar {
        Scalar::Bool => quote!(bool),
        Scalar::I32 => quote!(i32),
        Scalar::I64 => quote!(i64),
        Scalar::F64 => quote!(f64),
        Scalar::String | Scalar::Uuid | Scalar::Uri | Scalar::Duration => quote!(String),
        Scalar::Rfc3339 => quote!(#runtime::Rfc3339),
        Scalar::UnixSeconds => quote!(#runtime::UnixTime),
        Scalar::Base64 => quote!(#runtime::Base64),
        Scalar::Base64Url => quote!(#runtime::Base64Url),
    }
}
