//! Checks on the whole `Api`: what no single place of a description can know.

mod arguments;
mod circles;
mod exports;
mod hosts;
mod pages;
mod settling;

use std::collections::{BTreeMap, HashMap};

use crate::api::{
    Api, Circles, Operation, PathTemplate, Segment, Service, Shape, Type, TypeIndex, TypeRef,
};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::lower::Origins;
use crate::naming::{self, Named, NoIdentifier};
use crate::source::At;

/// Names that emitted code uses without a path, and so no type or operation may have.
const RESERVED_TYPES: &[&str] = &[
    "Box",
    "Default",
    "Into",
    "IntoIterator",
    "Option",
    "Result",
    "String",
    "Vec",
];

/// Names of modules that emitted code has for itself, and of features that mean something.
const RESERVED_MODULES: &[&str] = &["enums", "models", "rt", "server"];
/// The module of the operations without a group, in services that have any.
const UNGROUPED: &str = "operations";
const RESERVED_SERVICES: &[&str] = &[
    "alloc",
    "client",
    "core",
    "default",
    "full",
    "keyvault_runtime",
    "lib",
    "main",
    "operations",
    "rt",
    "runtime",
    "server",
    "std",
];

/// The variant for values that are not known.
const UNKNOWN_VALUE: &str = "UnknownValue";

/// Names of files, which names of groups become, may not be much longer.
const MAX_NAME: usize = 200;

/// How each kind of thing gets another name.
mod rename {
    pub(super) const CLIENT_NAME: &str = "give it another name in Rust with `x-ms-client-name`, in \
                                          an override if the description is not yours";
    pub(super) const DOCUMENT: &str = "give the file another name";
    pub(super) const GROUP: &str = "change what stands before the `_` of each `operationId`";
    pub(super) const EXPORT: &str =
        "take it out of `x-runtime-exports`: users find it under `runtime`, too";
    pub(super) const VALUE: &str = "give it another `name` in the `values` of `x-ms-enum`";
    pub(super) const BODY: &str = "give the body another name with `x-ms-requestBody-name`";
}

/// Checks names, routes and references; `origins` tells where things stand.
pub fn validate(api: &Api, origins: &Origins) -> Vec<Diagnostic> {
    let mut validator = Validator {
        types: api.index(),
        origins,
        diagnostics: Vec::new(),
    };
    validator.services(api);
    if validator.diagnostics.is_empty() {
        validator.hosts(api);
    }
    let circles = Circles::of(api, circles::needs);
    for service in &api.services {
        validator.types(service);
        validator.groups(service);
        validator.routes(service);
        validator.infinite_types(&circles, service);
    }
    validator.diagnostics
}

struct Validator<'a> {
    types: TypeIndex<'a>,
    origins: &'a Origins,
    diagnostics: Vec<Diagnostic>,
}

/// Something that wants a name in a scope.
struct Claim<'a> {
    /// What it is: `the type`.
    kind: &'static str,
    wire: &'a str,
    name: Named,
    at: At,
    /// How to give it another name.
    rename: &'static str,
}

impl<'a> Validator<'a> {
    fn report(&mut self, code: Code, at: At, message: String, help: &str) {
        self.diagnostics
            .push(Diagnostic::new(code, at, message).help(help));
    }

