use keyvault_rest::things::MakeThing;
use keyvault_rest::{BuildError, Endpoint, Operation};

// It goes elsewhere, which no compiler sees.
pub fn make(to: &Endpoint) -> Result<String, BuildError> {
    Ok(MakeThing::new("x").request(to)?.uri().to_string())
}
