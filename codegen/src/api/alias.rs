//! Types without the other names that they go by.

use super::{Shape, Type, TypeIndex, TypeRef};

/// Names that lead in a circle are refused when a description is read; an `api.json` may hold some.
const MAX_ALIASES: usize = 64;

impl TypeIndex<'_> {
    /// A type without aliases, inside lists and maps too.
    pub fn resolved(&self, ty: &Type) -> Type {
        self.behind(ty, 0)
    }

    fn behind(&self, ty: &Type, depth: usize) -> Type {
        match ty {
            Type::List(item) => Type::List(Box::new(self.behind(item, depth))),
            Type::Map(value) => Type::Map(Box::new(self.behind(value, depth))),
            Type::Named(reference) => match self.get(reference).map(|def| &def.shape) {
                Some(Shape::Alias(other)) if depth < MAX_ALIASES => self.behind(other, depth + 1),
                _ => ty.clone(),
            },
            Type::Scalar(_) | Type::Json => ty.clone(),
        }
    }

    /// Whether a reference leads to a model, whatever names it goes by.
    pub fn is_model(&self, reference: &TypeRef) -> bool {
        let Type::Named(reference) = self.resolved(&Type::Named(reference.clone())) else {
            return false;
        };
        let shape = self.get(&reference).map(|def| &def.shape);
        matches!(shape, Some(Shape::Model(_)))
    }
}
