//! The tests that SECURITY.md names are there.

use std::fs;
use std::path::Path;

pub(super) fn problems(root: &Path) -> Result<Vec<String>, String> {
    let text = fs::read_to_string(root.join("SECURITY.md"))
        .map_err(|error| format!("SECURITY.md: {error}"))?;
    let named = tests(&text);
    if named.is_empty() {
        return Err("SECURITY.md names no test".to_owned());
    }
    let missing = named.iter().filter(|(name, file)| {
        let code = fs::read_to_string(root.join(file)).unwrap_or_default();
        !code.contains(&format!("fn {name}("))
    });
    Ok(missing
        .map(|(name, file)| format!("SECURITY.md names the test {name}, which is not in {file}"))
        .collect())
}

/// Names and files of tests: links of the form [`name`](file).
fn tests(text: &str) -> Vec<(&str, &str)> {
    let links = text.split("[`").skip(1);
    links
        .filter_map(|link| {
            let (name, rest) = link.split_once("`](")?;
            let (file, _) = rest.split_once(')')?;
            Some((name, file))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::tests;

    #[test]
    fn links_of_code_are_tests() {
        let text = "A [page](x.md), [`it_works`](a.rs), and [`so_does_this`](b/c.rs).";
        assert_eq!(
            tests(text),
            [("it_works", "a.rs"), ("so_does_this", "b/c.rs")]
        );
    }
}
