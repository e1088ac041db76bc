use keyvault_rest::things::GetThing;

pub fn get(top: i32) -> GetThing {
    GetThing::new("x").top(top)
}
