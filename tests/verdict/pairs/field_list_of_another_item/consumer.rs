use keyvault_rest::things::models::Thing;

pub fn first(thing: &Thing) -> Option<i32> {
    thing.sizes.as_ref()?.first().cloned()
}

pub fn make() -> Thing {
    Thing::default().sizes([1, 2])
}
