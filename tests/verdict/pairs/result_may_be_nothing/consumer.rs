use keyvault_rest::things::{GetThing, models::Thing};
use keyvault_rest::{Operation, Response};

pub fn size(response: &Response<<GetThing as Operation>::Output>) -> Option<i32> {
    let thing: &Thing = response.body();
    thing.size
}
