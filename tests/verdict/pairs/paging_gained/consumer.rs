use keyvault_rest::Operation;
use keyvault_rest::things::{ListThings, models::Page};

pub fn page(page: <ListThings as Operation>::Output) -> Page {
    page
}
