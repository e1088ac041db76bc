//! Which operations send or receive secrets.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Api, Operation, Shape, Type, TypeRef};

/// What of an operation is secret.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Secrets {
    /// Something in its request.
    pub(crate) sent: bool,
    /// Something in its response, or in what the response links to.
    pub(crate) received: bool,
}

/// The types that hold a secret, themselves or through others.
pub(crate) struct SecretTypes(BTreeSet<TypeRef>);

impl SecretTypes {
    pub(crate) fn find(api: &Api) -> Self {
        let mut holders: BTreeMap<&TypeRef, Vec<TypeRef>> = BTreeMap::new();
        let mut open = Vec::new();
        for service in &api.services {
            for def in &service.types {
                let own = TypeRef {
                    service: service.name.clone(),
                    name: def.name.clone(),
                };
                if let Shape::Model(fields) = &def.shape
                    && fields.iter().any(|field| field.secret)
                {
                    open.push(own.clone());
                }
                for part in parts(&def.shape) {
                    holders.entry(part).or_default().push(own.clone());
                }
            }
        }
        let mut secret = BTreeSet::new();
        while let Some(next) = open.pop() {
            if secret.insert(next.clone()) {
                open.extend(holders.get(&next).into_iter().flatten().cloned());
            }
        }
        Self(secret)
    }

    pub(crate) fn of(&self, operation: &Operation) -> Secrets {
        let holds = |ty: &Type| {
            ty.named()
                .is_some_and(|reference| self.0.contains(reference))
        };
        let body = operation.body.as_ref().is_some_and(|body| holds(&body.ty));
        Secrets {
            sent: body
                || operation
                    .parameters
                    .iter()
                    .any(|parameter| parameter.secret),
            received: operation
                .results()
                .any(|reference| self.0.contains(reference)),
        }
    }
}

fn parts(shape: &Shape) -> Vec<&TypeRef> {
    match shape {
        Shape::Model(fields) => fields.iter().filter_map(|field| field.ty.named()).collect(),
        Shape::Alias(ty) => ty.named().into_iter().collect(),
        Shape::Enum(_) => Vec::new(),
    }
}
