use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::face::Face;
use super::rust_type::{self, Here};
use super::{Context, deprecated_attribute, docs, is_required, wire_name};
use crate::api::{Access, Field, Presence, Service, TypeDef};
use crate::naming::{self, Name, NoIdentifier};

/// A member and what is needed to emit it.
struct Member<'a> {
    field: &'a Field,
    name: Name,
    face: Face,
    /// Type of the field, `Option` included.
    ty: TokenStream,
}

/// ```text
/// rt::model! {
///     /// A key.
///     pub struct KeyBundle {
///         /// Its public part.
///         key: Option<JsonWebKey> = received,
///         …
///     }
/// }
/// ```
pub(super) fn emit(
    cx: &Context<'_>,
    service: &Service,
    def: &TypeDef,
    fields: &[Field],
) -> Result<Vec<TokenStream>, NoIdentifier> {
    let members = fields
        .iter()
        .map(|field| member(cx, service, def, field))
        .collect::<Result<Vec<_>, _>>()?;
    let name = naming::type_def(def)?;
    Ok(vec![declaration(def, &name, &members)])
}

fn member<'a>(
    cx: &Context<'_>,
    service: &Service,
    def: &TypeDef,
    field: &'a Field,
) -> Result<Member<'a>, NoIdentifier> {
    let face = Face::of(field, def.usage);
    let mut ty = rust_type::emit(cx, Here::Models(service), &field.ty)?;
    if field.secret {
        ty = quote!(rt::Secret<#ty>);
    }
    if cx.is_boxed(service, def, &field.wire) {
        ty = quote!(Box<#ty>);
    }
    if !face.is_required {
        ty = quote!(Option<#ty>);
    }
    Ok(Member {
        field,
        name: naming::field(field)?,
        face,
        ty,
    })
}

fn declaration(def: &TypeDef, name: &Name, members: &[Member<'_>]) -> TokenStream {
    let fallback = format!("The service's `{}`.", def.name);
    let doc = docs::outer(&docs::lines(&def.doc, &fallback));
    let wire = wire_name(name, &def.name);
    let deprecated = deprecated_attribute(def.deprecated);
    let new = constructor(members);
    let rows = members.iter().map(row);
    quote! {
        rt::model! {
            #doc
            #deprecated
            pub struct #name #wire #new {
                #(#rows,)*
            }
        }
    }
}

/// What is required, for `new` to take.
fn constructor(members: &[Member<'_>]) -> Option<TokenStream> {
    let required = members.iter().filter(|member| member.face.is_required);
    let arguments: Vec<_> = required
        .map(|Member { name, ty, .. }| quote!(#name: #ty))
        .collect();
    (!arguments.is_empty()).then(|| quote!(new(#(#arguments),*)))
}

fn row(member: &Member<'_>) -> TokenStream {
    let Member {
        field, name, ty, ..
    } = member;
    let doc = docs::outer(&member_doc(field));
    let deprecated = deprecated_attribute(field.deprecated);
    let (kind, wire) = (
        format_ident!("{}", kind(member)),
        wire_name(name, &field.wire),
    );
    let hidden = field.secret_query.then(|| quote!(.query_hidden()));
    quote!(#doc #deprecated #name: #ty = #kind #wire #hidden)
}

/// The word for who gives a member its value.
fn kind(Member { field, face, .. }: &Member<'_>) -> &'static str {
    match (face.is_required, field.access) {
        (true, Access::ReadOnly) => "required_read_only",
        (true, _) => "required",
        (false, Access::ReadOnly) => "read_only",
        (false, _) if face.is_set => "optional",
        (false, _) => "received",
    }
}

fn member_doc(field: &Field) -> Vec<String> {
    let fallback = format!("The member `{}`.", field.wire);
    docs::lines(&field.doc, &fallback)
}

/// Whether a presence and type make an `Option` of a parameter.
pub(super) fn optional(presence: &Presence, ty: TokenStream) -> TokenStream {
    match is_required(presence) {
        true => ty,
        false => quote!(Option<#ty>),
    }
}
