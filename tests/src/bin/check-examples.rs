//! The program behind `cargo xtask examples DIR`: goes through the examples of all Swagger
//! files below a folder. Exit status: 0 when none failed, 1 when one did, or nothing could be read or
//! checked, 2 when the arguments are wrong.
#![forbid(unsafe_code)]

use std::path::Path;
use std::process::ExitCode;

use keyvault_tests::examples::{Outcome, run};
use keyvault_tests::output;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [root] = arguments.as_slice() else {
        eprintln!("usage: check-examples DIR");
        return ExitCode::from(2);
    };
    output::status(check(Path::new(root)))
}

/// How many passed and failed, once all is told.
fn check(root: &Path) -> Result<(usize, usize), String> {
    let (mut passed, mut failed, mut wrong) = (0, 0, 0);
    let mut text = String::new();
    run(root, &mut |name, outcome| match outcome {
        Outcome::Passed => passed += 1,
        Outcome::Failed(reason) => {
            failed += 1;
            text += &format!("FAILED {name}: {reason}\n");
        }
        Outcome::Wrong(reason) => {
            wrong += 1;
            text += &format!("wrong  {name}: {reason}\n");
        }
    })?;
    if wrong > 0 {
        text +=
            &format!("{wrong} examples are wrong themselves, see above; they count as skipped\n");
    }
    output::print(&format!(
        "{text}{passed} passed, {failed} failed, {wrong} skipped\n"
    ))?;
    Ok((passed, failed))
}
