use keyvault_rest::things::models::Id;

pub fn id() -> Id {
    Id::new()
}
