use keyvault_rest::things::models::Thing;

pub fn id(thing: &Thing) -> &str {
    &thing.id
}
