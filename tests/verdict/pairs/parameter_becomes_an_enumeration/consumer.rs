use keyvault_rest::things::GetThing;

pub fn get(kind: &String) -> GetThing {
    // A text that is written down would do.
    GetThing::new("x").kind("a").kind(kind)
}
