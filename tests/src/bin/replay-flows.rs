//! The program behind `cargo xtask flows FILE`: plays recorded runs with the real client. Exit status: 0 when none
//! failed, 1 when one did or nothing could be read, 2 when the arguments are wrong.
#![forbid(unsafe_code)]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use keyvault_tests::flows::run;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [file] = arguments.as_slice() else {
        eprintln!("usage: replay-flows FILE");
        return ExitCode::from(2);
    };
    let (mut passed, mut failed, mut exchanges) = (0, 0, 0);
    let mut differences = BTreeMap::<_, usize>::new();
    let mut calls = BTreeMap::<_, usize>::new();
    let read = run(Path::new(file), &mut |outcome| {
        exchanges += outcome.exchanges;
        add(&mut differences, &outcome.differences);
        add(&mut calls, &outcome.calls);
        match &outcome.failure {
            None => passed += 1,
            Some(reason) => {
                failed += 1;
                println!("FAILED {}: {reason}", outcome.name);
            }
        }
    });
    if let Err(message) = read {
        eprintln!("error: {message}");
        return ExitCode::FAILURE;
    }
    println!("{exchanges} exchanges, by these calls:");
    show(&calls);
    println!("where our requests differ from the recorded ones:");
    show(&differences);
    println!("{passed} passed, {failed} failed");
    match failed == 0 && passed > 0 {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

fn add(sums: &mut BTreeMap<&'static str, usize>, counts: &BTreeMap<&'static str, usize>) {
    for (what, times) in counts {
        *sums.entry(*what).or_default() += times;
    }
}

fn show(counts: &BTreeMap<&'static str, usize>) {
    for (what, times) in counts {
        println!("{times:5}  {what}");
    }
}
