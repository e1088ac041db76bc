//! The fields of a model, without their types: handed over all at once, so that little is compiled for each of them.

use super::slot::Slot;

/// What takes the places of all fields.
#[must_use = "nobody has taken the fields yet"]
pub struct Filling<'a>(&'a mut dyn FnMut(&mut [&mut dyn Slot]));

impl<'a> Filling<'a> {
    pub(super) fn by(take: &'a mut dyn FnMut(&mut [&mut dyn Slot])) -> Self {
        Self(take)
    }

    /// Hands them over, in the order of the table.
    #[inline]
    pub fn all(self, fields: &mut [&mut dyn Slot]) {
        (self.0)(fields);
    }
}

/// What looks at the values of all fields.
#[must_use = "nobody has looked at the fields yet"]
pub struct Showing<'a>(&'a mut dyn FnMut(&[&dyn Slot]));

impl<'a> Showing<'a> {
    pub(super) fn by(look: &'a mut dyn FnMut(&[&dyn Slot])) -> Self {
        Self(look)
    }

    /// Hands them over, in the order of the table.
    #[inline]
    pub fn all(self, fields: &[&dyn Slot]) {
        (self.0)(fields);
    }
}
