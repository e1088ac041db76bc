//! The program behind `cargo xtask flows FILE`: plays recorded runs with the real client. Exit status: 0 when none
//! failed, 1 when one did, or nothing could be read or checked, 2 when the arguments are wrong.
#![forbid(unsafe_code)]

use std::collections::BTreeMap;
use std::process::ExitCode;

use keyvault_tests::flows::{Outcome, run};
use keyvault_tests::program::{self, Report};
use serde_json::{Value, json};

fn main() -> ExitCode {
    program::run("replay-flows [--json] FILE", 1..=1, |paths| {
        let mut summary = Summary::default();
        run(&paths[0], &mut |outcome| summary.add(outcome))?;
        Ok(summary)
    })
}

/// What became of all runs.
#[derive(Default)]
struct Summary {
    passed: usize,
    /// Names and reasons.
    failures: Vec<(String, String)>,
    exchanges: usize,
    /// How often each call was made.
    calls: BTreeMap<&'static str, usize>,
    /// How often our requests differ from the recorded ones, and in what.
    differences: BTreeMap<&'static str, usize>,
}

impl Summary {
    fn add(&mut self, outcome: &Outcome) {
        self.exchanges += outcome.exchanges;
        add(&mut self.differences, &outcome.differences);
        add(&mut self.calls, &outcome.calls);
        match &outcome.failure {
            None => self.passed += 1,
            Some(reason) => self.failures.push((outcome.name.clone(), reason.clone())),
        }
    }
}

impl Report for Summary {
    fn json(&self) -> Value {
        let failures = self.failures.iter();
        let failures = failures.map(|(name, reason)| json!({"name": name, "reason": reason}));
        json!({
            "total": {"passed": self.passed, "failed": self.failures.len()},
            "failures": failures.collect::<Value>(),
            "exchanges": self.exchanges,
            "calls": self.calls,
            "differences": self.differences,
        })
    }

    fn text(&self) -> String {
        let failures = self.failures.iter();
        let failures: String = failures
            .map(|(name, reason)| format!("FAILED {name}: {reason}\n"))
            .collect();
        format!(
            "{failures}{} exchanges, by these calls:\n{}\
             where our requests differ from the recorded ones:\n{}\
             {} passed, {} failed\n",
            self.exchanges,
            shown(&self.calls),
            shown(&self.differences),
            self.passed,
            self.failures.len(),
        )
    }

    fn passed_and_failed(&self) -> (usize, usize) {
        (self.passed, self.failures.len())
    }
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
