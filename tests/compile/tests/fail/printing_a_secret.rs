//! A secret has no text form, and does not turn into one by itself.

use keyvault_rest::keys::models::RandomBytes;

fn show(bytes: &RandomBytes) {
    println!("{}", bytes.value);
    let _: &[u8] = &bytes.value;
}

fn main() {
    show(&RandomBytes::new([1]));
}
