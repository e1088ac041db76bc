//! Values without their types: what the one reader fills, and the one writer looks at.

use super::fields::Showing;
use super::table::Table;
use super::wire::{Scalar, Wire};
use crate::{Json, ParseError};
use std::any::Any;
use std::fmt::{Debug, Display};
use std::ops::ControlFlow;
use zeroize::Zeroizing;

/// A place for a value of some [`Wire`] type.
pub trait Slot: Any + Debug {
    /// What reading expects, worded for an error.
    fn expected(&self) -> &'static str;

    /// Makes it blank, as it was before anything was read.
    fn clear(&mut self);

    /// Reads a value that is neither a list nor an object.
    ///
    /// # Errors
    /// If it is not what the type is read from.
    fn scalar(&mut self, scalar: Scalar<'_>) -> Result<(), ParseError>;

    /// Reads a list. The slot is blank before.
    ///
    /// # Errors
    /// If it is not what the type is read from.
    fn list(&mut self, items: &mut dyn Items) -> Result<(), Stop>;

    /// Reads an object. The slot is blank before.
    ///
    /// # Errors
    /// If it is not what the type is read from.
    fn object(&mut self, members: &mut dyn Members) -> Result<(), Stop>;

    /// Whether writing a member with this value leaves the member out.
    fn is_absent(&self) -> bool;

    /// The value as it is written.
    fn view(&self) -> View<'_>;

    /// Whether another slot of the same type has an equal value.
    fn equals(&self, other: &dyn Slot) -> bool;

    /// Takes over the value of another slot of the same type.
    fn copy_from(&mut self, other: &dyn Slot);
}

impl<T: Wire> Slot for T {
    fn expected(&self) -> &'static str {
        T::EXPECTED
    }

    fn clear(&mut self) {
        *self = T::blank();
    }

    fn scalar(&mut self, scalar: Scalar<'_>) -> Result<(), ParseError> {
        *self = T::scalar(scalar)?;
        Ok(())
    }

    fn list(&mut self, items: &mut dyn Items) -> Result<(), Stop> {
        Wire::list(self, items)
    }

    fn object(&mut self, members: &mut dyn Members) -> Result<(), Stop> {
        Wire::object(self, members)
    }

    fn is_absent(&self) -> bool {
        Wire::is_absent(self)
    }

    fn view(&self) -> View<'_> {
        Wire::view(self)
    }

    fn equals(&self, other: &dyn Slot) -> bool {
        (other as &dyn Any).downcast_ref() == Some(self)
    }

    fn copy_from(&mut self, other: &dyn Slot) {
        if let Some(other) = (other as &dyn Any).downcast_ref() {
            Self::clone_from(self, other);
        }
    }
}

/// Reading has failed. The reader that said so keeps the reason, which is of a type of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop(pub(super) ());

/// The items of a list that is being read.
pub trait Items {
    /// Reads the next item into a blank slot, and says whether there was one.
    ///
    /// # Errors
    /// If it is not what the slot is read from.
    fn next(&mut self, into: &mut dyn Slot) -> Result<bool, Stop>;

    /// Passes over the rest.
    ///
    /// # Errors
    /// If it is no JSON.
    fn skip(&mut self) -> Result<(), Stop>;

    /// Ends with this reason.
    fn refuse(&mut self, reason: &dyn Display) -> Stop;

    /// Says where what was just read has failed.
    fn at(&mut self, place: &dyn Display) -> Stop;
}

/// The members of an object that is being read: a name, then its value.
pub trait Members {
    /// The name of the next member.
    ///
    /// # Errors
    /// If there is no JSON to read.
    fn name(&mut self) -> Result<Option<String>, Stop>;

    /// Reads all members into the slots for those of a table, which are blank, and passes over members that are not there.
    ///
    /// # Errors
    /// If there is no JSON to read, one is not what its slot is read from, or one that is required is missing.
    fn fill(&mut self, table: &'static Table, slots: &mut [&mut dyn Slot]) -> Result<(), Stop>;

    /// Reads the value into a blank slot. With `null_blanks`, null leaves it blank, whatever its type. Says whether the
    /// value was null.
    ///
    /// # Errors
    /// If it is not what the slot is read from.
    fn value(&mut self, into: &mut dyn Slot, null_blanks: bool) -> Result<bool, Stop>;

    /// Passes over the value.
    ///
    /// # Errors
    /// If it is no JSON.
    fn skip(&mut self) -> Result<(), Stop>;

    /// Ends with this reason.
    fn refuse(&mut self, reason: &dyn Display) -> Stop;

    /// Says where what was just read has failed.
    fn at(&mut self, place: &dyn Display) -> Stop;
}

/// What is written for a value.
pub enum View<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A whole number.
    I64(i64),
    /// Another number, which is finite.
    F64(f64),
    /// A string.
    Text(&'a str),
    /// A string that was made to be written.
    Made(Zeroizing<String>),
    /// A list.
    List(&'a dyn List),
    /// An object with any members.
    Map(&'a dyn Entries),
    /// An object with members of a table.
    Object(&'a dyn Object),
    /// Any JSON.
    Json(&'a Json),
    /// JSON has nothing for it; this is why.
    Unwritable(&'static str),
}

/// A list that is being written.
pub trait List {
    /// The number of items.
    fn length(&self) -> usize;

    /// An item. There are as many as [`length`](Self::length) says.
    fn item(&self, index: usize) -> &dyn Slot;
}

impl<T: Wire> List for Vec<T> {
    fn length(&self) -> usize {
        self.len()
    }

    fn item(&self, index: usize) -> &dyn Slot {
        &self[index]
    }
}

/// The entries of a map that is being written.
pub trait Entries {
    /// Shows each of them, until it is told to end.
    fn each(&self, show: &mut dyn FnMut(&str, &dyn Slot) -> ControlFlow<()>);
}

/// A model that is being written or shown.
pub trait Object {
    /// Its facts.
    fn table(&self) -> &'static Table;

    /// Shows their values, in the order of the members.
    fn show(&self, to: Showing<'_>);
}
