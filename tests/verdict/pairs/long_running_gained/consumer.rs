use keyvault_rest::things::StartThing;

pub fn start() -> StartThing {
    StartThing::new("x")
}
