use keyvault_rest::SettlingOperation;
use keyvault_rest::things::{DeleteThing, GetDeletedThing};

pub fn probe() -> GetDeletedThing {
    DeleteThing::new("x").probe()
}
