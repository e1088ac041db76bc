use proc_macro2::TokenStream;
use quote::quote;

use super::rust_type::Here;
use super::{Context, Emitted, alias, docs, enumeration, model, operation, paged, server};
use crate::api::{Group, Service, Shape, TypeDef};
use crate::naming::{self, Name, NoIdentifier};

/// The module of a service: `mod.rs`, a file per group of operations, a file per type.
pub(super) fn emit(cx: &Context<'_>, service: &Service) -> Result<Vec<Emitted>, NoIdentifier> {
    let module = naming::service(service)?;
    let dir = format!("src/{}", file_stem(&module));
    let mut files = vec![root(service, &dir)?];
    for group in &service.groups {
        files.push(group_file(cx, service, group, &dir)?);
        files.push(served_file(cx, service, group, &dir)?);
    }
    if !service.groups.is_empty() {
        files.push(requests_file(service, &dir)?);
    }
    if !service.types.is_empty() {
        files.push(models_root(service, &dir)?);
    }
    for def in &service.types {
        files.push(type_file(cx, service, def, &dir)?);
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
        items.push(server::public_declaration());
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
    items.push(server::declaration());
    for operation in &group.operations {
        items.extend(operation::emit(cx, service, operation)?);
    }
    Ok(Emitted {
        path: format!("{dir}/{}.rs", file_stem(&module)),
        source: source(service),
        docs: Vec::new(),
        attributes: Vec::new(),
        items,
    })
}

/// The way back of the operations of a group, where the fields of their builders can be seen.
fn served_file(
    cx: &Context<'_>,
    service: &Service,
    group: &Group,
    dir: &str,
) -> Result<Emitted, NoIdentifier> {
    let module = naming::group(group)?;
    Ok(Emitted {
        path: format!("{dir}/{}/server.rs", file_stem(&module)),
        source: source(service),
        docs: Vec::new(),
        attributes: Vec::new(),
        items: server::group(cx, service, group)?,
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

fn models_root(service: &Service, dir: &str) -> Result<Emitted, NoIdentifier> {
    let mut types = service
        .types
        .iter()
        .map(|def| Ok((naming::type_module(def)?, naming::type_def(def)?)))
        .collect::<Result<Vec<_>, NoIdentifier>>()?;
    types.sort();
    let modules = types.iter().map(|(module, _)| quote!(mod #module;));
    let exports = types
        .iter()
        .map(|(module, name)| quote!(pub use self::#module::#name;));
    let fallback = format!(
        "The types of the service `{}`. What a model requires is an argument of its `new`, and all else has a setter; an \
         open enumeration keeps values that it does not know.",
        service.name
    );
    Ok(Emitted {
        path: format!("{dir}/models/mod.rs"),
        source: source(service),
        docs: docs::lines("", &fallback),
        attributes: Vec::new(),
        items: modules.chain(exports).collect(),
    })
}

fn type_file(
    cx: &Context<'_>,
    service: &Service,
    def: &TypeDef,
    dir: &str,
) -> Result<Emitted, NoIdentifier> {
    let module = naming::type_module(def)?;
    let items = match &def.shape {
        Shape::Model(fields) => model::emit(cx, service, def, fields)?,
        Shape::Enum(body) => enumeration::emit(def, body)?,
        Shape::Alias(ty) => {
            let mut items = alias_imports(cx, service, ty)?;
            items.extend(alias::emit(cx, Here::Models(service), def, ty)?);
            items
        }
    };
    Ok(Emitted {
        path: format!("{dir}/models/{}.rs", file_stem(&module)),
        source: source(service),
        docs: Vec::new(),
        attributes: Vec::new(),
        items,
    })
}

fn alias_imports(
    cx: &Context<'_>,
    service: &Service,
    ty: &crate::api::Type,
) -> Result<Vec<TokenStream>, NoIdentifier> {
    use crate::api::{Scalar, Type};
    fn innermost(ty: &Type) -> &Type {
        match ty {
            Type::List(inner) | Type::Map(inner) => innermost(inner),
            ty => ty,
        }
    }
    Ok(match innermost(ty) {
        Type::Named(reference) if reference.service == service.name => {
            let def = cx.types.get(reference);
            let name = naming::type_def(def.ok_or_else(|| NoIdentifier(reference.name.clone()))?)?;
            vec![quote!(use super::#name;)]
        }
        Type::Json
        | Type::Scalar(
            Scalar::Rfc3339 | Scalar::UnixSeconds | Scalar::Base64 | Scalar::Base64Url,
        ) => vec![quote!(
            use keyvault_runtime as rt;
        )],
        _ => Vec::new(),
    })
}
