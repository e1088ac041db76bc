use proc_macro2::TokenStream;
use quote::quote;

use super::argument::{self, Stored};
use super::face::Face;
use super::rust_type::{self, Here};
use super::{Context, alias_attribute, deprecated_attribute, docs, is_required};
use crate::api::{Access, Field, Presence, Service, TypeDef, TypeRef, Usage};
use crate::naming::{self, Name, NoIdentifier};

/// A member and what is needed to emit it.
struct Member<'a> {
    field: &'a Field,
    name: Name,
    required: bool,
    is_set: bool,
    boxed: bool,
    /// Type of the field, `Option` included.
    ty: TokenStream,
}

/// ```text
/// /// A key.
/// #[derive(Clone, Debug, Default, PartialEq)]
/// #[non_exhaustive]
/// pub struct KeyBundle { pub key: Option<JsonWebKey>, … }
///
/// impl KeyBundle { pub fn key(mut self, key: JsonWebKey) -> Self { … } … }
///
/// rt::model! {
///     KeyBundle as "KeyBundle" {
///         key: optional("key"),
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
    let mut items = imports(cx, service, def, fields)?;
    items.push(declaration(def, &name, &members));
    items.extend(debug(&name, &members));
    items.extend(inherent(cx, service, &name, &members)?);
    items.push(table(def, &name, &members));
    Ok(items)
}

