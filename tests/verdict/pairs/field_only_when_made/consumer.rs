use keyvault_rest::things::models::Thing;

pub fn make() -> Option<i32> {
    Thing::default().size(3).size
}
