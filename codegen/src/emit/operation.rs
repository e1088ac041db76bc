use proc_macro2::TokenStream;
use quote::quote;

use super::argument::{self, Stored};
use super::model::{field_value, optional};
use super::rust_type::{self, Here};
use super::{Context, alias_attribute, deprecated_attribute, docs, long_running, paged, settling};
use crate::api::{
    Body, Constraints, Location, Operation, Parameter, Payload, Presence, Service, Type,
};
use crate::naming::{self, Name, NoIdentifier};

/// What a caller gives: a parameter or the body.
pub(super) struct Input<'a> {
    /// The name on the wire; empty for the body.
    pub(super) wire: &'a str,
    pub(super) name: Name,
    pub(super) ty: &'a Type,
    pub(super) secret: bool,
    pub(super) presence: Presence,
    deprecated: bool,
    doc: &'a str,
}

/// ```text
/// /// Reads a key.
/// ///
/// /// `GET /keys/{key-name}/{key-version}`
/// #[derive(Clone, Debug, PartialEq)]
/// #[must_use = "a request does nothing until it is sent"]
/// pub struct GetKey { key_name: String, key_version: Option<String> }
///
/// impl GetKey { pub fn new(key_name: impl Into<String>) -> Self { … } … }
///
/// impl rt::Operation for GetKey { … }
/// ```
pub(super) fn emit(
    cx: &Context<'_>,
    service: &Service,
    operation: &Operation,
) -> Result<Vec<TokenStream>, NoIdentifier> {
    let name = naming::operation(operation)?;
    let inputs = inputs(operation)?;
    let here = Here::Operations(service);
    let mut items = vec![
        declaration(cx, here, operation, &name, &inputs)?,
        builder(cx, here, &name, &inputs)?,
        implementation(cx, here, operation, &name, &inputs)?,
    ];
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

/// What a caller gives: the parameters in order, then the body.
pub(super) fn inputs(operation: &Operation) -> Result<Vec<Input<'_>>, NoIdentifier> {
    let parameters = operation
        .parameters
        .iter()
        .filter(|parameter| !matches!(parameter.presence, Presence::Constant(_)))
        .map(parameter_input);
    let body = operation.body.iter().map(body_input);
    parameters.chain(body).collect()
}

fn parameter_input(parameter: &Parameter) -> Result<Input<'_>, NoIdentifier> {
    Ok(Input {
        wire: &parameter.wire,
        name: naming::parameter(parameter)?,
        ty: &parameter.ty,
        secret: parameter.secret,
        presence: parameter.presence.clone(),
        deprecated: parameter.deprecated,
        doc: &parameter.doc,
    })
}

fn body_input(body: &Body) -> Result<Input<'_>, NoIdentifier> {
    Ok(Input {
        wire: "",
        name: naming::body(body)?,
        ty: &body.ty,
        secret: false,
        presence: match body.required {
            true => Presence::Required,
            false => Presence::Optional,
        },
        deprecated: false,
        doc: &body.doc,
    })
}

impl Input<'_> {
    fn is_required(&self) -> bool {
        self.presence == Presence::Required
    }

    fn argument(
        &self,
        cx: &Context<'_>,
        here: Here<'_>,
    ) -> Result<argument::Argument, NoIdentifier> {
        let stored = Stored {
            name: &self.name,
            ty: self.ty,
            secret: self.secret,
            boxed: false,
        };
        argument::emit(cx, here, &stored)
    }
}

