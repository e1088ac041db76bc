use keyvault_rest::things::models::Thing;

pub fn make() -> Thing {
    Thing::new("x", 3)
}
