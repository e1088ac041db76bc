//! How a member stands in the code of its model: what emits it and what compares versions must agree on that.

use crate::api::{Access, Field, Presence, Usage};

/// How a member stands in the code of its model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Face {
    /// It is an argument of `new`, and no `Option`.
    pub(crate) is_required: bool,
    /// It has a setter.
    pub(crate) is_set: bool,
}

impl Face {
    pub(crate) fn of(field: &Field, usage: Usage) -> Self {
        let is_required = field.presence == Presence::Required && !is_left_out(field, usage);
        let may_be_set = usage != Usage::Output && field.access != Access::ReadOnly;
        Self {
            is_required,
            is_set: may_be_set && !is_required,
        }
    }
}

/// Whether values that callers make lack a member: what only the service sets cannot be asked of them.
pub(crate) fn is_left_out(field: &Field, usage: Usage) -> bool {
    field.access == Access::ReadOnly && usage != Usage::Output
}
