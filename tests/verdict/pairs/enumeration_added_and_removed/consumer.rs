use keyvault_rest::things::models::Colour;

pub fn colour() -> Colour {
    Colour::Red
}
