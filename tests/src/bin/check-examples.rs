//! The program behind `cargo xtask examples DIR`: goes through the examples of all Swagger
//! files below a folder. Exit status: 0 when none failed, 1 when one did, or nothing could be read or
//! checked, 2 when the arguments are wrong.
#![forbid(unsafe_code)]

use std::fmt::Write;
use std::process::ExitCode;

use keyvault_tests::examples::{Outcome, run};
use keyvault_tests::program::{self, Report};
use serde_json::{Value, json};

fn main() -> ExitCode {
    program::run("check-examples [--json] DIR", 1..=1, |paths| {
        let mut summary = Summary::default();
        run(&paths[0], &mut |name, outcome| summary.add(name, outcome))?;
        Ok(summary)
    })
}

/// What became of all examples.
#[derive(Default)]
struct Summary {
    passed: usize,
    /// Names and reasons.
    failures: Vec<(String, String)>,
    /// Those that are wrong themselves, and count as skipped.
    wrong: Vec<(String, String)>,
}

impl Summary {
    fn add(&mut self, name: &str, outcome: &Outcome) {
        let with = |reason: &String| (name.to_owned(), reason.clone());
        match outcome {
            Outcome::Passed => self.passed += 1,
            Outcome::Failed(reason) => self.failures.push(with(reason)),
            Outcome::Wrong(reason) => self.wrong.push(with(reason)),
        }
    }
}

impl Report for Summary {
    fn json(&self) -> Value {
        let list = |examples: &[(String, String)]| -> Value {
            let examples = examples.iter();
            examples
                .map(|(name, reason)| json!({"name": name, "reason": reason}))
                .collect()
        };
        json!({
            "total": {
                "passed": self.passed,
                "failed": self.failures.len(),
                "skipped": self.wrong.len(),
            },
            "failures": list(&self.failures),
            "wrong": list(&self.wrong),
        })
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for (name, reason) in &self.failures {
            let _ = writeln!(text, "FAILED {name}: {reason}");
        }
        for (name, reason) in &self.wrong {
            let _ = writeln!(text, "wrong  {name}: {reason}");
        }
        let (passed, failed, wrong) = (self.passed, self.failures.len(), self.wrong.len());
        if wrong > 0 {
            let _ = writeln!(
                text,
                "{wrong} examples are wrong themselves, see above; they count as skipped"
            );
        }
        text + &format!("{passed} passed, {failed} failed, {wrong} skipped\n")
    }

    fn passed_and_failed(&self) -> (usize, usize) {
        (self.passed, self.failures.len())
    }
}
