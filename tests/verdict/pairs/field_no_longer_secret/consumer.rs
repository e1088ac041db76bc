use keyvault_rest::things::models::Thing;

pub fn value(thing: &Thing) -> Option<&String> {
    Some(thing.value.as_ref()?.expose())
}
