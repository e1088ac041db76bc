//! Pieces of code that each use one item of the generated crate in one way. A version of the API that still compiles
//! them all breaks nobody.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::face::Face;
use super::host::host_requests;
use super::probe::{Probe, Subject, Way};
use super::{Context, is_required, last, outside, reference};
use crate::api::{
    Api, Enum, Field, Group, Operation, Presence, Scalar, Service, Shape, Type, TypeDef, TypeRef,
};
use crate::naming::{self, NoIdentifier};

/// The probes of all items.
pub fn probes(api: &Api) -> Result<Vec<Probe>, NoIdentifier> {
    let mut probes = Probes {
        cx: Context::new(api),
        found: Vec::new(),
        own: BTreeSet::new(),
    };
    probes.own_values()?;
    probes.exports()?;
    probes.hosts()?;
    for service in &api.services {
        for def in &service.types {
            probes.type_def(service, def)?;
        }
        for group in &service.groups {
            for operation in &group.operations {
                probes.operation(service, group, operation)?;
            }
        }
    }
    Ok(probes.found)
}

struct Probes<'a> {
    cx: Context<'a>,
    found: Vec<Probe>,
    /// The types that `Mine` becomes.
    own: BTreeSet<String>,
}

/// An item that is probed.
struct Item {
    subject: Subject,
    place: String,
    path: TokenStream,
}

