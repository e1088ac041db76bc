use keyvault_rest::things::models::Thing;

pub fn make(size: i32) -> Thing {
    // What is given may have fewer bits.
    Thing::default().size(7).size(size)
}

pub fn size(thing: &Thing) -> Option<i32> {
    thing.size
}
