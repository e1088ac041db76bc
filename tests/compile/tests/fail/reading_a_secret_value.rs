//! The value of a secret has no text form, and is no text until it is exposed.

use keyvault_rest::secrets::models::SecretBundle;

fn show(bundle: SecretBundle) -> Option<String> {
    let value = bundle.value?;
    println!("{value}");
    let text: &str = &value;
    Some(text.to_owned())
}

fn main() {
    show(SecretBundle::default());
}
