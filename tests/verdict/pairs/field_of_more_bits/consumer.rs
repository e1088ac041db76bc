use keyvault_rest::things::models::Thing;

pub fn make(size: i32) -> Thing {
    // A number that is written down would do; one of a type does not.
    Thing::default().size(7).size(size)
}
