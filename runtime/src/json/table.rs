//! What is known of a model before there is one.

/// The facts of a [`Model`](super::Model).
#[derive(Debug)]
pub struct Table {
    /// The name of the model in the description, for errors.
    pub name: &'static str,
    /// The identifiers of the struct and of its fields, one for each member, parted by white space.
    pub identifiers: &'static str,
    /// The members.
    pub members: &'static [Member],
}

/// A member of a [`Model`](super::Model): its name, and who gives it a value.
///
/// [`model!`](crate::model) writes it out, for a function would have to be run hundreds of times while the tables are
/// compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    #[doc(hidden)]
    pub name: &'static str,
    #[doc(hidden)]
    pub kind: MemberKind,
    #[doc(hidden)]
    pub is_query_hidden: bool,
}

/// Who gives a member its value, in the words of [`model!`](crate::model).
#[allow(
    non_camel_case_types,
    reason = "they are the words that stand in a table"
)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MemberKind {
    /// It may be absent.
    optional,
    /// It may be absent, and callers make no value of its model.
    received,
    /// It must be there, and not be null, when the service answers.
    required,
    /// The service alone sets it: it may be absent, and is left out of requests.
    read_only,
    /// The service alone sets it, and always does.
    required_read_only,
}

impl Member {
    /// It is a URL whose query can hold a token: `Debug` does not show that.
    #[must_use]
    pub const fn query_hidden(mut self) -> Self {
        self.is_query_hidden = true;
        self
    }

    /// The name on the wire.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Whether it must be there when the service answers.
    #[must_use]
    pub const fn is_required(&self) -> bool {
        matches!(
            self.kind,
            MemberKind::required | MemberKind::required_read_only
        )
    }

    /// Whether the service alone sets it.
    #[must_use]
    pub const fn is_read_only(&self) -> bool {
        matches!(
            self.kind,
            MemberKind::read_only | MemberKind::required_read_only
        )
    }
}
