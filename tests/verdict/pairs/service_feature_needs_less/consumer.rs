use keyvault_rest::shared::models::Common;

pub fn make() -> Common {
    Common::default()
}
