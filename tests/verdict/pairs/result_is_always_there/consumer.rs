use keyvault_rest::things::{GetThing, models::Thing};
use keyvault_rest::{Operation, Response};

pub fn thing(response: Response<<GetThing as Operation>::Output>) -> Option<Thing> {
    response.into_body()
}
