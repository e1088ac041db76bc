use super::{Polling, status_url};
use crate::link::{LinkKind, follow};
use crate::{Endpoint, Json, OperationMeta, Outcome, RefusedError};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::fmt;
use std::str::FromStr;

/// What it takes to go on with a long-running operation in another process: the operation, its URLs and the API
/// version.
///
/// The URLs can hold a token of the service, so keep it as you keep a password. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct ResumeToken(String);

/// The form of the token; another form will have another number.
const FORM: u64 = 1;

impl ResumeToken {
    /// The token as text without blanks, to be saved.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ResumeToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResumeToken(***)")
    }
}

/// Takes any text: whether it is a token is seen when it is used.
impl FromStr for ResumeToken {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.trim().to_owned()))
    }
}

impl Polling {
    /// The token to go on with elsewhere. `None` if the result is in the first answer, which would be lost.
    #[must_use]
    pub fn resume_token(&self) -> Option<ResumeToken> {
        if self.protocol.outcome == Outcome::FirstBody {
            return None;
        }
        let json = serde_json::json!({
            "form": FORM,
            "operation": self.meta.id(),
            "apiVersion": self.api_version,
            "original": self.original.to_string(),
            "status": self.status.to_string(),
            "header": self.header,
        });
        Some(ResumeToken(URL_SAFE_NO_PAD.encode(json.to_string())))
    }

    /// Goes on from a token.
    ///
    /// # Errors
    /// If it is none, is of another operation or of another origin, or names another API version than its URLs.
    pub fn resume(
        meta: &'static OperationMeta,
        endpoint: &Endpoint,
        token: &ResumeToken,
    ) -> Result<Self, RefusedError> {
        let json = read(token).ok_or(misfit("it is none, or is cut off"))?;
        if json["form"].as_u64() != Some(FORM) {
            return Err(misfit("it is of another version of this library"));
        }
        if json["operation"].as_str() != Some(meta.id()) {
            return Err(misfit("it is of another operation"));
        }
        let url = |member: &str| {
            follow(
                endpoint,
                json[member].as_str().unwrap_or_default(),
                LinkKind::Status,
            )
        };
        let (original, status) = (url("original")?, url("status")?);
        let mut polling = Self::new(meta, endpoint, &original);
        if json["apiVersion"].as_str() != polling.api_version.as_deref() {
            return Err(misfit("its API version is not that of its URL"));
        }
        polling.header = status_url::known(json["header"].as_str());
        polling.ask_at(Some(status));
        Ok(polling)
    }
}

fn read(token: &ResumeToken) -> Option<Json> {
    let bytes = URL_SAFE_NO_PAD.decode(token.as_str()).ok()?;
    serde_json::from_slice(&bytes).ok()
}

fn misfit(reason: &'static str) -> RefusedError {
    RefusedError::ResumeToken { reason }
}
