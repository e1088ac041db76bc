use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Context, Emitted, docs, server};
use crate::api::{Api, Operation, Service, Shape, TypeDef};
use crate::naming::{self, NoIdentifier};

/// `lib.rs`: a module per service behind the feature of its name.
pub(super) fn emit(cx: &Context<'_>) -> Result<Emitted, NoIdentifier> {
    let mut items = vec![
        quote!(
            pub use keyvault_runtime as runtime;
        ),
        general_exports(),
    ];
    items.extend(described_exports(cx.api)?);
    items.push(client());
    for service in &cx.api.services {
        items.push(service_module(service)?);
    }
    if server::has_operations(cx.api) {
        items.push(quote! {
            #[cfg(feature = "server")]
            #[rustfmt::skip]
            pub mod server;
        });
        items.push(quote! {
            #[cfg(doc)]
            #[rustfmt::skip]
            pub mod operations;
        });
    }
    Ok(Emitted {
        path: "src/lib.rs".to_owned(),
        source: source(cx.api),
        docs: crate_docs(cx.api)?,
        attributes: attributes(cx.api),
        items,
    })
}

/// What files of the whole crate come from.
pub(super) fn source(api: &Api) -> String {
    let documents: Vec<_> = api.services.iter().map(|s| s.document.as_str()).collect();
    documents.join(", ")
}

/// Lints of the whole crate.
fn attributes(api: &Api) -> Vec<TokenStream> {
    let mut attributes = vec![
        // On docs.rs, each item tells the feature that it needs.
        quote!(#![cfg_attr(docsrs, feature(doc_cfg))]),
        quote!(#![forbid(unsafe_code)]),
        quote! {
            #![allow(
                clippy::module_inception,
                clippy::should_implement_trait,
                clippy::too_many_arguments,
                reason = "names and arguments are those of the service"
            )]
        },
    ];
    if has_deprecated(api) {
        attributes.push(quote! {
            #![allow(deprecated, reason = "what is deprecated is still read and written")]
        });
    }
    attributes
}

fn has_deprecated(api: &Api) -> bool {
    let of_operation = |operation: &Operation| {
        operation.deprecated || operation.parameters.iter().any(|p| p.deprecated)
    };
    let of_type = |def: &TypeDef| match &def.shape {
        Shape::Model(fields) => def.deprecated || fields.iter().any(|field| field.deprecated),
        Shape::Enum(_) | Shape::Alias(_) => def.deprecated,
    };
    let mut services = api.services.iter();
    services.any(|s| s.operations().any(of_operation) || s.types.iter().any(of_type))
}

fn service_module(service: &Service) -> Result<TokenStream, NoIdentifier> {
    let module = naming::service(service)?;
    let feature = feature(service)?.map(|feature| quote!(#[cfg(feature = #feature)]));
    Ok(quote! {
        #feature
        #[rustfmt::skip]
        pub mod #module;
    })
}

/// The feature that switches a service on; what services share has none.
fn feature(service: &Service) -> Result<Option<String>, NoIdentifier> {
    match service.groups.is_empty() {
        true => Ok(None),
        false => Ok(Some(naming::service(service)?.to_string())),
    }
}

/// What every caller of any API needs, at hand without the name of the runtime crate.
pub(crate) const GENERAL: &[&str] = &[
    "Base64",
    "Base64Url",
    "BuildError",
    "CredentialError",
    "DecodeError",
    "Endpoint",
    "EndpointError",
    "Error",
    "Json",
    "LongRunningError",
    "LongRunningOperation",
    "Operation",
    "OperationMeta",
    "Page",
    "PagedOperation",
    "RefusedError",
    "Response",
    "Rfc3339",
    "Secret",
    "ServiceError",
    "SettlingOperation",
    "TransportError",
    "UnixTime",
    "UnknownValue",
];

fn general_exports() -> TokenStream {
    let names = GENERAL.iter().map(|name| format_ident!("{name}"));
    quote! {
        #[rustfmt::skip]
        pub use keyvault_runtime::{#(#names),*};
    }
}

/// What callers of this API need besides: the description says it.
fn described_exports(api: &Api) -> Result<Vec<TokenStream>, NoIdentifier> {
    let mut modules = BTreeMap::<_, Vec<_>>::new();
    for path in api.exports() {
        let (module, item) = naming::runtime_path(path)?;
        modules.entry(module).or_default().push(item);
    }
    let exports = modules.into_iter().map(|(module, items)| {
        quote! {
            #[rustfmt::skip]
            pub use keyvault_runtime::#(#module::)*{#(#items),*};
        }
    });
    Ok(exports.collect())
}

/// What sends requests, for who asks for it.
fn client() -> TokenStream {
    quote! {
        #[cfg(feature = "client")]
        pub use keyvault_runtime::client;
        #[cfg(feature = "client")]
        pub use keyvault_runtime::client::Client;
    }
}

fn crate_docs(api: &Api) -> Result<Vec<String>, NoIdentifier> {
    let mut lines = vec![
        "Typed request builders and models, one module per service.".to_owned(),
        String::new(),
        "A request builder holds the arguments of one call. [`Operation::request`] makes an"
            .to_owned(),
        "[`http::Request`](runtime::http::Request) of it for any HTTP client to send, and"
            .to_owned(),
        "[`Operation::response`] reads what comes back.".to_owned(),
        String::new(),
        "| module | service | API version | operations |".to_owned(),
        "|---|---|---|---|".to_owned(),
    ];
    for service in &api.services {
        let module = naming::service(service)?;
        let title = docs::lines(&service.title, &service.name).join(" ");
        let operations = service.operations().count();
        let version = &service.api_version;
        let module = match feature(service)? {
            // A link would break when the feature is off.
            Some(_) => format!("`{module}`"),
            None => format!("[`{module}`]"),
        };
        let title = title.replace('|', "\\|");
        lines.push(format!(
            "| {module} | {title} | {} | {operations} |",
            docs::code(version).replace('|', "")
        ));
    }
    lines.push(String::new());
    lines.push("Each module with operations is behind the feature of its name.".to_owned());
    if server::has_operations(api) {
        lines.push("[`operations`] has them all in one table.".to_owned());
    }
    Ok(lines)
}
