use keyvault_rest::things::GetThing;

// Callers give the endpoint themselves.
pub fn get() -> GetThing {
    GetThing::new("x")
}
