use keyvault_rest::things::models::{Round, Thing};

pub fn radius(thing: &Thing) -> Option<i32> {
    thing.shape.as_ref()?.radius
}

pub fn make() -> Thing {
    Thing::default().shape(Round::default())
}
