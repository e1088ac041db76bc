use super::slot::{Items, Members, Stop, View};
use crate::ParseError;
use std::fmt::Debug;

/// How a value goes over the wire as JSON.
///
/// Models and enums implement this through [`model!`](crate::model), [`open_enum!`](crate::open_enum) and
/// [`closed_enum!`](crate::closed_enum). No error that reading makes holds any part of what was read.
///
/// Nothing here is generic over a format: what reads and writes knows values as [`Slot`](crate::Slot)s, and so is compiled
/// once, whatever the number of types.
pub trait Wire: Clone + Debug + PartialEq + 'static {
    /// What reading expects, worded for an error: "a string".
    const EXPECTED: &'static str;

    /// Whether a body is dropped unread, since nothing is expected of it.
    const IGNORED: bool = false;

    /// Some value, to be overwritten by reading.
    fn blank() -> Self;

    /// What an empty body stands for, if it may be empty.
    fn absent() -> Option<Self> {
        None
    }

    /// Whether writing a member with this value leaves the member out.
    fn is_absent(&self) -> bool {
        false
    }

    /// Reads a value that is neither a list nor an object.
    ///
    /// # Errors
    /// If it is not what this type is read from.
    fn scalar(scalar: Scalar<'_>) -> Result<Self, ParseError> {
        Err(scalar.unlike(Self::EXPECTED))
    }

    /// Reads a list into a blank value.
    ///
    /// # Errors
    /// If it is not what this type is read from.
    fn list(&mut self, items: &mut dyn Items) -> Result<(), Stop> {
        Err(items.refuse(&ParseError::new(Self::EXPECTED, "a list")))
    }

    /// Reads an object into a blank value.
    ///
    /// # Errors
    /// If it is not what this type is read from.
    fn object(&mut self, members: &mut dyn Members) -> Result<(), Stop> {
        Err(members.refuse(&ParseError::new(Self::EXPECTED, "an object")))
    }

    /// The value as it is written.
    fn view(&self) -> View<'_>;
}

/// Some value of the type, to be overwritten by reading.
#[must_use]
pub fn blank<T: Wire>() -> T {
    T::blank()
}

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// All but the members that only the service sets.
    Request,
    /// Everything.
    Full,
}

/// A JSON value that is neither a list nor an object.
///
/// Deliberately without `Debug`: the text may be a secret.
#[derive(Clone, Copy)]
pub enum Scalar<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A whole number that fits.
    I64(i64),
    /// A whole number from 0.
    U64(u64),
    /// Any other number.
    F64(f64),
    /// A string.
    Text(&'a str),
}

impl Scalar<'_> {
    /// The error for a value of another kind than is expected.
    pub(crate) fn unlike(self, expected: &'static str) -> ParseError {
        ParseError::new(expected, self.kind())
    }

    /// The error for a value of the right kind that still is no `T`.
    pub(crate) fn unfit<T: Wire>(self) -> ParseError {
        let found = match self {
            Self::I64(_) | Self::U64(_) | Self::F64(_) => "another number",
            Self::Text(_) => "other text",
            Self::Null | Self::Bool(_) => self.kind(),
        };
        ParseError::new(T::EXPECTED, found)
    }

    fn kind(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::I64(_) | Self::U64(_) | Self::F64(_) => "a number",
            Self::Text(_) => "a string",
        }
    }
}
