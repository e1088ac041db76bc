//! What only Key Vault has: its hosts, its identifiers, and what its errors mean. All else in this crate is for any API of
//! the Azure dialect.

mod cloud;
mod hsm_url;
mod named_host;
mod object_id;
mod predicates;
mod vault_url;

pub use hsm_url::HsmUrl;
pub use object_id::{Collection, ObjectId, ObjectIdError};
pub use vault_url::VaultUrl;
