mod bare;
mod official;
mod ours;
mod tls;

use crate::Failure;
use crate::host::Host;

/// The clients that are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeerKind {
    /// reqwest and `serde_json`, without challenge, retries or models: what is there to be added to.
    Bare,
    /// `keyvault_rest::Client`.
    Ours,
    /// `azure_security_keyvault_keys::KeyClient`.
    Official,
}

impl PeerKind {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 3] = [Self::Bare, Self::Ours, Self::Official];

    /// Its name in the table.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Bare => "bare reqwest + serde_json",
            Self::Ours => "keyvault-rest",
            Self::Official => "azure_security_keyvault_keys",
        }
    }
}

/// A client with connections of its own. A clone shares them.
#[derive(Clone)]
pub enum Peer {
    /// See [`PeerKind::Bare`].
    Bare(bare::Bare),
    /// See [`PeerKind::Ours`].
    Ours(ours::Ours),
    /// See [`PeerKind::Official`].
    Official(official::Official),
}

impl Peer {
    /// Makes a client for this server.
    ///
    /// # Errors
    /// If the client cannot be made.
    pub fn new(kind: PeerKind, host: &Host) -> Result<Self, Failure> {
        Ok(match kind {
            PeerKind::Bare => Self::Bare(bare::Bare::new(host)?),
            PeerKind::Ours => Self::Ours(ours::Ours::new(host)?),
            PeerKind::Official => Self::Official(official::Official::new(host)?),
        })
    }

    /// One round trip: gets a key and reads it.
    ///
    /// # Errors
    /// If there is no key in the answer.
    pub async fn get_key(&self) -> Result<(), Failure> {
        let id = match self {
            Self::Bare(client) => client.key_id().await?,
            Self::Ours(client) => client.key_id().await?,
            Self::Official(client) => client.key_id().await?,
        };
        match id.is_some_and(|id| id.ends_with("5f1c0a9be2d84a7fb3669d0e24c7a815")) {
            true => Ok(()),
            false => Err("a client returned another key than the server sent".into()),
        }
    }
}
