use keyvault_rest::things::models::Kind;

pub fn twice(kind: Kind) -> (Kind, Kind) {
    (kind, kind)
}

pub fn from_text(text: &str) -> Result<Kind, keyvault_rest::runtime::ParseError> {
    text.parse()
}
