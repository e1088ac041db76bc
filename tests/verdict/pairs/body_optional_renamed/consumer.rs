use keyvault_rest::things::{PutThing, models::Thing};

pub fn put() -> PutThing {
    PutThing::new("x").body(Thing::default())
}
