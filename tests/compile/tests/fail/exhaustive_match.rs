//! Enumerations may get values, so a match has an arm for those.

use keyvault_rest::keys::models::JsonWebKeyCurveName;

fn is_of_nist(curve: JsonWebKeyCurveName) -> bool {
    match curve {
        JsonWebKeyCurveName::P256 | JsonWebKeyCurveName::P384 | JsonWebKeyCurveName::P521 => true,
        JsonWebKeyCurveName::P256K => false,
        JsonWebKeyCurveName::UnknownValue(_) => false,
    }
}

fn main() {
    is_of_nist(JsonWebKeyCurveName::P256);
}
