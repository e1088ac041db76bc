//! The arguments of a request are set through its builder alone.

use keyvault_rest::keys::GetKey;

fn main() {
    let mut request = GetKey::new("my-key");
    request.key_name = String::from("another");
}
