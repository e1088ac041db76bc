//! The side of the service: what takes the arguments of each operation back, and the requests of a service as one enum. In
//! files of their own behind a feature, so that nobody else even reads them.

use proc_macro2::TokenStream;
use quote::quote;

use super::operation::{Input, inputs};
use super::rust_type::{self, Here};
use super::{Context, Emitted, crate_root, docs, host};
use crate::api::{Api, Group, Operation, Presence, Scalar, Service, Type};
use crate::naming::{self, Name, NoIdentifier};

/// The declaration of a module with such code.
pub(super) fn declaration() -> TokenStream {
    quote!(
        #[cfg(feature = "server")]
        mod server;
    )
}

/// The same, for other crates to see.
pub(super) fn public_declaration() -> TokenStream {
    quote!(
        #[cfg(feature = "server")]
        pub mod server;
    )
}

/// The way back of all operations of a group, below the module that holds their fields:
///
/// ```text
/// impl ServedOperation for super::GetKey {
///     type Inputs<'a> = (&'a str, Option<&'a str>);
///     fn given(&self) -> Self::Inputs<'_> { (&self.key_name, self.key_version.as_deref()) }
///     fn from_arguments(from: &Given<'_>) -> Result<Self, RequestError> {
///         Ok(Self { key_name: from.take("key-name")?, key_version: from.take("key-version")? })
///     }
/// }
/// ```
pub(super) fn group(
    cx: &Context<'_>,
    service: &Service,
    group: &Group,
) -> Result<Vec<TokenStream>, NoIdentifier> {
    let mut items = vec![
        quote!(
            use keyvault_runtime as rt;
        ),
        quote!(
            use rt::server::{Given, RequestError, ServedOperation};
        ),
    ];
    if names_models(service, group) {
        items.push(quote!(
            use super::super::models;
        ));
    }
    for operation in &group.operations {
        items.push(way_back(cx, service, operation)?);
    }
    Ok(items)
}

/// Whether an argument is of a type of the own service.
fn names_models(service: &Service, group: &Group) -> bool {
    let types = group.operations.iter().flat_map(|operation| {
        let parameters = operation.parameters.iter().map(|parameter| &parameter.ty);
        parameters.chain(operation.body.iter().map(|body| &body.ty))
    });
    let mut named = types.filter_map(Type::named);
    named.any(|reference| reference.service == service.name)
}