impl Probes<'_> {
    fn add(&mut self, item: &Item, way: Way, types: &[&Type], code: &TokenStream) {
        self.found.push(Probe {
            subject: item.subject,
            place: item.place.clone(),
            way,
            rests_on: types.iter().flat_map(|ty| self.names(ty)).collect(),
            code: code.to_string(),
            shown: None,
        });
    }

    /// The place of the type that a type names, and of those that it stands for.
    fn names(&self, ty: &Type) -> Vec<String> {
        let resolved = self.cx.types.resolved(ty);
        let mut names: Vec<_> = resolved.named().map(place).into_iter().collect();
        let mut next = ty.named();
        while let Some(reference) = next.filter(|next| !names.contains(&place(next))) {
            names.push(place(reference));
            next = match self.cx.types.get(reference).map(|def| &def.shape) {
                Some(Shape::Alias(other)) => other.named(),
                _ => None,
            };
        }
        names
    }

    fn next(&self) -> proc_macro2::Ident {
        format_ident!("probe_{}", self.found.len())
    }

    /// What the description exports is there, and is what it was: under one name two things would be ambiguous.
    fn exports(&mut self) -> Result<(), NoIdentifier> {
        for export in self.cx.api.exports() {
            let (modules, name) = naming::runtime_path(export)?;
            let item = Item {
                subject: Subject::Export,
                place: name.to_string(),
                path: quote!(rest::#name),
            };
            let path = &item.path;
            self.add(&item, Way::Named, &[], &quote!(use #path as _;));
            let probe = self.next();
            let code = quote! {
                mod #probe {
                    mod exported { pub use #path; }
                    mod meant { pub use rest::runtime::#(#modules::)*#name; }
                    use exported::*;
                    use meant::*;
                    use self::#name as _;
                }
            };
            self.add(&item, Way::Same, &[], &code);
        }
        Ok(())
    }

    /// Lets `Mine<T>` become a `T` of the standard library or of the runtime.
    fn own_values(&mut self) -> Result<(), NoIdentifier> {
        let scalars = [
            Scalar::Bool,
            Scalar::I32,
            Scalar::I64,
            Scalar::F64,
            Scalar::String,
            Scalar::Rfc3339,
            Scalar::UnixSeconds,
            Scalar::Base64,
            Scalar::Base64Url,
        ];
        let all = scalars.map(Type::Scalar).into_iter().chain([Type::Json]);
        for ty in all {
            let item = Item {
                subject: Subject::Type,
                place: String::new(),
                path: outside::ty(&self.cx, &ty)?,
            };
            self.becomes(&item, &ty)?;
        }
        Ok(())
    }

    /// Lets `Mine<T>` become a `T`, once.
    fn becomes(&mut self, item: &Item, ty: &Type) -> Result<(), NoIdentifier> {
        let ty = self.cx.types.resolved(ty);
        let path = outside::ty(&self.cx, &ty)?;
        if self.own.insert(path.to_string()) {
            let code = quote! {
                impl From<Mine<#path>> for #path { fn from(_: Mine<#path>) -> Self { any() } }
            };
            self.add(item, Way::Into, &[&ty], &code);
        }
        Ok(())
    }

    /// A value to hand over for a type.
    fn value(&mut self, item: &Item, ty: &Type, secret: bool) -> Result<TokenStream, NoIdentifier> {
        let path = outside::ty(&self.cx, ty)?;
        if secret {
            return Ok(quote!(any::<rest::Secret<#path>>()));
        }
        Ok(match &self.cx.types.resolved(ty) {
            Type::List(item_type) => {
                self.becomes(item, item_type)?;
                let path = outside::ty(&self.cx, item_type)?;
                quote!(any::<Vec<Mine<#path>>>())
            }
            Type::Map(value) => {
                self.becomes(item, value)?;
                let path = outside::ty(&self.cx, value)?;
                quote!(any::<Vec<(Mine<String>, Mine<#path>)>>())
            }
            _ => {
                self.becomes(item, ty)?;
                quote!(any::<Mine<#path>>())
            }
        })
    }

    /// A value for each of several types, no two alike where that can be.
    fn different(&self, types: &[&Type]) -> Result<Vec<TokenStream>, NoIdentifier> {
        let mut values = Vec::new();
        for (ty, letter) in types.iter().zip(('a'..='z').cycle()) {
            values.push(self.one_of_many(ty, letter)?);
        }
        Ok(values)
    }

    fn one_of_many(&self, ty: &Type, letter: char) -> Result<TokenStream, NoIdentifier> {
        // Long and plain enough for most limits.
        let text = String::from(letter).repeat(6);
        let number = proc_macro2::Literal::u32_unsuffixed(u32::from(letter));
        Ok(match self.cx.types.resolved(ty) {
            Type::Scalar(Scalar::String | Scalar::Uuid | Scalar::Uri | Scalar::Duration) => {
                quote!(#text)
            }
            Type::Scalar(Scalar::I32 | Scalar::I64) => quote!(#number),
            _ => {
                let ty = outside::ty(&self.cx, ty)?;
                quote!(rest::runtime::blank::<#ty>())
            }
        })
    }

    /// Lets the last probe show what it makes.
    fn show(&mut self, shown: &TokenStream) {
        if let Some(probe) = self.found.last_mut() {
            probe.shown = Some(shown.to_string());
        }
    }

    /// A request of each service that shares its host.
    fn hosts(&mut self) -> Result<(), NoIdentifier> {
        let api = self.cx.api;
        let all = host_requests(api)?;
        for service in &api.services {
            let Some(request) = all.get(service.name.as_str()) else {
                continue;
            };
            let item = Item {
                subject: Subject::Service,
                place: service.name.clone(),
                path: outside::requests(service)?,
            };
            let (probe, path) = (self.next(), &item.path);
            let (host, variant) = (&request.host, &request.variant);
            let host = quote!(rest::server::#host);
            let code = quote!(fn #probe(value: #path) -> #host { #host::#variant(value) });
            self.add(&item, Way::Hosted, &[], &code);
        }
        Ok(())
    }

    fn named(&mut self, item: &Item) {
        let (probe, path) = (self.next(), &item.path);
        let code = quote!(fn #probe(_: #path) {});
        self.add(item, Way::Named, &[], &code);
        let probe = self.next();
        let code = quote!(fn #probe() { plain::<#path>() });
        self.add(item, Way::Plain, &[], &code);
    }

    fn type_def(&mut self, service: &Service, def: &TypeDef) -> Result<(), NoIdentifier> {
        let item = Item {
            subject: Subject::Type,
            place: place(&reference(service, def)),
            path: outside::type_def(service, def)?,
        };
        self.named(&item);
        match &def.shape {
            Shape::Model(fields) => self.model(&item, service, def, fields),
            Shape::Enum(values) => self.enumeration(&item, values),
            Shape::Alias(ty) => {
                let (probe, path) = (self.next(), &item.path);
                let target = outside::ty(&self.cx, ty)?;
                let code = quote!(fn #probe(value: #path) -> #target { value });
                self.add(&item, Way::Same, &[ty], &code);
                Ok(())
            }
        }
    }

    fn model(
        &mut self,
        item: &Item,
        service: &Service,
        def: &TypeDef,
        fields: &[Field],
    ) -> Result<(), NoIdentifier> {
        let path = &item.path;
        let required: Vec<_> = fields
            .iter()
            .filter(|field| Face::of(field, def.usage).is_required)
            .collect();
        let mut arguments = Vec::new();
        for field in &required {
            arguments.push(self.value(item, &field.ty, field.secret)?);
        }
        let made = match required.is_empty() {
            true => quote!(<#path as Default>::default()),
            false => quote!(<#path>::new(#(#arguments),*)),
        };
        let probe = self.next();
        let types: Vec<_> = required.iter().map(|field| &field.ty).collect();
        let code = quote!(fn #probe() -> #path { #made });
        self.add(item, Way::Made, &types, &code);
        if types.len() > 1 {
            let values = self.different(&types)?;
            self.show(&quote!(format!("{:?}", <#path>::new(#(#values),*))));
        }
        for field in fields {
            self.member(item, service, def, field)?;
        }
        Ok(())
    }

    fn member(
        &mut self,
        item: &Item,
        service: &Service,
        def: &TypeDef,
        field: &Field,
    ) -> Result<(), NoIdentifier> {
        let (path, name) = (&item.path, naming::field(field)?);
        let face = Face::of(field, def.usage);
        let mut ty = outside::ty(&self.cx, &field.ty)?;
        if field.secret {
            ty = quote!(rest::Secret<#ty>);
        }
        if self.cx.is_boxed(service, def, &field.wire) {
            ty = quote!(Box<#ty>);
        }
        if !face.is_required {
            ty = quote!(Option<#ty>);
        }
        let probe = self.next();
        let code = quote!(fn #probe(value: #path) -> #ty { value.#name });
        self.add(item, Way::Read(field.wire.clone()), &[&field.ty], &code);
        if face.is_set {
            let value = self.value(item, &field.ty, field.secret)?;
            let probe = self.next();
            let code = quote!(fn #probe(value: #path) -> #path { value.#name(#value) });
            self.add(item, Way::Set(field.wire.clone()), &[&field.ty], &code);
        }
        Ok(())
    }

    fn enumeration(&mut self, item: &Item, values: &Enum) -> Result<(), NoIdentifier> {
        let path = &item.path;
        for variant in &values.variants {
            let (probe, name) = (self.next(), naming::variant(variant)?);
            // The wildcard is what `non_exhaustive` asks of everybody.
            let code = quote! {
                fn #probe(value: #path) -> #path {
                    match value { #path::#name => #path::#name, other => other }
                }
            };
            self.add(item, Way::Value(variant.wire.clone()), &[], &code);
        }
        let probe = self.next();
        let code = match values.open {
            true => quote! {
                fn #probe(value: &#path) -> Option<#path> {
                    text::<#path, std::convert::Infallible>();
                    match value {
                        #path::UnknownValue(text) => Some(#path::from(text.as_str())),
                        _ => Some(#path::from(String::new())),
                    }
                }
            },
            false => quote! {
                fn #probe(value: #path) -> (#path, #path) {
                    text::<#path, rest::runtime::ParseError>();
                    let _: Result<#path, rest::runtime::ParseError> = "".try_into();
                    (value, value)
                }
            },
        };
        self.add(item, Way::Texts, &[], &code);
        Ok(())
    }

    fn operation(
        &mut self,
        service: &Service,
        group: &Group,
        operation: &Operation,
    ) -> Result<(), NoIdentifier> {
        let item = Item {
            subject: Subject::Operation,
            place: format!("{}.{}", service.name, operation.id),
            path: outside::operation(service, group, operation)?,
        };
        self.named(&item);
        self.built(&item, operation)?;
        self.answered(&item, operation)?;
        self.settled(&item, service, operation)
    }

    /// `new` with all arguments, each setter, and the request.
    fn built(&mut self, item: &Item, operation: &Operation) -> Result<(), NoIdentifier> {
        let path = &item.path;
        let (mut arguments, mut types) = (Vec::new(), Vec::new());
        for parameter in &operation.parameters {
            if is_required(&parameter.presence) {
                arguments.push(self.value(item, &parameter.ty, parameter.secret)?);
                types.push(&parameter.ty);
            }
            if parameter.presence == Presence::Optional {
                let (probe, name) = (self.next(), naming::parameter(parameter)?);
                let value = self.value(item, &parameter.ty, parameter.secret)?;
                let code = quote!(fn #probe(value: #path) -> #path { value.#name(#value) });
                let way = Way::Set(parameter.wire.clone());
                self.add(item, way, &[&parameter.ty], &code);
            }
        }
        if let Some(body) = &operation.body {
            let value = self.value(item, &body.ty, false)?;
            if body.required {
                arguments.push(value);
                types.push(&body.ty);
            } else {
                let (probe, name) = (self.next(), naming::body(body)?);
                let code = quote!(fn #probe(value: #path) -> #path { value.#name(#value) });
                self.add(item, Way::Set(String::new()), &[&body.ty], &code);
            }
        }
        let probe = self.next();
        let default = arguments
            .is_empty()
            .then(|| quote!(let _ = <#path as Default>::default();));
        let code = quote!(fn #probe() -> #path { #default <#path>::new(#(#arguments),*) });
        self.add(item, Way::Made, &types, &code);
        if types.len() > 1 {
            let values = self.different(&types)?;
            self.show(&quote!(request(<#path>::new(#(#values),*))));
        }
        let probe = self.next();
        let code = quote! {
            fn #probe(value: &#path, to: &rest::Endpoint) -> Result<rest::runtime::http::Request<Vec<u8>>, rest::BuildError> {
                rest::Operation::request(value, to)
            }
        };
        self.add(item, Way::Sent, &[], &code);
        Ok(())
    }

    /// What comes back: at once, page by page, and in the end.
    fn answered(&mut self, item: &Item, operation: &Operation) -> Result<(), NoIdentifier> {
        let (path, probe) = (&item.path, self.next());
        let ty = outside::output(&self.cx, &operation.payload)?;
        let code = quote!(fn #probe(value: <#path as rest::Operation>::Output) -> #ty { value });
        let types: Vec<_> = operation.payload.ty().into_iter().collect();
        self.add(item, Way::Output, &types, &code);
        if let Some(paging) = &operation.paging {
            let page = self.cx.types.page(&operation.payload, paging);
            let page = page.map_err(|_| NoIdentifier(paging.items.clone()))?;
            let (probe, ty) = (self.next(), outside::ty(&self.cx, page.item)?);
            let code =
                quote!(fn #probe(value: <#path as rest::PagedOperation>::Item) -> #ty { value });
            let whole = operation.payload.ty().map(|ty| self.cx.types.resolved(ty));
            let members = whole.as_ref().and_then(Type::named);
            let items = members.map(|model| format!("{}.{}", place(model), page.items.wire));
            let types: Vec<_> = types
                .iter()
                .copied()
                .chain([page.item, &page.items.ty])
                .collect();
            self.add(item, Way::Item, &types, &code);
            if let Some(probe) = self.found.last_mut() {
                probe.rests_on.extend(items);
            }
        }
        if let Some(protocol) = &operation.long_running {
            let last = last(operation, protocol);
            let (probe, ty) = (self.next(), outside::output(&self.cx, &last)?);
            let code = quote! {
                fn #probe(value: <#path as rest::LongRunningOperation>::Final) -> #ty { value }
            };
            let types: Vec<_> = last.ty().into_iter().collect();
            self.add(item, Way::Final, &types, &code);
        }
        Ok(())
    }

    fn settled(
        &mut self,
        item: &Item,
        service: &Service,
        operation: &Operation,
    ) -> Result<(), NoIdentifier> {
        let Some(id) = &operation.settled_by else {
            return Ok(());
        };
        let mut groups = service.groups.iter();
        let found = groups.find_map(|group| {
            let mut operations = group.operations.iter();
            Some((group, operations.find(|operation| operation.id == *id)?))
        });
        let (group, other) = found.ok_or_else(|| NoIdentifier(id.clone()))?;
        let (path, probe) = (&item.path, self.next());
        let ty = outside::operation(service, group, other)?;
        let code =
            quote!(fn #probe(value: <#path as rest::SettlingOperation>::Probe) -> #ty { value });
        self.add(item, Way::Settled, &[], &code);
        if let Some(probe) = self.found.last_mut() {
            probe.rests_on.insert(format!("{}.{id}", service.name));
        }
        Ok(())
    }
}

fn place(reference: &TypeRef) -> String {
    format!("{}.{}", reference.service, reference.name)
}
