use keyvault_rest::things::models::Thing;

pub fn colour(thing: &Thing) -> Option<&str> {
    thing.colour.as_deref()
}

pub fn paint(thing: Thing) -> Thing {
    thing.colour("red")
}
