use keyvault_rest::things::models::Thing;

pub fn value(thing: &Thing) -> Option<&str> {
    thing.value.as_deref()
}

pub fn make(value: &String) -> Thing {
    Thing::default().value(value)
}
