use keyvault_rest::things::PutThing;

pub fn put() -> PutThing {
    PutThing::new("x")
}
