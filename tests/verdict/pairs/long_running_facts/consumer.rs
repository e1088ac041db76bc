use keyvault_rest::LongRunningOperation;
use keyvault_rest::things::{StartThing, models::Thing};

fn wait<O: LongRunningOperation<Final = Option<Thing>>>(_: O) {}

pub fn start() {
    wait(StartThing::new("x"));
}
