//! The program behind `cargo xtask flows FILE`: plays recorded runs with the real client. Exit status: 0 when none
//! failed, 1 when one did, or nothing could be read or checked, 2 when the arguments are wrong.
#![forbid(unsafe_code)]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use keyvault_tests::flows::run;
use keyvault_tests::output;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [file] = arguments.as_slice() else {
        eprintln!("usage: replay-flows FILE");
        return ExitCode::from(2);
    };
    output::status(check(Path::new(file)))
}

/// How many passed and failed, once all is told.
fn check(file: &Path) -> Result<(usize, usize), String> {
    let (mut passed, mut failed, mut exchanges) = (0, 0, 0);
    let mut differences = BTreeMap::<_, usize>::new();
    let mut calls = BTreeMap::<_, usize>::new();
    let mut failures = String::new();
    run(file, &mut |outcome| {
        exchanges += outcome.exchanges;
        add(&mut differences, &outcome.differences);
        add(&mut calls, &outcome.calls);
        match &outcome.failure {
            None => passed += 1,
            Some(reason) => {
                failed += 1;
                failures += &format!("FAILED {}: {reason}\n", outcome.name);
            }
        }
    })?;
    output::print(&format!(
        "{failures}{exchanges} exchanges, by these calls:\n{}\
         where our requests differ from the recorded ones:\n{}\
         {passed} passed, {failed} failed\n",
        shown(&calls),
        shown(&differences),
    ))?;
    Ok((passed, failed))
}

fn add(sums: &mut BTreeMap<&'static str, usize>, counts: &BTreeMap<&'static str, usize>) {
    for (what, times) in counts {
        *sums.entry(*what).or_default() += times;
    }
}

fn shown(counts: &BTreeMap<&'static str, usize>) -> String {
    let lines = counts.iter();
    lines
        .map(|(what, times)| format!("{times:5}  {what}\n"))
        .collect()
}
