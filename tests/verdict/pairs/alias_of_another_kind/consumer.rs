use keyvault_rest::things::models::Thing;

pub fn id(thing: &Thing) -> Option<&str> {
    thing.id.as_deref()
}
