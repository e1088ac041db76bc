use std::net::SocketAddr;

/// The name under which all clients know the server.
pub(crate) const NAME: &str = "bench.vault.azure.net";

/// A token as long as those of Entra ID are.
pub(crate) fn token() -> String {
    "eyJ0".repeat(400)
}

/// Where the server is, and how clients come to trust it.
#[derive(Clone, Debug)]
pub struct Host {
    pub(crate) address: SocketAddr,
    pub(crate) certificate: String,
}

impl Host {
    /// The URL of the vault.
    pub(crate) fn vault(&self) -> String {
        format!("https://{NAME}:{}", self.address.port())
    }
}