fn declaration(
    cx: &Context<'_>,
    here: Here<'_>,
    operation: &Operation,
    name: &Name,
    inputs: &[Input<'_>],
) -> Result<TokenStream, NoIdentifier> {
    let doc = docs::outer(&operation_doc(operation));
    let alias = alias_attribute(name, &operation.id);
    let deprecated = deprecated_attribute(operation.deprecated);
    let fields = inputs
        .iter()
        .map(|input| {
            let mut ty = rust_type::emit(cx, here, input.ty)?;
            if input.secret {
                ty = quote!(rt::Secret<#ty>);
            }
            let (name, ty) = (&input.name, optional(&input.presence, ty));
            Ok(quote!(#name: #ty))
        })
        .collect::<Result<Vec<_>, NoIdentifier>>()?;
    let body = match fields.is_empty() {
        true => quote!({}),
        false => quote!({ #(#fields,)* }),
    };
    let default = inputs
        .iter()
        .all(|input| !input.is_required())
        .then(|| quote!(Default,));
    Ok(quote! {
        #doc
        #alias
        #deprecated
        #[derive(Clone, Debug, #default PartialEq)]
        #[must_use = "a request does nothing until it is sent"]
        pub struct #name #body
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

/// `new` for what is required, a setter for each other input.
fn builder(
    cx: &Context<'_>,
    here: Here<'_>,
    name: &Name,
    inputs: &[Input<'_>],
) -> Result<TokenStream, NoIdentifier> {
    let new = constructor(cx, here, inputs)?;
    let setters = inputs
        .iter()
        .filter(|input| !input.is_required())
        .map(|input| setter(cx, here, input))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(quote! {
        impl #name {
            #new
            #(#setters)*
        }
    })
}

fn constructor(
    cx: &Context<'_>,
    here: Here<'_>,
    inputs: &[Input<'_>],
) -> Result<TokenStream, NoIdentifier> {
    let mut doc = vec!["A request with all that it needs.".to_owned()];
    let mut arguments = Vec::new();
    let mut values = Vec::new();
    for input in inputs {
        let name = &input.name;
        if !input.is_required() {
            values.push(quote!(#name: None));
            continue;
        }
        if arguments.is_empty() {
            doc.push(String::new());
        }
        doc.extend(docs::item(&format!("`{name}`"), input.doc));
        let argument = input.argument(cx, here)?;
        let (ty, value) = (argument.ty, argument.value);
        arguments.push(quote!(#name: #ty));
        values.push(field_value(name, &value));
    }
    let doc = docs::outer(&doc);
    Ok(quote! {
        #doc
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values),* }
        }
    })
}

fn setter(
    cx: &Context<'_>,
    here: Here<'_>,
    input: &Input<'_>,
) -> Result<TokenStream, NoIdentifier> {
    let name = &input.name;
    let fallback = match input.wire {
        "" => "Sets the body.".to_owned(),
        wire => format!("Sets {}.", docs::code(wire)),
    };
    let doc = docs::outer(&docs::lines(input.doc, &fallback));
    let alias = alias_attribute(name, input.wire);
    let deprecated = deprecated_attribute(input.deprecated);
    let argument = input.argument(cx, here)?;
    let (ty, value) = (argument.ty, argument.value);
    Ok(quote! {
        #doc
        #alias
        #deprecated
        pub fn #name(mut self, #name: #ty) -> Self {
            self.#name = Some(#value);
            self
        }
    })
}

fn implementation(
    cx: &Context<'_>,
    here: Here<'_>,
    operation: &Operation,
    name: &Name,
    inputs: &[Input<'_>],
) -> Result<TokenStream, NoIdentifier> {
    let output = output(cx, here, &operation.payload)?;
    let meta = meta(cx, operation);
    let puts = puts(operation, inputs);
    let to = match puts.is_empty() {
        true => quote!(_to),
        false => quote!(to),
    };
    // Inline, so that a body's writer is compiled where it is used, and not here for every operation.
    Ok(quote! {
        impl rt::Operation for #name {
            type Output = #output;
            const META: &'static rt::OperationMeta = &#meta;
            #[inline]
            fn arguments(&self, #to: &mut rt::Arguments<'_>) {
                #(#puts)*
            }
        }
    })
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

fn puts(operation: &Operation, inputs: &[Input<'_>]) -> Vec<TokenStream> {
    let mut puts: Vec<_> = inputs
        .iter()
        .filter(|input| !input.wire.is_empty())
        .map(|input| {
            let (wire, name) = (input.wire, &input.name);
            quote!(to.put(#wire, &self.#name);)
        })
        .collect();
    if operation.body.is_some()
        && let Some(Input { name, .. }) = inputs.last()
    {
        puts.push(quote!(to.json(&self.#name);));
    }
    puts
}

/// The facts of an operation as one constant expression; what is usual is not said.
fn meta(cx: &Context<'_>, operation: &Operation) -> TokenStream {
    let id = &operation.id;
    let method = quote::format_ident!("{}", operation.method.as_str().to_ascii_lowercase());
    let path = operation.path.to_string();
    let mut meta = quote!(SERVICE.#method(#id, #path));
    if !operation.parameters.is_empty() {
        let parameters = operation.parameters.iter().map(parameter_meta);
        meta = quote!(#meta.parameters(&[#(#parameters),*]));
    }
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

fn parameter_meta(parameter: &Parameter) -> TokenStream {
    let wire = &parameter.wire;
    let location = match parameter.location {
        Location::Path => quote!(path),
        Location::Query => quote!(query),
        Location::Header => quote!(header),
    };
    let mut meta = quote!(rt::Parameter::#location(#wire));
    match &parameter.presence {
        Presence::Required => {}
        Presence::Optional => meta = quote!(#meta.optional()),
        Presence::Constant(value) => meta = quote!(#meta.constant(#value)),
    }
    let checks = checks(&parameter.constraints);
    meta = quote!(#meta #checks);
    if parameter.raw {
        meta = quote!(#meta.raw());
    }
    if parameter.secret {
        meta = quote!(#meta.secret());
    }
    meta
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
