use keyvault_rest::things::models::Thing;

pub fn size(thing: &Thing) -> i32 {
    thing.size.unwrap_or_default()
}

pub fn make() -> Thing {
    Thing::default()
}
