//! [`Api`] -> Rust tokens. One construct per file; emitters never see OpenAPI.

mod alias;
mod calls;
mod crate_root;
mod docs;
mod enumeration;
mod example;
mod face;
mod host;
mod long_running;
mod manifest;
mod model;
mod module;
mod operation;
mod outside;
mod overview;
mod paged;
mod probe;
mod probes;
mod rust_type;
mod secrets;
mod server;
mod settling;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;

use self::secrets::Secrets;
use crate::api::{
    Api, Circles, Field, Operation, Presence, Service, Shape, Type, TypeDef, TypeIndex, TypeRef,
};
use crate::naming::{Name, NoIdentifier};

/// A file of the generated crate, before formatting.
pub struct Emitted {
    /// Path inside the generated crate, with `/`.
    pub path: String,
    /// What the header says the file comes from.
    pub source: String,
    /// The documentation of the module.
    pub docs: Vec<String>,
    /// The attributes of the module, inner ones.
    pub attributes: Vec<TokenStream>,
    /// The items, in order.
    pub items: Vec<TokenStream>,
}

/// Emits all Rust files.
pub fn emit(api: &Api) -> Result<Vec<Emitted>, NoIdentifier> {
    let cx = Context::new(api);
    let mut files = vec![crate_root::emit(&cx)?];
    files.extend(server::root(&cx)?);
    files.extend(table::emit(api)?);
    for service in &api.services {
        files.extend(module::emit(&cx, service)?);
    }
    Ok(files)
}

pub use self::calls::calls;
pub(crate) use self::crate_root::GENERAL;
pub(crate) use self::docs::{is_unseen, plain};
pub(crate) use self::face::{Face, is_left_out};
pub(crate) use self::host::{HostRequest, host_requests};
pub(crate) use self::long_running::last;
pub use self::manifest::{Feature, common_features, features, manifest};
pub use self::overview::overview;
pub use self::probe::{PRELUDE, Probe, Subject as ProbeSubject, Way};
pub use self::probes::probes;
pub(crate) use self::secrets::SecretTypes;

/// What emitters look up.
struct Context<'a> {
    api: &'a Api,
    types: TypeIndex<'a>,
    services: BTreeMap<&'a str, &'a Service>,
    /// By service and id.
    operations: BTreeMap<&'a str, BTreeMap<&'a str, &'a Operation>>,
    /// Members that would make a type infinitely large: type and wire name.
    boxed: BTreeSet<(TypeRef, &'a str)>,
    secret_types: SecretTypes,
}

impl<'a> Context<'a> {
    fn new(api: &'a Api) -> Self {
        let services = api.services.iter();
        let operations =
            services.map(|service| (service.name.as_str(), service.operations_by_id()));
        Self {
            api,
            types: api.index(),
            services: api.services_by_name(),
            operations: operations.collect(),
            boxed: boxed_members(api),
            secret_types: SecretTypes::find(api),
        }
    }

    fn service(&self, name: &str) -> Option<&'a Service> {
        self.services.get(name).copied()
    }

    fn operation(&self, service: &Service, id: &str) -> Option<&'a Operation> {
        let operations = self.operations.get(service.name.as_str())?;
        operations.get(id).copied()
    }

    fn is_boxed(&self, service: &Service, def: &TypeDef, wire: &str) -> bool {
        self.boxed.contains(&(reference(service, def), wire))
    }

    fn secrets(&self, operation: &Operation) -> Secrets {
        self.secret_types.of(operation)
    }
}

fn reference(service: &Service, def: &TypeDef) -> TypeRef {
    TypeRef {
        service: service.name.clone(),
        name: def.name.clone(),
    }
}

/// Members through which a type holds itself, directly or through others.
pub(crate) fn boxed_members(api: &Api) -> BTreeSet<(TypeRef, &str)> {
    let circles = Circles::of(api, held);
    let mut boxed = BTreeSet::new();
    for service in &api.services {
        for def in &service.types {
            let Shape::Model(fields) = &def.shape else {
                continue;
            };
            let own = reference(service, def);
            for field in fields {
                if direct(field).is_some_and(|target| circles.meet(&own, target)) {
                    boxed.insert((own.clone(), field.wire.as_str()));
                }
            }
        }
    }
    boxed
}

/// The types of which a value may hold one without a list or map between them.
fn held(def: &TypeDef) -> Vec<&TypeRef> {
    match &def.shape {
        Shape::Model(fields) => fields.iter().filter_map(direct).collect(),
        Shape::Alias(Type::Named(reference)) => vec![reference],
        Shape::Alias(_) | Shape::Enum(_) => Vec::new(),
    }
}

/// The type that a member holds without a list or map between them.
fn direct(field: &Field) -> Option<&TypeRef> {
    match &field.ty {
        Type::Named(reference) => Some(reference),
        _ => None,
    }
}

fn is_required(presence: &Presence) -> bool {
    *presence == Presence::Required
}

/// `#[deprecated]` where the service advises against something.
fn deprecated_attribute(deprecated: bool) -> Option<TokenStream> {
    deprecated.then(|| quote::quote!(#[deprecated]))
}

/// How a name on the wire relates to that of its item.
enum Spelling {
    /// It is the same.
    Same,
    /// It is another one, by which the item shall be found: `#[doc(alias = "…")]`.
    Searchable,
    /// It is another one, which rustdoc takes for no alias.
    Odd,
}

impl Spelling {
    fn of(name: &Name, wire: &str) -> Self {
        let harmless = |c: char| c.is_ascii_graphic() && c != '"' && c != '\'';
        match wire {
            wire if name.as_str() == wire => Self::Same,
            // The word alone is the alias that the item has anyway.
            wire if name.as_str().strip_prefix("r#") == Some(wire) => Self::Odd,
            wire if !wire.is_empty() && wire.chars().all(harmless) => Self::Searchable,
            _ => Self::Odd,
        }
    }
}

/// The name on the wire behind that of a struct, a field or an enum, where it is another one.
fn wire_name(name: &Name, wire: &str) -> Option<TokenStream> {
    match Spelling::of(name, wire) {
        Spelling::Same => None,
        Spelling::Searchable => Some(quote::quote!((#wire))),
        Spelling::Odd => Some(quote::quote!(=> #wire)),
    }
}

/// `#[doc(alias = "…")]` where the wire says another word, so that it can be searched for.
fn alias_attribute(name: &Name, wire: &str) -> Option<TokenStream> {
    let is_searchable = matches!(Spelling::of(name, wire), Spelling::Searchable);
    is_searchable.then(|| quote::quote!(#[doc(alias = #wire)]))
}
