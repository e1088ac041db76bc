//! Types that need each other without end.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::Validator;
use crate::api::{Circles, Presence, Service, Shape, Type, TypeDef, TypeRef};
use crate::diagnostic::{Code, Diagnostic};

impl<'a> Validator<'a> {
    /// A value of a type that needs a value of itself would never end.
    ///
    /// `circles` tells which types need each other; only then the way is looked for.
    pub(super) fn infinite_types(&mut self, circles: &Circles, service: &'a Service) {
        let mut told = BTreeSet::new();
        for def in &service.types {
            let start = TypeRef {
                service: service.name.clone(),
                name: def.name.clone(),
            };
            let in_circle = needs(def).iter().any(|next| circles.meet(&start, next));
            if told.contains(&start) || !in_circle {
                continue;
            }
            if let Some(circle) = self.circle(&start) {
                self.tell(&start, &circle);
                told.extend(circle.into_iter().cloned());
            }
        }
    }

    /// The shortest way from a type to itself: what it needs, what that needs, up to itself.
    fn circle(&self, start: &TypeRef) -> Option<Vec<&'a TypeRef>> {
        let mut needed_by: BTreeMap<&TypeRef, Option<&'a TypeRef>> = BTreeMap::new();
        let mut open = VecDeque::new();
        for next in self.needs(start) {
            if needed_by.insert(next, None).is_none() {
                open.push_back(next);
            }
        }
        while let Some(here) = open.pop_front() {
            if here == start {
                let mut circle = vec![here];
                let mut here = here;
                while let Some(Some(before)) = needed_by.get(here) {
                    circle.push(before);
                    here = before;
                }
                circle.reverse();
                return Some(circle);
            }
            for next in self.needs(here) {
                needed_by.entry(next).or_insert_with(|| {
                    open.push_back(next);
                    Some(here)
                });
            }
        }
        None
    }

    fn tell(&mut self, start: &TypeRef, circle: &[&TypeRef]) {
        let at = |ty: &TypeRef| self.origins.get(&[&ty.service, "types", &ty.name]);
        let is_alias = |ty: &TypeRef| {
            let def = self.types.get(ty);
            def.is_some_and(|def| matches!(def.shape, Shape::Alias(_)))
        };
        let verb = |ty: &TypeRef| match is_alias(ty) {
            true => "stands for",
            false => "requires",
        };
        let mut message = format!("`{}`", start.name);
        let mut before = start;
        for (step, ty) in circle.iter().enumerate() {
            let joint = if step == 0 { "" } else { ", which" };
            message.push_str(&format!("{joint} {} `{}`", verb(before), ty.name));
            before = ty;
        }
        message.push_str(", without end");
        let help = match circle.iter().all(|ty| is_alias(ty)) {
            true => "let one of the schemas say what it is, such as `type: string`",
            false => "make one property of the circle optional, or a list",
        };
        let mut diagnostic = Diagnostic::new(Code::InfiniteType, at(start), message);
        for ty in circle.iter().filter(|ty| **ty != start) {
            diagnostic = diagnostic.see(at(ty), "part of the circle");
        }
        self.diagnostics.push(diagnostic.help(help));
    }

    fn needs(&self, reference: &TypeRef) -> Vec<&'a TypeRef> {
        self.types.get(reference).map(needs).unwrap_or_default()
    }
}

/// The types without whose values there is no value of this one.
pub(super) fn needs(def: &TypeDef) -> Vec<&TypeRef> {
    match &def.shape {
        // An alias of itself, through a list too, is no type at all.
        Shape::Alias(ty) => ty.named().into_iter().collect(),
        Shape::Model(fields) => fields
            .iter()
            .filter(|field| field.presence == Presence::Required)
            .filter_map(|field| match &field.ty {
                Type::Named(reference) => Some(reference),
                _ => None,
            })
            .collect(),
        Shape::Enum(_) => Vec::new(),
    }
}
