use keyvault_rest::things::models::Thing;

pub fn size(thing: &Thing) -> Option<i32> {
    thing.size
}

pub fn make() -> Thing {
    Thing::default()
}
