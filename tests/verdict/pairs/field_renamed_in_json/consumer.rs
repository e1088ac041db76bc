use keyvault_rest::things::models::Thing;

pub fn id(thing: Thing) -> Option<String> {
    thing.id("x").id
}
