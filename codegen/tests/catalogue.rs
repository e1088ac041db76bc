//! Each example of the catalogue of diagnostics gives the diagnostic that it stands for.
#![allow(clippy::unwrap_used, reason = "a test reports by panicking")]

use std::fs;

use keyvault_codegen::{Code, Diagnostic, load};

/// The files of an example: name and text.
fn files(explanation: &str) -> Vec<(String, String)> {
    let blocks = explanation.split("```yaml\n# ").skip(1);
    let file = |block: &str| {
        let (name, rest) = block.split_once('\n').unwrap();
        let (text, _) = rest.split_once("```").unwrap();
        (name.to_owned(), text.to_owned())
    };
    blocks.map(file).collect()
}

#[test]
fn each_example_gives_its_code_and_no_other() {
    let mut examples = 0;
    for code in Code::ALL {
        let files = files(code.explanation());
        if files.is_empty() {
            continue;
        }
        examples += 1;
        let dir = tempfile::tempdir().unwrap();
        for (name, text) in files {
            fs::write(dir.path().join(name), text).unwrap();
        }
        let loaded = load(dir.path());
        let codes: Vec<_> = loaded.report.diagnostics().iter().map(code_of).collect();
        assert!(
            !codes.is_empty() && codes.iter().all(|found| *found == code),
            "{code}: {}",
            loaded.report.render(false)
        );
    }
    assert_eq!(examples, 17, "all but those that no description can give");
}

fn code_of(diagnostic: &Diagnostic) -> Code {
    diagnostic.code
}
