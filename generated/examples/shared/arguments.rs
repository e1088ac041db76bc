//! The arguments of an example.

/// As many arguments as the usage names, or the usage.
pub fn arguments<const COUNT: usize>(usage: &str) -> Result<[String; COUNT], String> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    given.try_into().map_err(|_| format!("usage: {usage}"))
}
