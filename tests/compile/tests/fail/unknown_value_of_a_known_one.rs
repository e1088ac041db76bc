//! Only a text that is none of the known values becomes an unknown one.

use keyvault_rest::UnknownValue;
use keyvault_rest::keys::models::JsonWebKeyType;

fn main() {
    let _ = JsonWebKeyType::UnknownValue(UnknownValue("RSA".into()));
    let _ = JsonWebKeyType::UnknownValue(UnknownValue::new("RSA"));
    let _ = JsonWebKeyType::UnknownValue("RSA");
}
