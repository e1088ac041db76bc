use proc_macro2::TokenStream;
use quote::quote;

use super::rust_type::Here;
use super::{Context, Emitted, alias, docs, enumeration, model, operation, paged, server};
use crate::api::{Group, Scalar, Service, Shape, Type, TypeDef};
use crate::naming::{self, Name, NoIdentifier};

/// The module of a service: `mod.rs`, a file per group of operations, one for all enumerations and one for all other types.
pub(super) fn emit(cx: &Context<'_>, service: &Service) -> Result<Vec<Emitted>, NoIdentifier> {
    let module = naming::service(service)?;
    let dir = format!("src/{}", file_stem(&module));
    let mut files = vec![root(service, &dir)?];
    for group in &service.groups {
        files.push(group_file(cx, service, group, &dir)?);
    }
    if !service.groups.is_empty() {
        files.push(requests_file(service, &dir)?);
    }
    if !service.types.is_empty() {
        files.push(models_file(cx, service, &dir)?);
    }
    if service.types.iter().any(is_enum) {
        files.push(enums_file(cx, service, &dir)?);
    }
    Ok(files)
}

/// The file of a module; modules are never raw identifiers.
fn file_stem(module: &Name) -> &str {
    module.as_str()
}

fn source(service: &Service) -> String {
    format!("{} ({})", service.document, service.api_version)
}

