use keyvault_rest::things::models::Thing;

// There is a warning now.
pub fn make() -> Option<i32> {
    Thing::default().size(3).size
}
