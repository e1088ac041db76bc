use keyvault_rest::things::GetThing;

/// A number that knows its own rules.
pub struct Top(i32);

impl From<Top> for i32 {
    fn from(top: Top) -> Self {
        top.0
    }
}

pub fn get(top: Top) -> GetThing {
    // A number alone may have fewer bits than are asked for.
    GetThing::new("x").top(3).top(top)
}
