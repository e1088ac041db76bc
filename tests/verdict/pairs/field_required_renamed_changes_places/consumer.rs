use keyvault_rest::Operation;
use keyvault_rest::things::{PutThing, models::Thing};

pub fn shown() -> String {
    let to = keyvault_rest::Endpoint::new("https://example.org").unwrap();
    let request = PutThing::new("x", Thing::new("a", "b"))
        .request(&to)
        .unwrap();
    String::from_utf8(request.into_body()).unwrap()
}
