//! The credential of an example: a token that was made before.

use keyvault_rest::client::AccessToken;
use std::time::{Duration, SystemTime};

#[path = "token.rs"]
mod token;

/// Tokens of the Azure CLI are good for an hour at least.
const GOOD_FOR: Duration = Duration::from_secs(3600);

/// The token in `KEYVAULT_TOKEN`.
pub fn credential() -> Result<AccessToken, String> {
    let token = token::token()?;
    Ok(AccessToken::new(token, SystemTime::now() + GOOD_FOR))
}
