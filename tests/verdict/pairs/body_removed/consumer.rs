use keyvault_rest::things::{PutThing, models::Thing};

pub fn put() -> PutThing {
    PutThing::new("x", Thing::default())
}
