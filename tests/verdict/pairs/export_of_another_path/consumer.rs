use keyvault_rest::Builder;

pub fn begin(builder: Builder) -> Builder {
    builder.method("GET")
}
