use std::collections::BTreeSet;

use crate::api::{Api, TypeIndex, TypeRef};
use crate::emit::boxed_members;

/// One of the two versions, and what is looked up in it.
pub(super) struct Side<'a> {
    pub(super) types: TypeIndex<'a>,
    boxed: BTreeSet<(TypeRef, &'a str)>,
}

impl<'a> Side<'a> {
    pub(super) fn of(api: &'a Api) -> Self {
        let types = api.index();
        let boxed = boxed_members(api);
        Self { types, boxed }
    }

    /// Whether a member is behind a `Box`, for its type holds itself through it.
    pub(super) fn is_boxed(&self, model: &TypeRef, wire: &str) -> bool {
        self.boxed.contains(&(model.clone(), wire))
    }
}
