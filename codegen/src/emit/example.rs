//! A request as somebody might make it, for its documentation. The crate is `rest` in it, whatever its name.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Context, Face, outside};
use crate::api::{
    Constraints, Enum, Field, Group, Operation, Parameter, Presence, Scalar, Service, Shape, Type,
    TypeDef, TypeRef,
};
use crate::naming::{self, NoIdentifier};

/// How many values of types of the service an example is made of. What is left then is blank: nobody would read on.
const VALUES: usize = 8;

/// ```text
/// rest::keys::GetKey::new("key-name").key_version("key-version")
/// ```
pub(super) fn emit(
    cx: &Context<'_>,
    service: &Service,
    group: &Group,
    operation: &Operation,
) -> Result<TokenStream, NoIdentifier> {
    let builder = outside::operation(service, group, operation)?;
    let mut left = VALUES;
    let left = &mut left;
    let (mut arguments, mut setters) = (Vec::new(), Vec::new());
    for parameter in &operation.parameters {
        let value = parameter_value(cx, parameter, left)?;
        match parameter.presence {
            Presence::Required => arguments.push(value),
            Presence::Optional => {
                let name = naming::parameter(parameter)?;
                setters.push(quote!(.#name(#value)));
            }
            Presence::Constant(_) => {}
        }
    }
    if let Some(body) = &operation.body {
        let (name, value) = (naming::body(body)?, value(cx, &body.ty, &body.name, left)?);
        match body.required {
            true => arguments.push(value),
            false => setters.push(quote!(.#name(#value))),
        }
    }
    Ok(quote!(#builder::new(#(#arguments),*) #(#setters)*))
}

fn parameter_value(
    cx: &Context<'_>,
    parameter: &Parameter,
    left: &mut usize,
) -> Result<TokenStream, NoIdentifier> {
    match &parameter.ty {
        Type::Scalar(Scalar::I32 | Scalar::I64) => Ok(number(&parameter.constraints)),
        ty => value(cx, ty, &parameter.wire, left),
    }
}

/// The largest number that there may be, or else the smallest one.
fn number(constraints: &Constraints) -> TokenStream {
    let Constraints {
        minimum, maximum, ..
    } = constraints;
    let number = maximum.or(*minimum).unwrap_or(1);
    let number = Literal::i64_unsuffixed(number.clamp(i32::MIN.into(), i32::MAX.into()));
    quote!(#number)
}

/// Some value that can be given for a type; texts say what they are.
fn value(
    cx: &Context<'_>,
    ty: &Type,
    name: &str,
    left: &mut usize,
) -> Result<TokenStream, NoIdentifier> {
    Ok(match ty {
        Type::Scalar(scalar) => self::scalar(*scalar, name),
        Type::Json => quote!(rest::Json::Null),
        Type::List(item) => {
            let item = value(cx, item, name, left)?;
            quote!([#item])
        }
        Type::Map(entry) => {
            let entry = value(cx, entry, name, left)?;
            quote!([("name", #entry)])
        }
        Type::Named(reference) => named(cx, reference, name, left)?,
    })
}

fn scalar(scalar: Scalar, name: &str) -> TokenStream {
    match scalar {
        Scalar::Bool => quote!(true),
        Scalar::I32 | Scalar::I64 => quote!(1),
        Scalar::F64 => quote!(1.0),
        Scalar::Uuid => quote!("00000000-0000-0000-0000-000000000000"),
        Scalar::String | Scalar::Uri | Scalar::Duration => quote!(#name),
        Scalar::Rfc3339 | Scalar::UnixSeconds => quote!(std::time::SystemTime::UNIX_EPOCH),
        Scalar::Base64 | Scalar::Base64Url => {
            let bytes = Literal::byte_string(b"bytes");
            quote!(#bytes)
        }
    }
}

fn named(
    cx: &Context<'_>,
    reference: &TypeRef,
    name: &str,
    left: &mut usize,
) -> Result<TokenStream, NoIdentifier> {
    let unknown = || NoIdentifier(reference.name.clone());
    let def = cx.types.get(reference).ok_or_else(unknown)?;
    let path = outside::ty(cx, &Type::Named(reference.clone()))?;
    let Some(rest) = left.checked_sub(1) else {
        return Ok(quote!(rest::runtime::blank::<#path>()));
    };
    *left = rest;
    match &def.shape {
        Shape::Alias(ty) => value(cx, ty, name, left),
        Shape::Enum(Enum { variants, .. }) => {
            let variant = naming::variant(variants.first().ok_or_else(unknown)?)?;
            Ok(quote!(#path::#variant))
        }
        Shape::Model(fields) => model(cx, def, fields, &path, left),
    }
}

fn model(
    cx: &Context<'_>,
    def: &TypeDef,
    fields: &[Field],
    path: &TokenStream,
    left: &mut usize,
) -> Result<TokenStream, NoIdentifier> {
    let required = fields
        .iter()
        .filter(|field| Face::of(field, def.usage).is_required);
    let arguments = required
        .map(|field| value(cx, &field.ty, &field.wire, left))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(match arguments.is_empty() {
        true => quote!(#path::default()),
        false => quote!(#path::new(#(#arguments),*)),
    })
}
