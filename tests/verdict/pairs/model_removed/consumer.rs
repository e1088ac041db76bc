use keyvault_rest::things::models::Other;

pub fn make() -> Other {
    Other::default()
}
