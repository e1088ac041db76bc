//! Outcomes, counted: by file, by operation, by exception, by reason.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Value, json};

use super::{Outcome, Verdict};
use crate::program::Report;

/// How many passed, failed and were skipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// As they were recorded.
    pub passed: usize,
    /// Not as they were recorded.
    pub failed: usize,
    /// Not to be checked whole.
    pub skipped: usize,
}

impl Counts {
    fn add(&mut self, verdict: &Verdict) {
        match verdict {
            Verdict::Passed => self.passed += 1,
            Verdict::Failed(_) => self.failed += 1,
            Verdict::Skipped(_) => self.skipped += 1,
        }
    }

    fn json(self) -> Value {
        json!({"passed": self.passed, "failed": self.failed, "skipped": self.skipped})
    }
}

/// What became of all exchanges.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Of all.
    pub total: Counts,
    /// Of each file.
    pub files: BTreeMap<String, Counts>,
    /// Of each operation.
    pub operations: BTreeMap<String, Counts>,
    /// How many exchanges differ with each reason.
    pub exceptions: BTreeMap<String, usize>,
    /// How many lack what.
    pub skips: BTreeMap<String, usize>,
    /// Place, operation and reason of those that failed.
    pub failures: Vec<(String, String, String)>,
}

impl Summary {
    /// Counts an outcome in.
    pub fn add(&mut self, outcome: &Outcome) {
        let verdict = &outcome.verdict;
        let file = outcome.place.split(':').next().unwrap_or_default();
        self.total.add(verdict);
        self.files.entry(file.to_owned()).or_default().add(verdict);
        let operation = outcome.operation.clone();
        self.operations.entry(operation).or_default().add(verdict);
        for exception in &outcome.exceptions {
            *self.exceptions.entry(exception.clone()).or_default() += 1;
        }
        match verdict {
            Verdict::Passed => {}
            Verdict::Skipped(lacking) => *self.skips.entry(lacking.clone()).or_default() += 1,
            Verdict::Failed(reason) => self.failures.push((
                outcome.place.clone(),
                outcome.operation.clone(),
                reason.clone(),
            )),
        }
    }
}

impl Report for Summary {
    fn json(&self) -> Value {
        let counts = |all: &BTreeMap<String, Counts>| -> Value {
            let counts = all
                .iter()
                .map(|(name, counts)| (name.clone(), counts.json()));
            Value::Object(counts.collect())
        };
        let failures = self.failures.iter().map(|(place, operation, reason)| {
            json!({"place": place, "operation": operation, "reason": reason})
        });
        json!({
            "total": self.total.json(),
            "files": counts(&self.files),
            "operations": counts(&self.operations),
            "exceptions": self.exceptions,
            "skips": self.skips,
            "failures": failures.collect::<Value>(),
        })
    }

    fn text(&self) -> String {
        format!("{self}\n")
    }

    fn passed_and_failed(&self) -> (usize, usize) {
        (self.total.passed, self.total.failed)
    }
}

/// For people: tables, then the exceptions, then the sum.
impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, operation, reason) in &self.failures {
            writeln!(f, "FAILED {place}: {operation}: {reason}")?;
        }
        for (title, table) in [("operation", &self.operations), ("file", &self.files)] {
            writeln!(f, "{title:48} passed failed skipped")?;
            for (name, counts) in table {
                let Counts {
                    passed,
                    failed,
                    skipped,
                } = counts;
                writeln!(f, "{name:48} {passed:6} {failed:6} {skipped:7}")?;
            }
        }
        writeln!(
            f,
            "where bindings and recordings differ with reason, by exchanges:"
        )?;
        for (what, times) in &self.exceptions {
            writeln!(f, "{times:6}  {what}")?;
        }
        if !self.skips.is_empty() {
            writeln!(f, "what is not recorded, and so not checked:")?;
        }
        for (what, times) in &self.skips {
            writeln!(f, "{times:6}  {what}")?;
        }
        let Counts {
            passed,
            failed,
            skipped,
        } = self.total;
        write!(f, "{passed} passed, {failed} failed, {skipped} skipped")
    }
}
