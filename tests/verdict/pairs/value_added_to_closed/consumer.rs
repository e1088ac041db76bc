use keyvault_rest::things::models::Kind;

pub fn number(kind: &Kind) -> i32 {
    match kind {
        Kind::A => 1,
        Kind::B => 2,
        _ => 0,
    }
}