fn root(service: &Service, dir: &str) -> Result<Emitted, NoIdentifier> {
    let mut items = Vec::new();
    if !service.groups.is_empty() {
        items.push(quote!(
            use keyvault_runtime as rt;
        ));
    }
    let (mut modules, mut exports) = (Vec::new(), Vec::new());
    if !service.types.is_empty() {
        modules.push(quote!(
            pub mod models;
        ));
    }
    if service.types.iter().any(is_enum) {
        modules.push(quote!(
            mod enums;
        ));
    }
    for group in &service.groups {
        let module = naming::group(group)?;
        match &group.name {
            Some(name) => {
                let doc = docs::outer(&[format!("The operations of {}.", docs::code(name))]);
                modules.push(quote!(#doc pub mod #module;));
            }
            None => {
                let names = operation_names(group)?;
                modules.push(quote!(mod #module;));
                exports.push(quote!(pub use self::#module::{#(#names),*};));
            }
        }
    }
    items.extend(modules);
    if !service.groups.is_empty() {
        items.push(server::declaration());
    }
    items.extend(exports);
    if !service.groups.is_empty() {
        items.push(constant(service));
    }
    let fallback = format!("The service `{}`.", service.name);
    let mut lines = docs::lines(&service.title, &fallback);
    if !service.doc.is_empty() {
        lines.push(String::new());
        lines.extend(docs::lines(&service.doc, ""));
    }
    if !service.groups.is_empty() {
        lines.push(String::new());
        lines.extend(docs::lines(&where_to_go_on(service)?, ""));
    }
    Ok(Emitted {
        path: format!("{dir}/mod.rs"),
        source: source(service),
        docs: lines,
        attributes: Vec::new(),
        items,
    })
}

/// What a reader of the documentation may look for from here.
fn where_to_go_on(service: &Service) -> Result<String, NoIdentifier> {
    let (feature, count) = (naming::service(service)?, service.operations().count());
    let version = docs::code(&service.api_version);
    let operations = if count == 1 {
        "operation"
    } else {
        "operations"
    };
    Ok(format!(
        "Feature `{feature}`, API version {version}, {count} {operations}. What they take and give is in `models`; with the \
         feature `server`, `server::Request` is any of their requests, for a fake of this service."
    ))
}

fn operation_names(group: &Group) -> Result<Vec<Name>, NoIdentifier> {
    let operations = group.operations.iter();
    let mut names = operations
        .map(naming::operation)
        .collect::<Result<Vec<_>, _>>()?;
    names.sort();
    Ok(names)
}

fn constant(service: &Service) -> TokenStream {
    let (name, version) = (&service.name, &service.api_version);
    let scopes = &service.scopes;
    quote! {
        /// What all requests of this service have in common.
        pub const SERVICE: rt::Service = rt::Service {
            name: #name,
            api_version: #version,
            scopes: &[#(#scopes),*],
        };
    }
}

fn group_file(
    cx: &Context<'_>,
    service: &Service,
    group: &Group,
    dir: &str,
) -> Result<Emitted, NoIdentifier> {
    let module = naming::group(group)?;
    let mut items = vec![quote!(
        use keyvault_runtime as rt;
    )];
    items.push(match names_models(cx, service, group) {
        true => quote!(
            use super::{SERVICE, models};
        ),
        false => quote!(
            use super::SERVICE;
        ),
    });
    for operation in &group.operations {
        items.extend(operation::emit(cx, service, group, operation)?);
    }
    Ok(Emitted {
        path: format!("{dir}/{}.rs", file_stem(&module)),
        source: source(service),
        docs: Vec::new(),
        attributes: Vec::new(),
        items,
    })
}

/// The requests of a service as one enum.
fn requests_file(service: &Service, dir: &str) -> Result<Emitted, NoIdentifier> {
    Ok(Emitted {
        path: format!("{dir}/server.rs"),
        source: source(service),
        docs: vec!["The requests of this service, for a fake of it.".to_owned()],
        attributes: Vec::new(),
        items: server::service(service)?,
    })
}

/// Whether the operations name a type of their own service.
fn names_models(cx: &Context<'_>, service: &Service, group: &Group) -> bool {
    group.operations.iter().any(|operation| {
        let parameters = operation.parameters.iter().map(|parameter| &parameter.ty);
        let body = operation.body.iter().map(|body| &body.ty);
        parameters
            .chain(body)
            .chain(paged::item(cx, operation))
            .filter_map(|ty| ty.named())
            .chain(operation.results())
            .any(|reference| reference.service == service.name)
    })
}

/// The models and aliases of a service, by their names; its enumerations are seen here, too.
fn models_file(cx: &Context<'_>, service: &Service, dir: &str) -> Result<Emitted, NoIdentifier> {
    let mut items = Vec::new();
    let (enums, others): (Vec<_>, Vec<_>) = service.types.iter().partition(|def| is_enum(def));
    if others.iter().any(|def| names_runtime(def)) {
        items.push(quote!(
            use keyvault_runtime as rt;
        ));
    }
    if !enums.is_empty() {
        let names = by_name(enums)?.into_iter().map(|(name, _)| name);
        items.push(quote!(pub use super::enums::{#(#names),*};));
    }
    for (_, def) in by_name(others)? {
        items.extend(type_items(cx, service, def)?);
    }
    let fallback = format!(
        "The types of the service `{}`. What a model requires is an argument of its `new`, and all else has a setter; an \
         open enumeration keeps values that it does not know.",
        service.name
    );
    Ok(Emitted {
        path: format!("{dir}/models.rs"),
        source: source(service),
        docs: docs::lines("", &fallback),
        attributes: Vec::new(),
        items,
    })
}

/// The enumerations of a service, by their names.
fn enums_file(cx: &Context<'_>, service: &Service, dir: &str) -> Result<Emitted, NoIdentifier> {
    let mut items = vec![quote!(
        use keyvault_runtime as rt;
    )];
    let enums = service.types.iter().filter(|def| is_enum(def));
    for (_, def) in by_name(enums.collect())? {
        items.extend(type_items(cx, service, def)?);
    }
    Ok(Emitted {
        path: format!("{dir}/enums.rs"),
        source: source(service),
        docs: Vec::new(),
        attributes: Vec::new(),
        items,
    })
}

fn is_enum(def: &TypeDef) -> bool {
    matches!(def.shape, Shape::Enum(_))
}

fn by_name(types: Vec<&TypeDef>) -> Result<Vec<(Name, &TypeDef)>, NoIdentifier> {
    let types = types.into_iter();
    let named = types.map(|def| Ok((naming::type_def(def)?, def)));
    let mut named = named.collect::<Result<Vec<_>, NoIdentifier>>()?;
    named.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(named)
}

fn type_items(
    cx: &Context<'_>,
    service: &Service,
    def: &TypeDef,
) -> Result<Vec<TokenStream>, NoIdentifier> {
    match &def.shape {
        Shape::Model(fields) => model::emit(cx, service, def, fields),
        Shape::Enum(body) => enumeration::emit(def, body),
        Shape::Alias(ty) => alias::emit(cx, Here::Models(service), def, ty),
    }
}

/// Whether the code of a type needs the runtime: all but an alias of what it does not have.
fn names_runtime(def: &TypeDef) -> bool {
    fn innermost(ty: &Type) -> &Type {
        match ty {
            Type::List(inner) | Type::Map(inner) => innermost(inner),
            ty => ty,
        }
    }
    let Shape::Alias(ty) = &def.shape else {
        return true;
    };
    matches!(
        innermost(ty),
        Type::Json
            | Type::Scalar(
                Scalar::Rfc3339 | Scalar::UnixSeconds | Scalar::Base64 | Scalar::Base64Url
            )
    )
}
