//! A table of all operations as functions from JSON arguments to calls, and one of all models as functions that read and
//! show them: what a test harness needs to go through examples without knowing their types.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::rust_type::{self, Here};
use super::{Context, Emitted, outside};
use crate::api::{Api, Group, Operation, Presence, Scalar, Service, Shape, Type, TypeDef};
use crate::naming::{self, NoIdentifier};

/// `mod.rs`, and a file per service:
///
/// ```text
/// pub(super) const CALLS: &[Entry] = &[
///     ("keys", "GetKey", |given| {
///         let mut call = rest::keys::GetKey::new(given.required("key-name")?);
///         if let Some(value) = given.optional("key-version")? {
///             call = call.key_version(value);
///         }
///         Ok(finish(call))
///     }),
/// ];
///
/// pub(super) const MODELS: &[Model] = &[
///     ("keys", "KeyBundle", show::<rest::keys::models::KeyBundle>),
/// ];
/// ```
pub fn calls(api: &Api) -> Result<Vec<Emitted>, NoIdentifier> {
    let services: Vec<_> = api
        .services
        .iter()
        .filter(|s| !s.groups.is_empty() || models(s).next().is_some())
        .collect();
    let cx = Context::new(api);
    let mut files = vec![root(&services)?];
    for service in services {
        files.push(service_file(&cx, service)?);
    }
    Ok(files)
}

fn root(services: &[&Service]) -> Result<Emitted, NoIdentifier> {
    let modules = services.iter().map(|service| naming::service(service));
    let modules = modules.collect::<Result<Vec<_>, _>>()?;
    let mut items: Vec<_> = modules.iter().map(|module| quote!(mod #module;)).collect();
    items.push(quote!(
        use crate::given::{Entry, Model};
    ));
    items.push(quote! {
        /// The operations of each service, with what makes a call of arguments.
        pub const CALLS: &[&[Entry]] = &[#(#modules::CALLS),*];
    });
    items.push(quote! {
        /// The models of each service, with what reads and shows them.
        pub const MODELS: &[&[Model]] = &[#(#modules::MODELS),*];
    });
    Ok(Emitted {
        path: "src/calls/mod.rs".to_owned(),
        source: "the description".to_owned(),
        docs: vec![
            "Every operation as a function from JSON arguments to a call, and every model as one that".to_owned(),
            "reads and shows it.".to_owned(),
        ],
        attributes: Vec::new(),
        items,
    })
}

fn service_file(cx: &Context<'_>, service: &Service) -> Result<Emitted, NoIdentifier> {
    let mut entries = Vec::new();
    for group in &service.groups {
        for operation in &group.operations {
            entries.push(entry(cx, service, group, operation)?);
        }
    }
    let shown = models(service).map(|def| {
        let (service_name, name) = (&service.name, &def.name);
        let ty = outside::type_def(service, def)?;
        Ok(quote!((#service_name, #name, show::<#ty>)))
    });
    let shown = shown.collect::<Result<Vec<_>, NoIdentifier>>()?;
    let mut functions: BTreeSet<_> = service.operations().map(finisher).collect();
    functions.extend((!shown.is_empty()).then_some("show"));
    let functions = functions.iter().map(|name| format_ident!("{name}"));
    Ok(Emitted {
        path: format!("src/calls/{}.rs", naming::service(service)?),
        source: service.document.clone(),
        docs: Vec::new(),
        attributes: Vec::new(),
        items: vec![
            quote!(
                use crate::rest;
            ),
            quote!(
                use crate::given::{Entry, Model, #(#functions),*};
            ),
            quote! {
                pub(super) const CALLS: &[Entry] = &[#(#entries),*];
            },
            quote! {
                pub(super) const MODELS: &[Model] = &[#(#shown),*];
            },
        ],
    })
}

fn models(service: &Service) -> impl Iterator<Item = &TypeDef> {
    let is_model = |def: &&TypeDef| matches!(def.shape, Shape::Model(_));
    service.types.iter().filter(is_model)
}

/// What hides the type of an operation: by what a driver can do with it.
fn finisher(operation: &Operation) -> &'static str {
    match (&operation.long_running, &operation.paging) {
        (Some(_), _) => "finish_long_running",
        (None, Some(_)) => "finish_paged",
        (None, None) => "finish",
    }
}

fn entry(
    cx: &Context<'_>,
    service: &Service,
    group: &Group,
    operation: &Operation,
) -> Result<TokenStream, NoIdentifier> {
    let (name, id) = (&service.name, &operation.id);
    let path = outside::operation(service, group, operation)?;
    let (required, optional) = inputs(cx, operation)?;
    let given = match required.is_empty() && optional.is_empty() {
        true => quote!(_),
        false => quote!(given),
    };
    let arguments = required.iter().map(|Input { wire, ty, .. }| match wire {
        Some(wire) => quote!(given.required::<#ty>(#wire)?),
        None => quote!(given.required_body::<#ty>()?),
    });
    let new = quote!(#path::new(#(#arguments),*));
    let finish = format_ident!("{}", finisher(operation));
    if optional.is_empty() {
        return Ok(quote!((#name, #id, |#given| Ok(#finish(#new)))));
    }
    let setters = optional.iter().map(|Input { wire, name, ty }| {
        let value = match wire {
            Some(wire) => quote!(given.optional::<#ty>(#wire)?),
            None => quote!(given.body::<#ty>()?),
        };
        quote! {
            if let Some(value) = #value {
                call = call.#name(value);
            }
        }
    });
    Ok(quote! {
        (#name, #id, |#given| {
            let mut call = #new;
            #(#setters)*
            Ok(#finish(call))
        })
    })
}

/// What a call takes.
struct Input {
    /// The name on the wire; `None` for the body.
    wire: Option<String>,
    name: naming::Name,
    ty: TokenStream,
}

/// The inputs that are required, and those that are not.
fn inputs(
    cx: &Context<'_>,
    operation: &Operation,
) -> Result<(Vec<Input>, Vec<Input>), NoIdentifier> {
    let (mut required, mut optional) = (Vec::new(), Vec::new());
    for parameter in &operation.parameters {
        let input = Input {
            wire: Some(parameter.wire.clone()),
            name: naming::parameter(parameter)?,
            ty: ty(cx, &parameter.ty)?,
        };
        match parameter.presence {
            Presence::Required => required.push(input),
            Presence::Optional => optional.push(input),
            Presence::Constant(_) => {}
        }
    }
    if let Some(body) = &operation.body {
        let input = Input {
            wire: None,
            name: naming::body(body)?,
            ty: ty(cx, &body.ty)?,
        };
        match body.required {
            true => required.push(input),
            false => optional.push(input),
        }
    }
    Ok((required, optional))
}

/// The type of an input as it is given: text, where it is neither a number nor a choice.
fn ty(cx: &Context<'_>, ty: &Type) -> Result<TokenStream, NoIdentifier> {
    rust_type::emit_with(cx, Here::Outside, ty, &|scalar| match scalar {
        Scalar::Bool => quote!(bool),
        Scalar::I32 => quote!(i32),
        Scalar::I64 => quote!(i64),
        Scalar::F64 => quote!(f64),
        _ => quote!(String),
    })
}
