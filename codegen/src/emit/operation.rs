use proc_macro2::TokenStream;
use quote::quote;

use super::model::optional;
use super::rust_type::{self, Here};
use super::{
    Context, alias_attribute, deprecated_attribute, docs, example, long_running, paged, settling,
};
use crate::api::{
    Body, Constraints, Group, Location, Operation, Parameter, Payload, Presence, Service,
};
use crate::naming::{self, Name, NoIdentifier};

/// ```text
/// rt::operation! {
///     /// Reads a key.
///     ///
///     /// `GET /keys/{key-name}/{key-version}`
///     pub struct GetKey {
///         /// Name of the key.
///         key_name: String = path("key-name"),
///     }
///     optional {
///         /// Version of the key.
///         key_version: Option<String> = path("key-version"),
///     }
///     example = rest::keys::GetKey::new("key-name").key_version("key-version"),
///     -> models::KeyBundle = SERVICE.get("GetKey", "/keys/{key-name}/{key-version}")…
/// }
/// ```
pub(super) fn emit(
    cx: &Context<'_>,
    service: &Service,
    group: &Group,
    operation: &Operation,
) -> Result<Vec<TokenStream>, NoIdentifier> {
    let name = naming::operation(operation)?;
    let here = Here::Operations(service);
    let example = example::emit(cx, service, group, operation)?;
    let mut items = vec![declaration(cx, here, operation, &name, &example)?];
    if let Some(paging) = &operation.paging {
        items.push(paged::emit(cx, here, operation, paging, &name)?);
    }
    if let Some(protocol) = &operation.long_running {
        items.push(long_running::emit(cx, here, operation, protocol, &name)?);
    }
    if let Some(probe) = &operation.settled_by {
        items.push(settling::emit(cx, service, operation, probe, &name)?);
    }
    Ok(items)
}

