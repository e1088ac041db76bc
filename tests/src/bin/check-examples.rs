//! The program behind `cargo xtask examples DIR`: goes through the examples of all Swagger
//! files below a folder. Exit status: 0 when none failed, 1 when one did or nothing could be read,
//! 2 when the arguments are wrong.
#![forbid(unsafe_code)]

use std::path::Path;
use std::process::ExitCode;

use keyvault_tests::examples::{Outcome, run};

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [root] = arguments.as_slice() else {
        eprintln!("usage: check-examples DIR");
        return ExitCode::from(2);
    };
    let (mut passed, mut failed, mut wrong) = (0, 0, 0);
    let read = run(Path::new(root), &mut |name, outcome| match outcome {
        Outcome::Passed => passed += 1,
        Outcome::Failed(reason) => {
            failed += 1;
            println!("FAILED {name}: {reason}");
        }
        Outcome::Wrong(reason) => {
            wrong += 1;
            println!("wrong  {name}: {reason}");
        }
    });
    if let Err(message) = read {
        eprintln!("error: {message}");
        return ExitCode::FAILURE;
    }
    if wrong > 0 {
        println!("{wrong} examples are wrong themselves, see above; they count as skipped");
    }
    println!("{passed} passed, {failed} failed, {wrong} skipped");
    match failed == 0 && passed > 0 {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}
