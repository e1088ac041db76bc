use keyvault_rest::things::models::Kind;

pub fn name(kind: Kind) -> Option<String> {
    kind.name
}
