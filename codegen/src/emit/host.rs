//! The requests of a host that several services share, as one enum: what emits it and what compares versions must agree
//! on who is in which.

use std::collections::BTreeMap;
use std::fmt;

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, server};
use crate::api::{Api, Service};
use crate::naming::{self, Name, NoIdentifier};

/// Services that share a host, and the name of the enum of their requests.
struct Host<'a> {
    name: Name,
    services: Vec<&'a Service>,
}

/// Where the requests of a service stand among those of its host.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct HostRequest {
    /// The enum, in the module `server` of the crate.
    pub(super) host: Name,
    /// The variant.
    pub(super) variant: Name,
}

impl fmt::Display for HostRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "server::{}::{}", self.host, self.variant)
    }
}

/// Where the requests of each service stand, by its name. Those that have a host to themselves are in none.
pub(crate) fn host_requests(api: &Api) -> Result<BTreeMap<&str, HostRequest>, NoIdentifier> {
    let mut requests = BTreeMap::new();
    for host in hosts(api)? {
        for service in host.services {
            let request = HostRequest {
                host: host.name.clone(),
                variant: naming::service_request(service)?,
            };
            requests.insert(service.name.as_str(), request);
        }
    }
    Ok(requests)
}

/// The enums of all hosts that several services share.
pub(super) fn emit(api: &Api) -> Result<Vec<TokenStream>, NoIdentifier> {
    let mut items = Vec::new();
    for host in hosts(api)? {
        items.extend(one(&host)?);
    }
    Ok(items)
}

fn hosts(api: &Api) -> Result<Vec<Host<'_>>, NoIdentifier> {
    let hosts = api.hosts();
    let is_alone = hosts.len() == 1;
    let host = |services: Vec<_>| {
        let name = match is_alone {
            true => naming::host_request_alone(),
            false => naming::host_request(services[0])?,
        };
        Ok(Host { name, services })
    };
    hosts.into_iter().map(host).collect()
}

/// ```text
/// pub enum Request {
///     #[cfg(feature = "keys")]
///     Keys(crate::keys::server::Request),
///     …
/// }
/// ```
fn one(Host { name, services }: &Host<'_>) -> Result<Vec<TokenStream>, NoIdentifier> {
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
    let size = server::any_size();
    Ok(vec![
        quote! {
            /// A request to a host that several services share, of whichever of those that are
            /// switched on.
            #any
            #size
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
