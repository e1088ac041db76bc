use keyvault_rest::things::models::{Id, Thing};

pub fn id(thing: Thing) -> Option<Id> {
    thing.id("x").id
}
