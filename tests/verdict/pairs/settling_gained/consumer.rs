use keyvault_rest::things::DeleteThing;

pub fn delete() -> DeleteThing {
    DeleteThing::new("x")
}
