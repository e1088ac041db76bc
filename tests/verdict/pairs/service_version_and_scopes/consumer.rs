use keyvault_rest::things::GetThing;

pub fn get() -> GetThing {
    GetThing::new("x")
}
