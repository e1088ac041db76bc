//! The side of the service: the requests of a service as one enum. In files of their own behind a feature, so that nobody
//! else even reads them.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, Emitted, crate_root, docs, host};
use crate::api::{Api, Group, Operation, Service};
use crate::naming::{self, NoIdentifier};

/// The declaration of a module with such code.
pub(super) fn declaration() -> TokenStream {
    quote!(
        #[cfg(feature = "server")]
        pub mod server;
    )
}

/// The requests of a service:
///
/// ```text
/// rt::requests! {
///     /// A request of this service, of whichever operation.
///     pub enum Request {
///         /// Reads a key.
///         GetKey(super::GetKey),
///         …
///     }
/// }
/// ```
pub(super) fn service(service: &Service) -> Result<Vec<TokenStream>, NoIdentifier> {
    let mut rows = Vec::new();
    for group in &service.groups {
        for operation in &group.operations {
            rows.push(row(group, operation)?);
        }
    }
    Ok(vec![
        quote!(
            use keyvault_runtime as rt;
        ),
        quote! {
            rt::requests! {
                #[doc = " A request of this service, of whichever operation."]
                pub enum Request { #(#rows,)* }
            }
        },
    ])
}

/// An operation among the requests of its service.
fn row(group: &Group, operation: &Operation) -> Result<TokenStream, NoIdentifier> {
    let (summary, _) = docs::split_summary(&operation.doc);
    let fallback = format!("Calls `{}`.", operation.id);
    let doc = docs::outer(&docs::lines(summary, &fallback));
    let (name, builder) = (naming::request(operation)?, naming::operation(operation)?);
    let module = group.name.as_ref().map(|_| naming::group(group));
    let module = module.transpose()?.map(|module| quote!(#module::));
    Ok(quote!(#doc #name(super::#module #builder)))
}

pub(super) fn any_size() -> TokenStream {
    quote!(#[allow(clippy::large_enum_variant, reason = "a request is one at a time")])
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
