use keyvault_rest::things::models::Thing;

pub fn size(thing: &Thing) -> Option<&str> {
    thing.size.as_deref()
}
