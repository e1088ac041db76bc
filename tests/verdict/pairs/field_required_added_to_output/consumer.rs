use keyvault_rest::things::models::Thing;

// Whoever tests code of their own makes answers.
pub fn answer() -> Thing {
    Thing::default()
}