fn way_back(
    cx: &Context<'_>,
    service: &Service,
    operation: &Operation,
) -> Result<TokenStream, NoIdentifier> {
    let name = naming::operation(operation)?;
    let inputs = inputs(operation)?;
    let shown = inputs.iter().map(|input| shown(cx, service, input));
    let shown = shown.collect::<Result<Vec<_>, _>>()?;
    let (types, values): (Vec<_>, Vec<_>) = shown.into_iter().unzip();
    let (types, values) = match inputs.len() {
        1 => (quote!(#(#types)*), quote!(#(#values)*)),
        _ => (quote!((#(#types),*)), quote!((#(#values),*))),
    };
    let given = match inputs.is_empty() {
        true => quote!(
            fn given(&self) {}
        ),
        false => quote!(fn given(&self) -> Self::Inputs<'_> { #values }),
    };
    let fields = inputs.iter().map(|Input { wire, name, .. }| match *wire {
        "" => quote!(#name: from.json()?),
        wire => quote!(#name: from.take(#wire)?),
    });
    let from = match inputs.is_empty() {
        true => quote!(_from),
        false => quote!(from),
    };
    Ok(quote! {
        impl ServedOperation for super::#name {
            type Inputs<'a> = #types;
            #given
            fn from_arguments(#from: &Given<'_>) -> Result<Self, RequestError> {
                Ok(Self { #(#fields),* })
            }
        }
    })
}

/// How an argument is shown: its type, and the expression that makes it of the field.
fn shown(
    cx: &Context<'_>,
    service: &Service,
    input: &Input<'_>,
) -> Result<(TokenStream, TokenStream), NoIdentifier> {
    let name = &input.name;
    let rust = rust_type::emit(cx, Here::Operations(service), input.ty)?;
    let is_copied = matches!(
        input.ty,
        Type::Scalar(Scalar::Bool | Scalar::I32 | Scalar::I64 | Scalar::F64)
    );
    let is_text = !input.secret && rust.to_string() == "String";
    let required = input.presence == Presence::Required;
    Ok(match (required, is_copied) {
        (true, true) => (rust, quote!(self.#name)),
        (false, true) => (quote!(Option<#rust>), quote!(self.#name)),
        (true, false) if is_text => (quote!(&'a str), quote!(&self.#name)),
        (false, false) if is_text => (quote!(Option<&'a str>), quote!(self.#name.as_deref())),
        (_, false) => {
            let rust = match input.secret {
                true => quote!(rt::Secret<#rust>),
                false => rust,
            };
            match required {
                true => (quote!(&'a #rust), quote!(&self.#name)),
                false => (quote!(Option<&'a #rust>), quote!(self.#name.as_ref())),
            }
        }
    })
}

/// The requests of a service:
///
/// ```text
/// pub enum Request { GetKey(super::GetKey), … }
///
/// impl rt::AnyRequest for Request {
///     fn routes(to: &mut impl rt::Routes<Self>) { to.operation(Self::GetKey); … }
///     fn operation(&self) -> &dyn rt::AnyOperation { match self { Self::GetKey(request) => request, … } }
/// }
/// ```
pub(super) fn service(service: &Service) -> Result<Vec<TokenStream>, NoIdentifier> {
    let mut variants = Vec::new();
    for group in &service.groups {
        for operation in &group.operations {
            variants.push(Variant::of(group, operation)?);
        }
    }
    let declared = variants.iter().map(|Variant { name, path, doc }| {
        let doc = docs::outer(doc);
        quote!(#doc #name(#path))
    });
    let size = any_size();
    let names: Vec<_> = variants.iter().map(|variant| &variant.name).collect();
    Ok(vec![
        quote!(
            use keyvault_runtime::server as rt;
        ),
        quote! {
            /// A request of this service, of whichever operation.
            #size
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub enum Request { #(#declared,)* }
        },
        quote! {
            impl rt::AnyRequest for Request {
                fn routes(to: &mut impl rt::Routes<Self>) {
                    #(to.operation(Self::#names);)*
                }
                fn operation(&self) -> &dyn rt::AnyOperation {
                    match self { #(Self::#names(request) => request,)* }
                }
            }
        },
    ])
}

pub(super) fn any_size() -> TokenStream {
    quote!(#[allow(clippy::large_enum_variant, reason = "a request is one at a time")])
}

/// An operation among the requests of its service.
struct Variant {
    name: Name,
    path: TokenStream,
    doc: Vec<String>,
}

impl Variant {
    fn of(group: &Group, operation: &Operation) -> Result<Self, NoIdentifier> {
        let (summary, _) = docs::split_summary(&operation.doc);
        let fallback = format!("Calls `{}`.", operation.id);
        let builder = naming::operation(operation)?;
        let module = match &group.name {
            Some(_) => Some(naming::group(group)?),
            None => None,
        };
        let module = module.map(|module| quote!(#module::));
        Ok(Self {
            name: naming::request(operation)?,
            path: quote!(super::#module #builder),
            doc: docs::lines(summary, &fallback),
        })
    }
}

/// What the runtime has for servers, and the requests of each host that several services share.
pub(super) fn root(cx: &Context<'_>) -> Result<Option<Emitted>, NoIdentifier> {
    if !has_operations(cx.api) {
        return Ok(None);
    }
    let mut items = vec![quote!(
        pub use keyvault_runtime::server::*;
    )];
    items.extend(host::emit(cx.api)?);
    Ok(Some(Emitted {
        path: "src/server.rs".to_owned(),
        source: crate_root::source(cx.api),
        docs: vec![
            "The other side of all operations, for a fake of the service in tests: reads requests"
                .to_owned(),
            "and writes responses.".to_owned(),
            String::new(),
            "What [`ServedOperation::given`] gives grows when an operation gets one more argument,"
                .to_owned(),
            "which breaks nothing but what takes it apart: a release with more optional arguments is"
                .to_owned(),
            "still a minor one.".to_owned(),
        ],
        attributes: Vec::new(),
        items,
    }))
}

/// Whether there is anything to serve.
pub(super) fn has_operations(api: &Api) -> bool {
    api.services
        .iter()
        .any(|service| !service.groups.is_empty())
}
