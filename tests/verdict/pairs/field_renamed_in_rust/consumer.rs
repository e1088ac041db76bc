use keyvault_rest::things::models::Thing;

pub fn start(thing: &Thing) -> Option<i32> {
    thing.nbf
}

pub fn begin(thing: Thing) -> Thing {
    thing.nbf(1)
}