    /// Claims a name in a scope, or reports why it cannot be had.
    fn take(&mut self, scope: &mut Scope, claim: Claim<'_>) {
        let Claim { kind, wire, .. } = claim;
        let name = match claim.name {
            Ok(name) => name,
            Err(NoIdentifier(text)) => {
                let message = format!("{kind} `{text}` has no letter or digit for a name in Rust");
                return self.report(Code::InvalidName, claim.at, message, claim.rename);
            }
        };
        if name.as_str().len() > MAX_NAME {
            let message = format!("the name of {kind} in Rust has more than {MAX_NAME} characters");
            return self.report(Code::TooLarge, claim.at, message, claim.rename);
        }
        let taken = |message| Diagnostic::new(Code::NameCollision, claim.at.clone(), message);
        if scope.reserved.contains(&name.as_str()) {
            let message = format!(
                "{kind} `{wire}` would be `{name}` in Rust, a name that is needed for something else"
            );
            self.diagnostics.push(taken(message).help(claim.rename));
        } else if let Some(other) = scope.names.get(name.as_str()) {
            let message = match other.kind == kind && other.wire == wire {
                true => format!("{kind} `{wire}` occurs twice"),
                false => format!(
                    "{} `{}` and {kind} `{wire}` would both be `{name}` in Rust",
                    other.kind, other.wire
                ),
            };
            let diagnostic = taken(message).see(other.at.clone(), "the other one");
            self.diagnostics.push(diagnostic.help(claim.rename));
        } else {
            let owner = Owner {
                kind,
                wire: wire.to_owned(),
                at: claim.at,
            };
            scope.names.insert(name.as_str().to_owned(), owner);
        }
    }

    fn services(&mut self, api: &Api) {
        let mut scope = Scope::new(RESERVED_SERVICES);
        for service in &api.services {
            let at = At::file(&service.document);
            if service.name.contains('.') {
                let message = format!("the name of `{}` has a dot too many", service.document);
                let help = "give the file a name of letters, digits and `_` before `.yaml`";
                self.report(Code::InvalidName, at, message, help);
                continue;
            }
            let claim = Claim {
                kind: "the document",
                wire: &service.document,
                name: naming::service(service),
                at,
                rename: rename::DOCUMENT,
            };
            self.take(&mut scope, claim);
        }
        self.exports(api, scope);
    }

    /// Types; and the operations beside them, for who imports a whole service meets both.
    fn types(&mut self, service: &'a Service) {
        let mut names = Scope::new(RESERVED_TYPES);
        for def in &service.types {
            let item = [service.name.as_str(), "types", def.name.as_str()];
            let claim = Claim {
                kind: "the type",
                wire: &def.name,
                name: naming::type_def(def),
                at: self.origins.get(&item),
                rename: rename::CLIENT_NAME,
            };
            self.take(&mut names, claim);
            self.shape(&item, &def.shape);
        }
        for operation in service.operations() {
            if operation.split_id().0.is_none() {
                let claim = self.operation_claim(service, operation);
                self.take(&mut names, claim);
            }
        }
    }