fn member<'a>(
    cx: &Context<'_>,
    service: &Service,
    def: &TypeDef,
    field: &'a Field,
) -> Result<Member<'a>, NoIdentifier> {
    let boxed = cx.is_boxed(service, def, &field.wire);
    let face = Face::of(field, def.usage);
    let required = face.is_required;
    let mut ty = rust_type::emit(cx, Here::Models(service), &field.ty)?;
    if field.secret {
        ty = quote!(rt::Secret<#ty>);
    }
    if boxed {
        ty = quote!(Box<#ty>);
    }
    if !required {
        ty = quote!(Option<#ty>);
    }
    Ok(Member {
        field,
        name: naming::field(field)?,
        required,
        is_set: face.is_set,
        boxed,
        ty,
    })
}

/// The runtime, and the types of the same service that the fields name.
fn imports(
    cx: &Context<'_>,
    service: &Service,
    def: &TypeDef,
    fields: &[Field],
) -> Result<Vec<TokenStream>, NoIdentifier> {
    let mut references: Vec<&TypeRef> = fields
        .iter()
        .filter_map(|field| field.ty.named())
        .filter(|reference| reference.service == service.name && reference.name != def.name)
        .collect();
    references.sort();
    references.dedup();
    let names = references
        .into_iter()
        .filter_map(|reference| cx.types.get(reference))
        .map(naming::type_def)
        .collect::<Result<Vec<_>, _>>()?;
    let mut imports = vec![quote!(
        use keyvault_runtime as rt;
    )];
    match names.as_slice() {
        [] => {}
        [name] => imports.push(quote!(use super::#name;)),
        names => imports.push(quote!(use super::{#(#names),*};)),
    }
    Ok(imports)
}

fn declaration(def: &TypeDef, name: &Name, members: &[Member<'_>]) -> TokenStream {
    let fallback = format!("The service's `{}`.", def.name);
    let doc = docs::outer(&docs::lines(&def.doc, &fallback));
    let alias = alias_attribute(name, &def.name);
    let default = has_default(members).then(|| quote!(Default,));
    let debug = (!hides_queries(members)).then(|| quote!(Debug,));
    // Setters take the value and give it back; whoever drops what they give has set nothing.
    let must_use = (def.usage != Usage::Output).then(|| quote!(#[must_use]));
    let fields = members.iter().map(|member| {
        let Member { name, ty, .. } = member;
        let doc = docs::outer(&member_doc(member.field));
        let alias = alias_attribute(name, &member.field.wire);
        let deprecated = deprecated_attribute(member.field.deprecated);
        quote! {
            #doc
            #alias
            #deprecated
            pub #name: #ty
        }
    });
    let deprecated = deprecated_attribute(def.deprecated);
    quote! {
        #doc
        #alias
        #deprecated
        #[derive(Clone, #debug #default PartialEq)]
        #must_use
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
        }
    }
}

fn hides_queries(members: &[Member<'_>]) -> bool {
    members.iter().any(|member| member.field.secret_query)
}

/// What `derive` would write, but for the queries of URLs that can hold a token.
fn debug(name: &Name, members: &[Member<'_>]) -> Option<TokenStream> {
    if !hides_queries(members) {
        return None;
    }
    let text = name.as_str();
    let fields = members.iter().map(|member| {
        let name = &member.name;
        let label = name.as_str().trim_start_matches("r#");
        let value = match (member.field.secret_query, member.required) {
            (false, _) => quote!(&self.#name),
            (true, true) => quote!(&rt::ShownUrl(&self.#name)),
            (true, false) => quote!(&self.#name.as_deref().map(rt::ShownUrl)),
        };
        quote!(.field(#label, #value))
    });
    Some(quote! {
        /// Without the queries of URLs, which can hold tokens.
        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(#text)#(#fields)*.finish()
            }
        }
    })
}

fn member_doc(field: &Field) -> Vec<String> {
    let fallback = format!("The member `{}`.", field.wire);
    docs::lines(&field.doc, &fallback)
}

fn has_default(members: &[Member<'_>]) -> bool {
    members.iter().all(|member| !member.required)
}

/// `new` for what is required, a setter for each other member that a caller may set.
fn inherent(
    cx: &Context<'_>,
    service: &Service,
    name: &Name,
    members: &[Member<'_>],
) -> Result<Option<TokenStream>, NoIdentifier> {
    let new = match has_default(members) {
        true => None,
        false => Some(constructor(cx, service, members)?),
    };
    let mut setters = Vec::new();
    for member in members.iter().filter(|member| member.is_set) {
        setters.push(setter(cx, service, member)?);
    }
    let any = new.is_some() || !setters.is_empty();
    Ok(any.then(|| {
        quote! {
            impl #name {
                #new
                #(#setters)*
            }
        }
    }))
}

fn constructor(
    cx: &Context<'_>,
    service: &Service,
    members: &[Member<'_>],
) -> Result<TokenStream, NoIdentifier> {
    let mut arguments = Vec::new();
    let mut values = Vec::new();
    for member in members {
        let name = &member.name;
        if member.required {
            let argument = argument(cx, service, member)?;
            let (ty, value) = (argument.ty, argument.value);
            arguments.push(quote!(#name: #ty));
            values.push(field_value(name, &value));
        }
    }
    if values.len() < members.len() {
        values.push(quote!(..rt::Model::blank()));
    }
    Ok(quote! {
        /// A value with all required members; the others are absent.
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values),* }
        }
    })
}

/// `name: value`, or `name` alone.
pub(super) fn field_value(name: &Name, value: &TokenStream) -> TokenStream {
    match value.to_string() == quote!(#name).to_string() {
        true => quote!(#name),
        false => quote!(#name: #value),
    }
}

fn setter(
    cx: &Context<'_>,
    service: &Service,
    member: &Member<'_>,
) -> Result<TokenStream, NoIdentifier> {
    let name = &member.name;
    let argument = argument(cx, service, member)?;
    let (ty, value) = (argument.ty, argument.value);
    let doc = docs::outer(&[format!(
        "Sets the member {}.",
        docs::code(&member.field.wire)
    )]);
    let deprecated = deprecated_attribute(member.field.deprecated);
    Ok(quote! {
        #doc
        #deprecated
        pub fn #name(mut self, #name: #ty) -> Self {
            self.#name = Some(#value);
            self
        }
    })
}

fn argument(
    cx: &Context<'_>,
    service: &Service,
    member: &Member<'_>,
) -> Result<argument::Argument, NoIdentifier> {
    let stored = Stored {
        name: &member.name,
        ty: &member.field.ty,
        secret: member.field.secret,
        boxed: member.boxed,
    };
    argument::emit(cx, Here::Models(service), &stored)
}

/// The table that the runtime reads and writes by.
fn table(def: &TypeDef, name: &Name, members: &[Member<'_>]) -> TokenStream {
    let wire_name = &def.name;
    let rows = members.iter().map(|member| {
        let (wire, name) = (&member.field.wire, &member.name);
        let kind = match (member.required, member.field.access) {
            (true, Access::ReadOnly) => quote!(required_read_only),
            (false, Access::ReadOnly) => quote!(read_only),
            (true, _) => quote!(required),
            (false, _) => quote!(optional),
        };
        quote!(#name: #kind(#wire))
    });
    quote! {
        rt::model! { #name as #wire_name { #(#rows,)* } }
    }
}

/// Whether a presence and type make an `Option` of a parameter.
pub(super) fn optional(presence: &Presence, ty: TokenStream) -> TokenStream {
    match is_required(presence) {
        true => ty,
        false => quote!(Option<#ty>),
    }
}
