//! The side of the service: what takes the arguments of each operation back, and the requests of a service, and of a host,
//! as one enum each. In files of their own behind a feature, so that nobody else even reads them.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::operation::{Input, inputs};
use super::{Context, Emitted, crate_root, docs};
use crate::api::{Api, Group, Operation, Service};
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
/// impl rt::ServedOperation for super::GetKey {
///     fn from_arguments(from: &rt::Given<'_>) -> Result<Self, rt::RequestError> {
///         Ok(Self { key_name: from.take("key-name")?, key_version: from.take("key-version")? })
///     }
/// }
/// ```
pub(super) fn group(group: &Group) -> Result<Vec<TokenStream>, NoIdentifier> {
    let mut items = vec![quote!(
        use keyvault_runtime::server as rt;
    )];
    for operation in &group.operations {
        items.push(way_back(operation)?);
    }
    Ok(items)
}

fn way_back(operation: &Operation) -> Result<TokenStream, NoIdentifier> {
    let name = naming::operation(operation)?;
    let inputs = inputs(operation)?;
    let fields = inputs.iter().map(|Input { wire, name, .. }| match *wire {
        "" => quote!(#name: from.json()?),
        wire => quote!(#name: from.take(#wire)?),
    });
    let from = match inputs.is_empty() {
        true => quote!(_from),
        false => quote!(from),
    };
    Ok(quote! {
        impl rt::ServedOperation for super::#name {
            fn from_arguments(#from: &rt::Given<'_>) -> Result<Self, rt::RequestError> {
                Ok(Self { #(#fields),* })
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
    let names: Vec<_> = variants.iter().map(|variant| &variant.name).collect();
    Ok(vec![
        quote!(
            use keyvault_runtime::server as rt;
        ),
        quote! {
            /// A request of this service, of whichever operation.
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
    let hosts = hosts(cx.api);
    for services in &hosts {
        let name = match (hosts.as_slice(), services.as_slice()) {
            (_, [first, ..]) if hosts.len() > 1 => naming::host_request(first)?,
            _ => naming::host_request_alone(),
        };
        items.extend(host(&name, services)?);
    }
    Ok(Some(Emitted {
        path: "src/server.rs".to_owned(),
        source: crate_root::source(cx.api),
        docs: vec![
            "The other side of all operations, for a fake of the service in tests: reads requests"
                .to_owned(),
            "and writes responses.".to_owned(),
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

/// The services of each host that has more than one.
fn hosts(api: &Api) -> Vec<Vec<&Service>> {
    let mut hosts = BTreeMap::<_, Vec<_>>::new();
    for service in api.services.iter().filter(|s| !s.groups.is_empty()) {
        hosts.entry(&service.endpoint).or_default().push(service);
    }
    let mut hosts: Vec<_> = hosts.into_values().filter(|host| host.len() > 1).collect();
    hosts.sort_by(|a, b| a[0].name.cmp(&b[0].name));
    hosts
}

/// ```text
/// pub enum Request {
///     #[cfg(feature = "keys")]
///     Keys(crate::keys::server::Request),
///     …
/// }
/// ```
fn host(name: &Name, services: &[&Service]) -> Result<Vec<TokenStream>, NoIdentifier> {
    let (mut variants, mut routes, mut arms) = (Vec::new(), Vec::new(), Vec::new());
    let mut features = Vec::new();
    for service in services {
        let module = naming::service(service)?;
        let variant = naming::service_request(service)?;
        let fallback = format!("The service `{}`.", service.name);
        let doc = docs::outer(&docs::lines(&service.title, &fallback));
        let feature = module.to_string();
        let on = quote!(#[cfg(feature = #feature)]);
        variants.push(quote!(#doc #on #variant(crate::#module::server::Request)));
        routes.push(quote!(#on to.service(Self::#variant);));
        arms.push(quote!(#on Self::#variant(request) => request.operation()));
        features.push(quote!(feature = #feature));
    }
    let any = quote!(#[cfg(any(#(#features),*))]);
    Ok(vec![
        quote! {
            /// A request to a host that several services share, of whichever of those that are
            /// switched on.
            #any
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub enum #name { #(#variants,)* }
        },
        quote! {
            #any
            impl AnyRequest for #name {
                fn routes(to: &mut impl Routes<Self>) { #(#routes)* }
                fn operation(&self) -> &dyn AnyOperation {
                    match self { #(#arms,)* }
                }
            }
        },
    ])
}