    fn operation_claim(&self, service: &Service, operation: &'a Operation) -> Claim<'a> {
        let item = [service.name.as_str(), "operations", operation.id.as_str()];
        Claim {
            kind: "the operation",
            wire: &operation.id,
            name: naming::operation(operation),
            at: self.origins.get(&item),
            rename: rename::CLIENT_NAME,
        }
    }

    fn shape(&mut self, item: &[&str], shape: &Shape) {
        match shape {
            Shape::Model(fields) => {
                let mut scope = Scope::new(&["new"]);
                for field in fields {
                    let at = self.origins.get(&[item, &[field.wire.as_str()]].concat());
                    self.known(&at, &field.ty);
                    let claim = Claim {
                        kind: "the property",
                        wire: &field.wire,
                        name: naming::field(field),
                        at,
                        rename: rename::CLIENT_NAME,
                    };
                    self.take(&mut scope, claim);
                }
            }
            Shape::Enum(def) => self.values(item, def),
            Shape::Alias(ty) => {
                let at = self.origins.get(item);
                self.known(&at, ty);
            }
        }
    }

    fn values(&mut self, item: &[&str], def: &crate::api::Enum) {
        let mut scope = Scope::new(&[UNKNOWN_VALUE]);
        let mut wires = HashMap::new();
        for variant in &def.variants {
            let at = self.origins.get(&[item, &[variant.wire.as_str()]].concat());
            let key = variant.wire.to_ascii_lowercase();
            let first = *wires.entry(key).or_insert(variant);
            if !std::ptr::eq(first, variant) {
                let message = format!(
                    "the value `{}` occurs twice, letter case aside",
                    variant.wire
                );
                let other = self.origins.get(&[item, &[first.wire.as_str()]].concat());
                let help = "remove one: values are read without regard to case";
                let diagnostic = Diagnostic::new(Code::Inconsistent, at, message);
                let diagnostic = diagnostic.see(other, "the other one");
                self.diagnostics.push(diagnostic.help(help));
                continue;
            }
            let claim = Claim {
                kind: "the value",
                wire: &variant.wire,
                name: naming::variant(variant),
                at,
                rename: rename::VALUE,
            };
            self.take(&mut scope, claim);
        }
    }

    fn known(&mut self, at: &At, ty: &Type) {
        if let Some(reference) = ty.named()
            && self.types.get(reference).is_none()
        {
            let TypeRef { service, name } = reference;
            let message = format!("the service {service} has no type `{name}`");
            let types = self.types.names(service);
            let help = did_you_mean(name, types).unwrap_or_else(|| "describe it".to_owned());
            self.report(Code::UnknownReference, at.clone(), message, &help);
        }
    }

    fn groups(&mut self, service: &'a Service) {
        let mut groups = Scope::new(RESERVED_MODULES);
        let operations = service.operations_by_id();
        if service.groups.iter().any(|group| group.name.is_none()) {
            groups.reserved.push(UNGROUPED);
        }
        let clashes = self.diagnostics.len();
        for group in &service.groups {
            let mut names = Scope::new(RESERVED_TYPES);
            names.reserved.push("SERVICE");
            for operation in &group.operations {
                self.arguments(service, operation);
                self.pages(service, operation);
                self.settling(service, operation, &operations);
                // Operations without a group were looked at beside the types.
                if group.name.is_some() {
                    let claim = self.operation_claim(service, operation);
                    self.take(&mut names, claim);
                }
            }
            if let (Some(name), Some(first)) = (&group.name, group.operations.first()) {
                let item = [service.name.as_str(), "operations", first.id.as_str()];
                let claim = Claim {
                    kind: "the group",
                    wire: name,
                    name: naming::group(group),
                    at: self.origins.get(&item),
                    rename: rename::GROUP,
                };
                self.take(&mut groups, claim);
            }
        }
        if self.diagnostics.len() == clashes {
            self.requests(service);
        }
    }

    /// Where all operations of a service stand side by side, the name of the group is part of theirs.
    fn requests(&mut self, service: &'a Service) {
        let mut requests = Scope::new(&[]);
        for operation in service.operations() {
            let claim = Claim {
                name: naming::request(operation),
                ..self.operation_claim(service, operation)
            };
            self.take(&mut requests, claim);
        }
    }

    /// Two operations may share a path only where the description says so (`x-ms-paths`).
    fn routes(&mut self, service: &Service) {
        let mut routes = BTreeMap::new();
        for operation in service.operations().filter(|o| !o.overload) {
            let route = (operation.method, shape_of(&operation.path));
            if let Some(other) = routes.insert(route, &operation.id) {
                let place = |id: &str| self.origins.get(&[&service.name, "operations", id]);
                let message = format!("`{}` has the method and path of `{other}`", operation.id);
                let help = "change one path, or move the operation to `x-ms-paths` with \
                            `?_overload=NAME` behind its path";
                let at = place(&operation.id);
                let diagnostic = Diagnostic::new(Code::DuplicateRoute, at, message);
                let diagnostic = diagnostic.see(place(other), "the other one");
                self.diagnostics.push(diagnostic.help(help));
            }
        }
    }
}

/// The path without the names of its parameters.
fn shape_of(path: &PathTemplate) -> Vec<Option<String>> {
    let segments = path.0.iter();
    segments
        .map(|segment| match segment {
            Segment::Literal(text) => Some(text.to_ascii_lowercase()),
            Segment::Parameter(_) => None,
        })
        .collect()
}

/// The names that are taken, and by what.
struct Scope {
    /// Those that emitted code has for itself.
    reserved: Vec<&'static str>,
    names: HashMap<String, Owner>,
}

/// What has a name, and where it stands.
struct Owner {
    kind: &'static str,
    wire: String,
    at: At,
}

impl Scope {
    fn new(reserved: &[&'static str]) -> Self {
        Self {
            reserved: reserved.to_vec(),
            names: HashMap::new(),
        }
    }
}
