use keyvault_rest::things::models::Thing;

pub fn make() -> Thing {
    Thing::default().size(3)
}
