//! Checks on the whole `Api`: what no single place of a description can know.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{
    Api, Operation, PathTemplate, Presence, Segment, Service, Shape, Type, TypeIndex, TypeRef,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::lower::Origins;
use crate::naming::{self, Named, NoIdentifier};

/// Names that emitted code uses without a path, and so no type may have.
const RESERVED_TYPES: &[&str] = &["Option", "Vec", "String", "Box", "Self_", "Some", "None"];

/// Names of modules that emitted code has for itself.
const RESERVED_MODULES: &[&str] = &["models", "operations"];
const RESERVED_SERVICES: &[&str] = &["runtime", "std", "core", "alloc", "keyvault_runtime", "rt"];

/// The variant for values that are not known.
const UNKNOWN_VALUE: &str = "UnknownValue";

/// Checks names, routes and references; `origins` tells where things stand.
pub fn validate(api: &Api, origins: &Origins) -> Vec<Diagnostic> {
    let mut validator = Validator {
        api,
        types: api.index(),
        origins,
        diagnostics: Vec::new(),
    };
    validator.services();
    for service in &api.services {
        validator.types(service);
        validator.groups(service);
        validator.routes(service);
    }
    validator.infinite_types();
    validator.diagnostics
}

struct Validator<'a> {
    api: &'a Api,
    types: TypeIndex<'a>,
    origins: &'a Origins,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Validator<'a> {
    fn report(&mut self, code: Code, item: &[&str], message: String, help: &str) {
        let diagnostic = Diagnostic::new(code, self.origins.get(item), message).help(help);
        self.diagnostics.push(diagnostic);
    }

    fn services(&mut self) {
        let mut scope = Scope::new("service", RESERVED_SERVICES);
        for service in &self.api.services {
            let item = [service.name.as_str()];
            self.take(&mut scope, &item, &service.name, naming::service(service));
        }
    }

    /// Claims a name in a scope, or reports why it cannot be had.
    fn take(&mut self, scope: &mut Scope, item: &[&'a str], wire: &str, name: Named) {
        const RENAME: &str = "give one of them another name with `x-ms-client-name`, in an \
                              override if the description is not yours";
        match name {
            Err(NoIdentifier(text)) => {
                let message = format!("`{text}` has no letter or digit to make a Rust name from");
                let help = "give it a name with `x-ms-client-name`";
                self.report(Code::InvalidName, item, message, help);
            }
            Ok(name) => {
                let taken = scope.names.get(name.as_str());
                if let Some(other) = taken {
                    let kind = scope.kind;
                    let message = format!("{kind} `{wire}` is `{name}` in Rust, as is `{other}`");
                    self.report(Code::NameCollision, item, message, RENAME);
                } else {
                    scope
                        .names
                        .insert(name.as_str().to_owned(), wire.to_owned());
                }
            }
        }
    }

    fn types(&mut self, service: &'a Service) {
        let mut names = Scope::new("the type", RESERVED_TYPES);
        let mut modules = Scope::new("the file of the type", &[]);
        for def in &service.types {
            let item = [service.name.as_str(), "types", def.name.as_str()];
            self.take(&mut names, &item, &def.name, naming::type_def(def));
            if let Ok(module) = naming::type_module(def) {
                self.take(&mut modules, &item, &def.name, Ok(module));
            }
            self.shape(&item, &def.shape);
        }
        // Who imports a whole service meets builders and models side by side.
        let operations = service.operations();
        for operation in operations.filter(|operation| operation.split_id().0.is_none()) {
            let item = [service.name.as_str(), "operations", operation.id.as_str()];
            let name = naming::operation(operation);
            if name.is_ok() {
                self.take(&mut names, &item, &operation.id, name);
            }
        }
    }

    fn shape(&mut self, item: &[&'a str], shape: &'a Shape) {
        match shape {
            Shape::Model(fields) => {
                let mut scope = Scope::new("the member", &["new"]);
                for field in fields {
                    let item = [item, &[field.wire.as_str()]].concat();
                    self.take(&mut scope, &item, &field.wire, naming::field(field));
                    self.known(&item, &field.ty);
                }
            }
            Shape::Enum(def) => {
                let mut scope = Scope::new("the value", &[UNKNOWN_VALUE]);
                let mut wires = BTreeSet::new();
                for variant in &def.variants {
                    let item = [item, &[variant.wire.as_str()]].concat();
                    self.take(&mut scope, &item, &variant.wire, naming::variant(variant));
                    if !wires.insert(variant.wire.to_ascii_lowercase()) {
                        let message = format!(
                            "the value `{}` occurs twice, letter case aside",
                            variant.wire
                        );
                        let help = "values are read without regard to case: remove one";
                        self.report(Code::Inconsistent, &item, message, help);
                    }
                }
            }
            Shape::Alias(ty) => self.known(item, ty),
        }
    }

    fn known(&mut self, item: &[&'a str], ty: &Type) {
        if let Some(reference) = ty.named()
            && self.types.get(reference).is_none()
        {
            let message = format!(
                "{} has no usable type {}",
                reference.service, reference.name
            );
            let help = "see the diagnostics of that type, or correct the reference";
            self.report(Code::UnknownReference, item, message, help);
        }
    }

    fn groups(&mut self, service: &'a Service) {
        let mut groups = Scope::new("the group", RESERVED_MODULES);
        for group in &service.groups {
            let item = group.operations.first().map_or("", |o| o.id.as_str());
            let item = [service.name.as_str(), "operations", item];
            if let Some(name) = &group.name {
                self.take(&mut groups, &item, name, naming::group(group));
            }
            let mut names = Scope::new("the operation", &["SERVICE"]);
            for operation in &group.operations {
                let item = [service.name.as_str(), "operations", operation.id.as_str()];
                self.take(
                    &mut names,
                    &item,
                    &operation.id,
                    naming::operation(operation),
                );
                self.arguments(&item, operation);
            }
        }
    }

    fn arguments(&mut self, item: &[&'a str], operation: &'a Operation) {
        // `new` is the constructor of every builder.
        let mut scope = Scope::new("the parameter", &["new", "request", "response"]);
        for parameter in &operation.parameters {
            if !matches!(parameter.presence, Presence::Constant(_)) {
                let item = [item, &[parameter.wire.as_str()]].concat();
                let name = naming::parameter(parameter);
                self.take(&mut scope, &item, &parameter.wire, name);
            }
        }
        if let Some(body) = &operation.body {
            self.take(&mut scope, item, &body.name, naming::body(body));
        }
    }

    /// Two operations may share a path only where the description says so (`x-ms-paths`).
    fn routes(&mut self, service: &'a Service) {
        let mut routes = BTreeMap::new();
        for operation in service.operations() {
            let item = [service.name.as_str(), "operations", operation.id.as_str()];
            if operation.overload {
                continue;
            }
            let route = (operation.method, shape_of(&operation.path));
            if let Some(other) = routes.insert(route, &operation.id) {
                let message = format!("{} has the method and path of {other}", operation.id);
                let help = "change one path, or move the operation to `x-ms-paths` with \
                            `?_overload=NAME` behind its path";
                self.report(Code::DuplicateRoute, &item, message, help);
            }
        }
    }

    /// A value of a type that needs a value of itself would never end.
    fn infinite_types(&mut self) {
        for service in &self.api.services {
            for def in &service.types {
                let start = TypeRef {
                    service: service.name.clone(),
                    name: def.name.clone(),
                };
                if self.needs_itself(&start) {
                    let item = [service.name.as_str(), "types", def.name.as_str()];
                    let message = format!("a {} needs another {0}, without end", def.name);
                    let help = "make a member of the cycle optional, or a list";
                    self.report(Code::InfiniteType, &item, message, help);
                }
            }
        }
    }

    fn needs_itself(&self, start: &TypeRef) -> bool {
        let mut open = self.needs(start);
        let mut seen = BTreeSet::new();
        while let Some(next) = open.pop() {
            if next == *start {
                return true;
            }
            if seen.insert(next.clone()) {
                open.extend(self.needs(&next));
            }
        }
        false
    }

    /// The types without whose values there is no value of this one.
    fn needs(&self, reference: &TypeRef) -> Vec<TypeRef> {
        let direct = |ty: &Type| match ty {
            Type::Named(reference) => Some(reference.clone()),
            _ => None,
        };
        match self.types.get(reference).map(|def| &def.shape) {
            // An alias of itself, through a list too, is no type at all.
            Some(Shape::Alias(ty)) => ty.named().cloned().into_iter().collect(),
            Some(Shape::Model(fields)) => fields
                .iter()
                .filter(|field| field.presence == Presence::Required)
                .filter_map(|field| direct(&field.ty))
                .collect(),
            Some(Shape::Enum(_)) | None => Vec::new(),
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
    kind: &'static str,
    names: BTreeMap<String, String>,
}

impl Scope {
    fn new(kind: &'static str, reserved: &[&str]) -> Self {
        let reserved = reserved.iter();
        Self {
            kind,
            names: reserved
                .map(|name| ((*name).to_owned(), "emitted code itself".to_owned()))
                .collect(),
        }
    }
}
