//! The tests that SECURITY.md names are there, and run.

use std::fs;
use std::path::Path;

use syn::{Attribute, Item};

pub(super) fn problems(root: &Path) -> Result<Vec<String>, String> {
    let text = fs::read_to_string(root.join("SECURITY.md"))
        .map_err(|error| format!("SECURITY.md: {error}"))?;
    let named = tests(&text);
    if named.is_empty() {
        return Err("SECURITY.md names no test".to_owned());
    }
    let mut problems = Vec::new();
    for (name, file) in named {
        let code = fs::read_to_string(root.join(file)).unwrap_or_default();
        if let Err(problem) = check(&code, name) {
            problems.push(format!(
                "SECURITY.md names the test {name}, which {problem} {file}"
            ));
        }
    }
    Ok(problems)
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

/// Fails if a function is not there, or is no test that runs.
fn check(code: &str, name: &str) -> Result<(), &'static str> {
    let file = syn::parse_file(code).map_err(|_| "cannot be looked for in")?;
    let attributes = attributes(&file.items, name).ok_or("is not in")?;
    let has = |word: &str| attributes.iter().any(|attribute| is(attribute, word));
    match (has("test"), has("ignore")) {
        (false, _) => Err("is no #[test] in"),
        (true, true) => Err("is ignored in"),
        (true, false) => Ok(()),
    }
}

/// What stands above a function, here or in a module.
fn attributes<'a>(items: &'a [Item], name: &str) -> Option<&'a [Attribute]> {
    items.iter().find_map(|item| match item {
        Item::Fn(function) if function.sig.ident == name => Some(function.attrs.as_slice()),
        Item::Mod(module) => attributes(&module.content.as_ref()?.1, name),
        _ => None,
    })
}

/// Whether an attribute is of a name, which other crates may have too: `#[tokio::test]`.
fn is(attribute: &Attribute, word: &str) -> bool {
    let last = attribute.path().segments.last();
    last.is_some_and(|segment| segment.ident == word)
}

#[cfg(test)]
mod tests {
    use super::{check, tests};

    #[test]
    fn links_of_code_are_tests() {
        let text = "A [page](x.md), [`it_works`](a.rs), and [`so_does_this`](b/c.rs).";
        assert_eq!(
            tests(text),
            [("it_works", "a.rs"), ("so_does_this", "b/c.rs")]
        );
    }

    #[test]
    fn what_is_promised_is_a_test_that_runs() {
        // A file to look into, as text: nothing in it is a test of this program.
        let code = "#[test]\nfn it_works() {}\n\
            mod more {\n#[tokio::test(flavor = \"x\")]\n/// Why.\nasync fn so_does_this() {}\n}\n\
            fn helper() {}\n\
            #[test]\n#[ignore = \"slow\"]\nfn later() {}\n\
            // #[test] fn gone() {}\n";
        assert_eq!(check(code, "it_works"), Ok(()));
        assert_eq!(check(code, "so_does_this"), Ok(()));
        assert_eq!(check(code, "helper"), Err("is no #[test] in"));
        assert_eq!(check(code, "later"), Err("is ignored in"));
        assert_eq!(check(code, "gone"), Err("is not in"));
        assert_eq!(
            check("fn it_works( {", "it_works"),
            Err("cannot be looked for in")
        );
    }
}
