use keyvault_rest::things::models::{Part, Thing};

pub fn part(thing: &Thing) -> Option<&Part> {
    thing.part.as_ref()
}

pub fn make() -> Thing {
    Thing::default().part(Part::default())
}
