//! What a request needs is asked for by `new`.

use keyvault_rest::keys::CreateKey;

fn main() {
    let _ = CreateKey::new("my-key");
}
