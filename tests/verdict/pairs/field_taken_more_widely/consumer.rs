use keyvault_rest::things::models::Thing;

pub fn make(size: i32) -> Option<i32> {
    Thing::default().size(size).size
}
