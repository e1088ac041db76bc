//! Only lists have pages, only what goes on has an end, only what settles has a probe.

use keyvault_rest::keys::{GetKey, GetKeys};
use keyvault_rest::{LongRunningOperation, PagedOperation, SettlingOperation};

fn pages<O: PagedOperation>() {}
fn goes_on<O: LongRunningOperation>() {}
fn settles<O: SettlingOperation>() {}

fn main() {
    pages::<GetKeys>();
    pages::<GetKey>();
    goes_on::<GetKey>();
    settles::<GetKey>();
}
