use keyvault_rest::things::GetThing;
use keyvault_rest::{Endpoint, Operation};

// It compiles with both, and sends something else.
pub fn shown() -> String {
    let to = Endpoint::new("https://example.org").unwrap();
    let request = GetThing::new("x", "a", "b").request(&to).unwrap();
    let mut query: Vec<_> = request.uri().query().unwrap().split('&').collect();
    query.sort();
    query.join(" ")
}
