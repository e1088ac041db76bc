use keyvault_rest::things::models::Kind;

pub fn text(kind: &Kind) -> String {
    match kind {
        Kind::UnknownValue(text) => text.as_str().to_owned(),
        other => other.to_string(),
    }
}

pub fn from_text(text: &str) -> Kind {
    Kind::from(text)
}
