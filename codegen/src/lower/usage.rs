//! Which types are sent, which are received.

use std::collections::BTreeSet;

use crate::api::{Api, Operation, Shape, Type, TypeRef, Usage};

/// Sets the usage of every type from the operations that reach it.
pub(super) fn assign(api: &mut Api) {
    let sent = reach(api, |operation| {
        let body = operation.body.iter();
        body.filter_map(|body| body.ty.named()).collect()
    });
    let received = reach(api, |operation| {
        operation.results().chain(&operation.error).collect()
    });
    for service in &mut api.services {
        for def in &mut service.types {
            let reference = TypeRef {
                service: service.name.clone(),
                name: def.name.clone(),
            };
            def.usage = match (sent.contains(&reference), received.contains(&reference)) {
                (true, false) => Usage::Input,
                (false, true) => Usage::Output,
                _ => Usage::Both,
            };
        }
    }
}

fn reach<'a>(api: &'a Api, roots: impl Fn(&'a Operation) -> Vec<&'a TypeRef>) -> BTreeSet<TypeRef> {
    let types = api.index();
    let operations = api.services.iter().flat_map(|service| service.operations());
    let mut open: Vec<&TypeRef> = operations.flat_map(roots).collect();
    let mut reached = BTreeSet::new();
    while let Some(reference) = open.pop() {
        if reached.insert(reference.clone())
            && let Some(def) = types.get(reference)
        {
            open.extend(parts(&def.shape).into_iter().filter_map(Type::named));
        }
    }
    reached
}

fn parts(shape: &Shape) -> Vec<&Type> {
    match shape {
        Shape::Model(fields) => fields.iter().map(|field| &field.ty).collect(),
        Shape::Alias(ty) => vec![ty],
        Shape::Enum(_) => Vec::new(),
    }
}
