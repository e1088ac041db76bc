//! The items of the generated crate as another crate names them, which knows it as `rest`.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::rust_type::{self, Here};
use crate::api::{Group, Operation, Payload, Service, Type, TypeDef};
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

/// The requests of a service, as the service sees them.
pub(super) fn requests(service: &Service) -> Result<TokenStream, NoIdentifier> {
    let module = naming::service(service)?;
    Ok(quote!(rest::#module::server::Request))
}

/// The type of a value that is there.
pub(super) fn ty(cx: &Context<'_>, ty: &Type) -> Result<TokenStream, NoIdentifier> {
    rust_type::emit(cx, Here::Outside, ty)
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
