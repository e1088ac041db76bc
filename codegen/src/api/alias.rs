//! Types without the other names that they go by.

use super::{Shape, Type, TypeIndex, TypeRef};

/// Names that lead in a circle are refused when a description is read; an `api.json` may hold some.
const MAX_ALIASES: usize = 64;

impl<'a> TypeIndex<'a> {
    /// A type without aliases, inside lists and maps too. A name that leads nowhere stays.
    pub fn resolved(&self, ty: &Type) -> Type {
        self.resolved_within(ty, MAX_ALIASES)
    }

    fn resolved_within(&self, ty: &Type, mut left: usize) -> Type {
        match self.behind(ty, &mut left) {
            Some(Type::List(item)) => Type::List(Box::new(self.resolved_within(item, left))),
            Some(Type::Map(value)) => Type::Map(Box::new(self.resolved_within(value, left))),
            behind => behind.unwrap_or(ty).clone(),
        }
    }

    /// The type that other names lead to; `None` if they lead nowhere, or in a circle.
    pub fn behind_aliases<'t>(&self, ty: &'t Type) -> Option<&'t Type>
    where
        'a: 't,
    {
        self.behind(ty, &mut { MAX_ALIASES })
    }

    /// The same over no more aliases than are left.
    fn behind<'t>(&self, mut ty: &'t Type, left: &mut usize) -> Option<&'t Type>
    where
        'a: 't,
    {
        while let Type::Named(reference) = ty {
            let Shape::Alias(other) = &self.get(reference)?.shape else {
                break;
            };
            *left = left.checked_sub(1)?;
            ty = other;
        }
        Some(ty)
    }

    /// Whether a reference leads to a model, whatever names it goes by.
    pub fn is_model(&self, reference: &TypeRef) -> bool {
        let ty = Type::Named(reference.clone());
        let Some(Type::Named(reference)) = self.behind_aliases(&ty) else {
            return false;
        };
        let shape = self.get(reference).map(|def| &def.shape);
        matches!(shape, Some(Shape::Model(_)))
    }
}

#[cfg(test)]
mod tests {
    use crate::api::{Api, Service, Shape, Type, TypeDef, TypeRef, Usage};

    fn named(number: usize) -> Type {
        Type::Named(TypeRef {
            service: "a".to_owned(),
            name: format!("T{number}"),
        })
    }

    fn alias(number: usize, ty: Type) -> TypeDef {
        TypeDef {
            name: format!("T{number}"),
            client_name: None,
            usage: Usage::Both,
            deprecated: false,
            doc: String::new(),
            shape: Shape::Alias(ty),
        }
    }

    fn api(types: Vec<TypeDef>) -> Api {
        let services = vec![Service {
            name: "a".to_owned(),
            types,
            ..Service::default()
        }];
        Api { services }
    }

    #[test]
    fn all_who_look_behind_names_look_equally_far() {
        let mut types: Vec<_> = (0..40).map(|n| alias(n, named(n + 1))).collect();
        types.push(alias(40, Type::Json));
        let api = api(types);
        assert_eq!(api.index().behind_aliases(&named(0)), Some(&Type::Json));
        assert_eq!(api.index().resolved(&named(0)), Type::Json);
    }

    #[test]
    fn circles_come_to_an_end() {
        let list = |number| Type::List(Box::new(named(number)));
        let api = api(vec![alias(0, named(0)), alias(1, list(1))]);
        assert_eq!(api.index().behind_aliases(&named(0)), None);
        assert_eq!(api.index().resolved(&named(0)), named(0));
        api.index().resolved(&named(1));
    }
}