fn declaration(
    cx: &Context<'_>,
    here: Here<'_>,
    operation: &Operation,
    name: &Name,
    example: &TokenStream,
) -> Result<TokenStream, NoIdentifier> {
    let doc = docs::outer(&operation_doc(operation));
    let alias = alias_attribute(name, &operation.id);
    let deprecated = deprecated_attribute(operation.deprecated);
    let default = needs_nothing(operation).then(|| quote!(#[derive(Default)]));
    let required = rows(cx, here, operation, &Presence::Required)?;
    let optional = rows(cx, here, operation, &Presence::Optional)?;
    let optional = section(&quote!(optional), &optional);
    let body = operation.body.as_ref();
    let body = body.map(|body| body_section(cx, here, body)).transpose()?;
    let constants = operation.parameters.iter().filter(|p| is_constant(p));
    let constants: Vec<_> = constants.map(place).collect();
    let constants = section(&quote!(constant), &constants);
    let output = output(cx, here, &operation.payload)?;
    let meta = meta(cx, operation);
    Ok(quote! {
        rt::operation! {
            #doc
            #alias
            #deprecated
            #default
            pub struct #name {
                #(#required,)*
            }
            #optional
            #body
            #constants
            example = #example,
            -> #output = #meta
        }
    })
}

fn section(word: &TokenStream, rows: &[TokenStream]) -> Option<TokenStream> {
    (!rows.is_empty()).then(|| quote!(#word { #(#rows,)* }))
}

/// Whether `new` takes nothing.
fn needs_nothing(operation: &Operation) -> bool {
    let mut parameters = operation.parameters.iter();
    let body = operation.body.as_ref();
    !body.is_some_and(|body| body.required)
        && !parameters.any(|parameter| parameter.presence == Presence::Required)
}

fn is_constant(parameter: &Parameter) -> bool {
    matches!(parameter.presence, Presence::Constant(_))
}

/// The parameters that are all required, or all optional.
fn rows(
    cx: &Context<'_>,
    here: Here<'_>,
    operation: &Operation,
    presence: &Presence,
) -> Result<Vec<TokenStream>, NoIdentifier> {
    let parameters = operation.parameters.iter();
    let parameters = parameters.filter(|parameter| parameter.presence == *presence);
    parameters
        .map(|parameter| row(cx, here, parameter))
        .collect()
}

fn row(
    cx: &Context<'_>,
    here: Here<'_>,
    parameter: &Parameter,
) -> Result<TokenStream, NoIdentifier> {
    let (name, wire) = (naming::parameter(parameter)?, &parameter.wire);
    let mut ty = rust_type::emit(cx, here, &parameter.ty)?;
    if parameter.secret {
        ty = quote!(rt::Secret<#ty>);
    }
    let ty = optional(&parameter.presence, ty);
    let fallback = format!("Sets {}.", docs::code(wire));
    let doc = docs::outer(&docs::lines(&parameter.doc, &fallback));
    let attributes = (parameter.presence == Presence::Optional).then(|| {
        let alias = alias_attribute(&name, wire);
        let deprecated = deprecated_attribute(parameter.deprecated);
        quote!(#alias #deprecated)
    });
    let place = place(parameter);
    Ok(quote!(#doc #attributes #name: #ty = #place))
}

fn body_section(
    cx: &Context<'_>,
    here: Here<'_>,
    body: &Body,
) -> Result<TokenStream, NoIdentifier> {
    let name = naming::body(body)?;
    let ty = rust_type::emit(cx, here, &body.ty)?;
    let doc = docs::outer(&docs::lines(&body.doc, "The body."));
    Ok(match body.required {
        true => quote!(body { #doc #name: #ty, }),
        false => quote!(optional_body { #doc #name: Option<#ty>, }),
    })
}

/// The summary, then method, path and permission, then the details.
fn operation_doc(operation: &Operation) -> Vec<String> {
    let (summary, details) = docs::split_summary(&operation.doc);
    let fallback = format!("Calls `{}`.", operation.id);
    let mut lines = docs::lines(summary, &fallback);
    let permission = operation.permission.as_deref().map(docs::code);
    let permission = permission.map(|permission| format!(", permission {permission}"));
    let route = format!("{} {}", operation.method.as_str(), operation.path);
    lines.push(String::new());
    lines.push(docs::code(&route) + &permission.unwrap_or_default());
    if !details.is_empty() {
        lines.push(String::new());
        lines.extend(docs::lines(details, ""));
    }
    lines
}

pub(super) fn output(
    cx: &Context<'_>,
    here: Here<'_>,
    payload: &Payload,
) -> Result<TokenStream, NoIdentifier> {
    Ok(match payload {
        Payload::None => quote!(()),
        Payload::Always(ty) => rust_type::emit(cx, here, ty)?,
        Payload::Maybe(ty) => {
            let ty = rust_type::emit(cx, here, ty)?;
            quote!(Option<#ty>)
        }
    })
}

/// The facts of an operation as one constant expression; what is usual is not said.
fn meta(cx: &Context<'_>, operation: &Operation) -> TokenStream {
    let id = &operation.id;
    let method = quote::format_ident!("{}", operation.method.as_str().to_ascii_lowercase());
    let path = operation.path.to_string();
    let mut meta = quote!(SERVICE.#method(#id, #path));
    if !operation.rivals.is_empty() {
        let rivals = operation.rivals.iter().map(ToString::to_string);
        meta = quote!(#meta.rivals(&[#(#rivals),*]));
    }
    if !operation.takes_api_version {
        meta = quote!(#meta.without_api_version());
    }
    let statuses: Vec<_> = operation.successes.iter().map(|s| s.status).collect();
    if statuses != [200] {
        let statuses = statuses
            .iter()
            .map(|status| proc_macro2::Literal::u16_unsuffixed(*status));
        meta = quote!(#meta.accepts(&[#(#statuses),*]));
    }
    if let Some(permission) = &operation.permission {
        meta = quote!(#meta.permission(#permission));
    }
    if operation.idempotent {
        meta = quote!(#meta.idempotent());
    }
    if let Some(paging) = &operation.paging {
        let items = &paging.items;
        let next_link = match &paging.next_link {
            Some(next_link) => quote!(Some(#next_link)),
            None => quote!(None),
        };
        meta = quote!(#meta.paging(#items, #next_link));
    }
    if let Some(protocol) = &operation.long_running {
        let protocol = long_running::protocol(protocol);
        meta = quote!(#meta.long_running(#protocol));
    }
    let secrets = cx.secrets(operation);
    if secrets.sent {
        meta = quote!(#meta.secret_request());
    }
    if secrets.received {
        meta = quote!(#meta.secret_response());
    }
    meta
}

/// Where a parameter goes, and what is checked of it.
fn place(parameter: &Parameter) -> TokenStream {
    let wire = &parameter.wire;
    let location = match parameter.location {
        Location::Path => quote!(path),
        Location::Query => quote!(query),
        Location::Header => quote!(header),
    };
    let constant = match &parameter.presence {
        Presence::Constant(value) => Some(quote!(.constant(#value))),
        Presence::Required | Presence::Optional => None,
    };
    let checks = checks(&parameter.constraints);
    let raw = parameter.raw.then(|| quote!(.raw()));
    let secret = parameter.secret.then(|| quote!(.secret()));
    quote!(#location(#wire) #constant #checks #raw #secret)
}

/// The limits that the runtime checks before anything is sent.
fn checks(constraints: &Constraints) -> TokenStream {
    let number = proc_macro2::Literal::i64_unsuffixed;
    let pattern = constraints
        .pattern
        .as_ref()
        .map(|pattern| quote!(.pattern(#pattern)));
    let Constraints {
        minimum, maximum, ..
    } = constraints;
    let between = (minimum.is_some() || maximum.is_some()).then(|| {
        let minimum = bound(minimum.map(number), quote!(i64::MIN));
        let maximum = bound(maximum.map(number), quote!(i64::MAX));
        quote!(.between(#minimum, #maximum))
    });
    // Every length fits, whatever the width of `usize`.
    let length = |length: u64| number(length.min(u64::from(u32::MAX)) as i64);
    let (min, max) = (constraints.min_length, constraints.max_length);
    let length = (min.is_some() || max.is_some()).then(|| {
        let min = bound(min.map(length), quote!(0));
        let max = bound(max.map(length), quote!(usize::MAX));
        quote!(.length(#min, #max))
    });
    quote!(#pattern #length #between)
}

fn bound(bound: Option<proc_macro2::Literal>, none: TokenStream) -> TokenStream {
    bound.map_or(none, |bound| quote!(#bound))
}
