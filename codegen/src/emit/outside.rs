//! The items of the generated crate as another crate names them, which knows it as `rest`.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use crate::api::{Group, Operation, Payload, Scalar, Service, Type, TypeDef, TypeRef};
use crate::naming::{self, NoIdentifier};

/// A request builder.
pub(super) fn operation(
    service: &Service,
    group: &Group,
    operation: &Operation,
) -> Result<TokenStream, NoIdentifier> {
    let module = naming::service(service)?;
    let builder = naming::operation(operation)?;
    Ok(match group.name {
        Some(_) => {
            let group = naming::group(group)?;
            quote!(rest::#module::#group::#builder)
        }
        None => quote!(rest::#module::#builder),
    })
}

/// A type of a service.
pub(super) fn type_def(service: &Service, def: &TypeDef) -> Result<TokenStream, NoIdentifier> {
    let module = naming::service(service)?;
    let name = naming::type_def(def)?;
    Ok(quote!(rest::#module::models::#name))
}

/// The type that a reference names.
pub(super) fn named(cx: &Context<'_>, reference: &TypeRef) -> Result<TokenStream, NoIdentifier> {
    let unknown = || NoIdentifier(reference.name.clone());
    let service = cx.service(&reference.service).ok_or_else(unknown)?;
    let def = cx.types.get(reference);
    type_def(service, def.ok_or_else(unknown)?)
}

/// The type of a value that is there.
pub(super) fn ty(cx: &Context<'_>, ty: &Type) -> Result<TokenStream, NoIdentifier> {
    Ok(match ty {
        Type::Named(reference) => named(cx, reference)?,
        Type::List(item) => {
            let item = self::ty(cx, item)?;
            quote!(Vec<#item>)
        }
        Type::Map(value) => {
            let value = self::ty(cx, value)?;
            quote!(std::collections::BTreeMap<String, #value>)
        }
        Type::Json => quote!(rest::Json),
        Type::Scalar(scalar) => self::scalar(*scalar),
    })
}

fn scalar(scalar: Scalar) -> TokenStream {
    match scalar {
        Scalar::Bool => quote!(bool),
        Scalar::I32 => quote!(i32),
        Scalar::I64 => quote!(i64),
        Scalar::F64 => quote!(f64),
        Scalar::String | Scalar::Uuid | Scalar::Uri | Scalar::Duration => quote!(String),
        Scalar::Rfc3339 => quote!(rest::Rfc3339),
        Scalar::UnixSeconds => quote!(rest::UnixTime),
        Scalar::Base64 => quote!(rest::Base64),
        Scalar::Base64Url => quote!(rest::Base64Url),
    }
}

/// What an operation gives back.
pub(super) fn output(cx: &Context<'_>, payload: &Payload) -> Result<TokenStream, NoIdentifier> {
    Ok(match payload {
        Payload::None => quote!(()),
        Payload::Always(ty) => self::ty(cx, ty)?,
        Payload::Maybe(ty) => {
            let ty = self::ty(cx, ty)?;
            quote!(Option<#ty>)
        }
    })
}
