use keyvault_rest::things::models::Thing;

// What callers make lacks it in any case, so that it is an `Option` in both.
pub fn size(thing: &Thing) -> Option<i32> {
    thing.size
}

pub fn make() -> Thing {
    Thing::default()
}
