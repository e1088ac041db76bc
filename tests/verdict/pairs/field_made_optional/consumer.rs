use keyvault_rest::things::models::Thing;

pub fn size(thing: &Thing) -> i32 {
    thing.size
}

pub fn make() -> Thing {
    Thing::new(3, "red")
}
