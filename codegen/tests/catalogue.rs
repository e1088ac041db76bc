//! Each example of the catalogue of diagnostics gives the diagnostic that it stands for.
#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, reason = "a test reports by panicking")]

use std::fs;
use std::path::Path;

use keyvault_codegen::{Code, Diagnostic, Import, Report, import, load};

/// The files of the examples in one language: name and text.
fn files(explanation: &str, language: &str) -> Vec<(String, String)> {
    let mark = format!("```{language}\n# ");
    let blocks = explanation.split(mark.as_str()).skip(1);
    let file = |block: &str| {
        let (name, rest) = block.split_once('\n').unwrap();
        let (text, _) = rest.split_once("```").unwrap();
        (name.to_owned(), text.to_owned())
    };
    blocks.map(file).collect()
}

/// Puts the files of an example into a folder, and gives what is said of them.
fn report(files: &[(String, String)], read: impl FnOnce(&Path) -> Report) -> Report {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(dir.path().join(name), text).unwrap();
    }
    read(dir.path())
}

fn imported(dir: &Path) -> Report {
    let mut order = Import {
        services: Default::default(),
        spec: dir.join("spec"),
        keep_descriptions: false,
    };
    let file = dir.join("things.json").into();
    order.services.insert("things".to_owned(), vec![file]);
    import(&order).report
}

#[test]
fn each_example_gives_its_code_and_no_other() {
    let mut examples = [0, 0];
    for code in Code::ALL {
        let described = files(code.explanation(), "yaml");
        let swagger = files(code.explanation(), "json");
        let reports = [
            (!described.is_empty()).then(|| report(&described, |dir| load(dir).report)),
            (!swagger.is_empty()).then(|| report(&swagger, imported)),
        ];
        for (count, report) in examples.iter_mut().zip(reports) {
            let Some(report) = report else { continue };
            *count += 1;
            let codes: Vec<_> = report.diagnostics().iter().map(code_of).collect();
            assert!(
                !codes.is_empty() && codes.iter().all(|found| *found == code),
                "{code}: {}",
                report.render(false)
            );
        }
    }
    assert_eq!(
        examples,
        [19, 2],
        "all descriptions but those of codes that none can give, and what is said of imports"
    );
}

fn code_of(diagnostic: &Diagnostic) -> Code {
    diagnostic.code
}
