//! How a constructor or setter takes a value: as widely as callers would like it to.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::rust_type::{self, Here};
use crate::api::{Scalar, Type, TypeRef};
use crate::naming::{Name, NoIdentifier};

/// The type of an argument, and the expression that makes the stored value of it.
pub(super) struct Argument {
    pub(super) ty: TokenStream,
    pub(super) value: TokenStream,
}

/// How a value is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form<'a> {
    /// As it is.
    Itself,
    /// As anything that becomes one.
    Into,
    /// As anything that gives items of this type.
    Items(&'a Type),
    /// As anything that gives keys, and values of this type.
    Pairs(&'a Type),
}

impl<'a> Form<'a> {
    /// `is_model` says whether a reference leads to a model.
    pub(crate) fn of(ty: &'a Type, is_model: impl Fn(&TypeRef) -> bool) -> Self {
        match ty {
            Type::Scalar(Scalar::Bool | Scalar::I32 | Scalar::I64 | Scalar::F64) => Self::Itself,
            Type::Named(reference) if is_model(reference) => Self::Itself,
            Type::Scalar(_) | Type::Named(_) | Type::Json => Self::Into,
            Type::List(item) => Self::Items(item),
            Type::Map(value) => Self::Pairs(value),
        }
    }
}

/// A stored value and how it is wrapped.
pub(super) struct Stored<'a> {
    pub(super) name: &'a Name,
    pub(super) ty: &'a Type,
    pub(super) secret: bool,
    pub(super) boxed: bool,
}

pub(super) fn emit(
    cx: &Context<'_>,
    here: Here<'_>,
    stored: &Stored<'_>,
) -> Result<Argument, NoIdentifier> {
    let Stored { name, boxed, .. } = stored;
    if stored.secret {
        let ty = rust_type::emit(cx, here, stored.ty)?;
        return Ok(Argument {
            ty: quote!(impl Into<rt::Secret<#ty>>),
            value: quote!(#name.into()),
        });
    }
    let argument = plain(cx, here, name, stored.ty)?;
    let value = &argument.value;
    Ok(match boxed {
        true => Argument {
            value: quote!(Box::new(#value)),
            ty: argument.ty,
        },
        false => argument,
    })
}

fn plain(
    cx: &Context<'_>,
    here: Here<'_>,
    name: &Name,
    ty: &Type,
) -> Result<Argument, NoIdentifier> {
    let rust = rust_type::emit(cx, here, ty)?;
    let is_model = |reference: &TypeRef| cx.types.is_model(reference);
    Ok(match Form::of(ty, is_model) {
        Form::Itself => Argument {
            ty: rust,
            value: quote!(#name),
        },
        Form::Into => Argument {
            ty: quote!(impl Into<#rust>),
            value: quote!(#name.into()),
        },
        Form::Items(item) => {
            let item = rust_type::emit(cx, here, item)?;
            Argument {
                ty: quote!(impl IntoIterator<Item = impl Into<#item>>),
                value: quote!(#name.into_iter().map(Into::into).collect()),
            }
        }
        Form::Pairs(value) => {
            let value = rust_type::emit(cx, here, value)?;
            Argument {
                ty: quote!(impl IntoIterator<Item = (impl Into<String>, impl Into<#value>)>),
                value: quote!(#name.into_iter().map(|(k, v)| (k.into(), v.into())).collect()),
            }
        }
    })
}
