use keyvault_rest::things::models::Kind;

pub fn kind() -> Kind {
    Kind::A
}
