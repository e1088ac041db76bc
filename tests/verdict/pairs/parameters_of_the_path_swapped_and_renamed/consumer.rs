use keyvault_rest::things::GetThing;
use keyvault_rest::{Endpoint, Operation};

// It compiles with both, and asks for something else.
pub fn shown() -> String {
    let to = Endpoint::new("https://example.org").unwrap();
    let request = GetThing::new("a", "b").request(&to).unwrap();
    request.uri().path().to_owned()
}
