use keyvault_rest::things::GetThing;
use keyvault_rest::{Endpoint, Operation};

// It compiles with both; the new one refuses what is too many.
pub fn shown() -> String {
    let to = Endpoint::new("https://example.org").unwrap();
    match GetThing::new("x").top(25).request(&to) {
        Ok(request) => request.uri().path().to_owned(),
        Err(_) => "refused".to_owned(),
    }
}
