use keyvault_rest::things::models::Thing;

pub fn make(size: &str) -> Thing {
    Thing::default().size(size.parse().unwrap())
}
