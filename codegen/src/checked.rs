use std::ops::Deref;

use crate::GenerateError;
use crate::api::Api;
use crate::lower::Origins;
use crate::validate::validate;

/// An [`Api`] that does not contradict itself: names are names in Rust, and differ where they have to, and all that is
/// referred to is there. Code is made of no other.
#[derive(Debug, Default)]
pub struct Checked(Api);

impl Checked {
    /// Checks an API that was not read from a description.
    ///
    /// # Errors
    /// If it contradicts itself.
    pub fn new(api: Api) -> Result<Self, GenerateError> {
        let problems = validate(&api, &Origins::default());
        match problems.is_empty() {
            true => Ok(Self(api)),
            false => Err(GenerateError::Invalid(problems)),
        }
    }

    /// One in whose description nothing was found.
    pub(crate) fn without_faults(api: Api) -> Self {
        Self(api)
    }

    /// The API, which may then be changed.
    pub fn into_api(self) -> Api {
        self.0
    }
}

impl Deref for Checked {
    type Target = Api;

    fn deref(&self) -> &Api {
        &self.0
    }
}
