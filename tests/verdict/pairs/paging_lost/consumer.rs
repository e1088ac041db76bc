use keyvault_rest::PagedOperation;
use keyvault_rest::things::{ListThings, models::Thing};

fn all<O: PagedOperation<Item = Thing>>(_: O) {}

pub fn list() {
    all(ListThings::new());
}
