use keyvault_rest::things::models::Thing;

pub fn data(thing: Thing) -> Option<keyvault_rest::Base64> {
    thing.data
}
