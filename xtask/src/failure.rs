//! Why a command cannot go on, apart from what is wrong with a description.

use std::fmt;

use keyvault_codegen::{Code, GenerateError, TreeError};
use serde_json::{Value, json};

use crate::output;

/// What went wrong, and what to do about it.
#[derive(Debug)]
pub(crate) struct Failure {
    code: Option<Code>,
    message: String,
    help: Option<String>,
}

impl Failure {
    /// Adds advice, if there is any.
    pub(crate) fn maybe(self, help: Option<String>) -> Self {
        Self { help, ..self }
    }

    /// Says it.
    pub(crate) fn tell(&self) {
        output::tell(&format!("{self}\n"));
    }

    /// The same for programs.
    pub(crate) fn json(&self) -> Value {
        json!({
            "code": self.code.map(Code::as_str),
            "message": self.message,
            "help": self.help,
        })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code {
            Some(code) => write!(f, "error[{code}]: {}", self.message)?,
            None => write!(f, "error: {}", self.message)?,
        }
        if let Some(help) = &self.help {
            write!(f, "\nhelp: {help}")?;
        }
        match self.code {
            Some(code) => write!(
                f,
                "\nhelp: `cargo xtask codegen --explain {code}` tells more"
            ),
            None => Ok(()),
        }
    }
}

impl From<String> for Failure {
    fn from(message: String) -> Self {
        Self {
            code: None,
            message,
            help: None,
        }
    }
}

impl From<TreeError> for Failure {
    fn from(error: TreeError) -> Self {
        Self {
            code: Some(error.code()),
            help: Some(error.help().to_owned()),
            message: error.to_string(),
        }
    }
}

impl From<GenerateError> for Failure {
    fn from(error: GenerateError) -> Self {
        Self {
            code: Some(Code::Internal),
            message: error.to_string(),
            help: Some("report it, with the description that shows it".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_the_generator_is_called_so() {
        let failure = Failure::from(GenerateError::Emitted {
            path: "src/lib.rs".to_owned(),
            message: "expected `;`".to_owned(),
        });
        let said = failure.to_string();
        assert!(said.starts_with("error[internal]: "), "{said}");
        assert!(
            said.contains("src/lib.rs: expected `;`\nhelp: report it"),
            "{said}"
        );
        assert!(
            said.ends_with("`cargo xtask codegen --explain internal` tells more"),
            "{said}"
        );
    }

    #[test]
    fn what_has_no_code_points_to_no_explanation() {
        assert_eq!(Failure::from("no".to_owned()).to_string(), "error: no");
    }
}
