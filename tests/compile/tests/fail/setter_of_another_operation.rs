//! A builder has the arguments of its own operation and no others.

use keyvault_rest::keys::{DeleteKey, GetKeys};

fn main() {
    let _ = DeleteKey::new("my-key").key_version("1");
    let _ = GetKeys::new().maxresults("25");
}
