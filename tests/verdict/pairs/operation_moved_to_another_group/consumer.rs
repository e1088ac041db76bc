use keyvault_rest::things::small::Get;

pub fn get() -> Get {
    Get::new("x")
}
