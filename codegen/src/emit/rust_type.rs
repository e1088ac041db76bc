use proc_macro2::TokenStream;
use quote::quote;

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
}

impl<'a> Here<'a> {
    pub(super) fn service(self) -> &'a Service {
        match self {
            Self::Models(service) | Self::Operations(service) => service,
        }
    }
}

/// The Rust type of a value that is there.
pub(super) fn emit(
    cx: &Context<'_>,
    here: Here<'_>,
    ty: &Type,
) -> Result<TokenStream, NoIdentifier> {
    Ok(match ty {
        Type::Named(reference) => path(cx, here, reference)?,
        Type::Scalar(scalar) => self::scalar(*scalar),
        Type::List(item) => {
            let item = emit(cx, here, item)?;
            quote!(Vec<#item>)
        }
        Type::Map(value) => {
            let value = emit(cx, here, value)?;
            quote!(std::collections::BTreeMap<String, #value>)
        }
        Type::Json => quote!(rt::Json),
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
    if here.service().name != reference.service {
        let service = cx.service(&reference.service).ok_or_else(unknown)?;
        let module = naming::service(service)?;
        return Ok(quote!(crate::#module::models::#name));
    }
    Ok(match here {
        Here::Models(_) => quote!(#name),
        Here::Operations(_) => quote!(models::#name),
    })
}

fn scalar(scalar: Scalar) -> TokenStream {
    match scalar {
        Scalar::Bool => quote!(bool),
        Scalar::I32 => quote!(i32),
        Scalar::I64 => quote!(i64),
        Scalar::F64 => quote!(f64),
        Scalar::String | Scalar::Uuid | Scalar::Uri | Scalar::Duration => quote!(String),
        Scalar::Rfc3339 => quote!(rt::Rfc3339),
        Scalar::UnixSeconds => quote!(rt::UnixTime),
        Scalar::Base64 => quote!(rt::Base64),
        Scalar::Base64Url => quote!(rt::Base64Url),
    }
}
