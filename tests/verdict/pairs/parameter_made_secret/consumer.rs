use keyvault_rest::things::GetThing;

pub fn get(token: &String) -> GetThing {
    GetThing::new("x", token)
}
