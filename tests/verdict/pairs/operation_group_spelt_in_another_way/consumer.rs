use keyvault_rest::things::small_things::Get;

pub fn get() -> Get {
    Get::new("x")
}
